"""Professional profiles as the search and the analytics show them, in the order of the documented samples."""

from collections.abc import Iterable
from typing import Any, Final

from emulator.vendors.insightiq.projections import professional_careers as careers
from emulator.vendors.insightiq.projections import professional_people as people
from emulator.vendors.insightiq.projections.discovery_bodies import platform_of
from emulator.vendors.insightiq.projections.professional_members import Member, Members
from emulator.world import ids, instant
from emulator.world.population import vocabulary

_FREQUENT: Final = 10  # hashtags and mentions shown
_UNDOCUMENTED: Final = ("publications", "certifications", "volunteer_experiences")  # their objects have no known keys
_INFLUENTIAL: Final = 10_000  # followers


def found(member: Member) -> dict[str, Any]:
    """A result of the search."""
    creator, profile, career = member.creator, member.profile, member.career
    return {
        "full_name": profile.display_name,
        "url": profile.url,
        "image_url": profile.avatar_url,
        "follower_count": profile.followers,
        "connection_count": profile.following,
        "work_platform": platform_of(profile),
        "introduction": profile.biography,
        "engagement_rate": member.engagement_rate,
        "creator_location": {"city": creator.city, "state": creator.region, "country": creator.country_name},
        "external_id": profile.external_id,
        "profile_headline": career.headline,
        "talks_about": list(career.subjects),
        "current_positions": [careers.position(job, creator) for job in career.positions],
        "creator_account_type": list(career.standings),
        "open_to": list(career.open_to),
    }


def report(member: Member, hashtags: Iterable[str], mentions: Iterable[str], members: Members) -> dict[str, Any]:
    """The analytics; `updated_at`, `top_contents` and `recent_contents` are filled in when they are asked for."""
    return {
        **_identity(member),
        **_reach(member),
        "contact_details": [{"type": kind, "value": value} for kind, value in member.career.contacts],
        "top_contents": None,
        "recent_contents": None,
        "top_hashtags": _tags(hashtags),
        "top_mentions": _tags(mentions),
        "talks_about": _tags(member.career.subjects),
        "work_experiences": [careers.job(job, member.creator) for job in member.career.jobs],
        "education": [careers.education(education) for education in member.career.educations],
        **{key: [] for key in _UNDOCUMENTED},
        "people_also_viewed": [people.neighbour(other) for other in members.near(member)],
        "honors": [],
        "projects": [],
        "external_id": member.profile.external_id,
        "patents": [],
        "recommendations_received": [people.received(praise) for praise in members.received(member)],
        "recommendations_given": [people.given(praise) for praise in members.given(member)],
    }


def _identity(member: Member) -> dict[str, Any]:
    creator, profile, career = member.creator, member.profile, member.career
    return {
        "id": ids.uuid(profile.id, "professional report", profile.uuid),
        "created_at": instant.naive(instant.from_datetime(profile.counted_at)),
        "updated_at": None,
        "work_platform": platform_of(profile),
        "is_creator": "CREATOR" in career.standings,
        "is_influencer": "TOP_VOICE" in career.standings or profile.followers >= _INFLUENTIAL,
        "skills": list(career.skills),
        "first_name": member.first_name,
        "middle_name": None,
        "sales_id": None,
        "sales_link": None,
        "last_name": creator.last_name,
        "platform_username": profile.handle,
        "profile_summary": profile.biography,
        "platform_account_type": list(career.standings),
        "url": profile.url,
        "profile_headline": career.headline,
        "image_url": profile.avatar_url,
        "industry": career.industry,
    }


def _reach(member: Member) -> dict[str, Any]:
    profile = member.profile
    return {
        "follower_count": profile.followers,
        "average_likes": profile.average_likes,
        "average_comments": profile.average_comments,
        "average_shares": member.average_shares,
        "engagement_rate": member.engagement_rate,
        "languages": [vocabulary.languages()[member.creator.language].name],
        "reputation": {"follower_count": profile.followers, "connection_count": profile.following},
        "location": careers.place(member.creator),
    }


def _tags(names: Iterable[str]) -> list[dict[str, str]]:
    return [{"name": name} for name in list(names)[:_FREQUENT]]
