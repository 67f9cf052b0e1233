"""Other people in a professional report: who is seen beside a profile, and who recommends whom."""

from typing import Any

from emulator.vendors.insightiq.projections.professional_members import Member, Praise
from emulator.world import instant


def neighbour(member: Member) -> dict[str, Any]:
    profile = member.profile
    return {
        "last_name": member.creator.last_name,
        "first_name": member.first_name,
        "profile_headline": member.career.headline,
        "entity_urn": _urn(member),
        "public_identifier": profile.handle,
        "premium": "PREMIUM_USER" in member.career.standings,
        "image_url": profile.avatar_url,
        "url": profile.url,
        "reputation": {"follower_count": profile.followers},
    }


def received(praise: Praise) -> dict[str, Any]:
    told = {"date": instant.naive(praise.date), "context": praise.context, "description": praise.text}
    return {**_other(praise.author), **told, **_link(praise.author)}


def given(praise: Praise) -> dict[str, Any]:
    """Without the text, unlike one received (documented)."""
    told = {"date": instant.naive(praise.date), "context": praise.context}
    return {**_other(praise.receiver), **told, **_link(praise.receiver)}


def _other(member: Member) -> dict[str, Any]:
    return {"name": member.profile.display_name, "subtitle": member.career.headline}


def _link(member: Member) -> dict[str, Any]:
    return {"urn": _urn(member), "url": member.profile.url}


def _urn(member: Member) -> str:
    return f"urn:li:fsd_profile:{member.profile.external_id}"
