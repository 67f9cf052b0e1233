"""Members of a world with exactly the properties that a test needs; what it leaves open, the world's seed decides."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from emulator.client import Client
from emulator.testing.moments import given

__tracebackhide__ = True  # pytest shows the line of the test, and not ours below it

_OF_PROFILES: Final = (
    "followers", "following", "monthly_growth", "posts_count", "engagement_rate", "average_likes", "average_comments",
    "average_views", "verified", "private", "account_type", "display_name", "biography", "avatar_url", "external_id",
)  # fmt: skip


class Seeds:
    """What is made here is seen through all vendors. Raises Refused, and changes nothing, for what cannot be."""

    def __init__(self, control: Client) -> None:
        self._control = control

    def creator(
        self, handle: str | None = None, *, profiles: Sequence[Mapping[str, Any]] | None = None, **properties: Any
    ) -> dict[str, Any]:
        """Somebody with an audience: a creator as `POST creators` takes and shows it.

        `followers` and the like, given here, are those of a profile on Instagram; `profiles` and `platforms` name
        others.
        """
        on_instagram: dict[str, Any] = {name: properties.pop(name) for name in _OF_PROFILES if name in properties}
        if on_instagram and (profiles is not None or "platforms" in properties):
            raise ValueError(f"{', '.join(on_instagram)}: say in `profiles` which of them that is of")
        profiles = [{"platform": "Instagram", **on_instagram}] if on_instagram else profiles
        return self._made("creators", body=given(handle=handle, profiles=profiles, **properties))

    def post(self, creator: Mapping[str, Any] | int | str, **properties: Any) -> dict[str, Any]:
        """Something that a creator, an id or a handle, has published: a post as `POST posts` takes and shows it.

        With a `published_at` that is yet to come, it is published when the clock gets there, with all that follows.
        """
        return self._made("posts", body=given(creator=_identified(creator), **properties))

    def campaign(
        self, name: str | None = None, *, creators: Sequence[Mapping[str, Any] | int | str] = (), **properties: Any
    ) -> dict[str, Any]:
        """A campaign as `POST campaigns` takes and shows it, with these creators, or their parts in it."""
        members = [_part(creator) for creator in creators]
        return self._made("campaigns", body=given(name=name, creators=members, **properties))

    def account(
        self,
        creator: Mapping[str, Any] | str | None = None,
        *,
        work_platform: str = "Instagram",
        user_id: str | None = None,
        products: Sequence[str] | None = None,
    ) -> dict[str, Any]:
        """A creator's account, connected in InsightIQ now; any creator's, unless one is given by handle or as made."""
        handle = creator if isinstance(creator, str) or creator is None else _handle(creator, work_platform)
        body = given(work_platform=work_platform, handle=handle, user_id=user_id, products=products)
        return self._made("insightiq", "accounts", body=body)

    def _made(self, *path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        made: dict[str, Any] = self._control.post(*path, body=body)
        return made


def _identified(creator: Mapping[str, Any] | int | str) -> Any:
    return creator["id"] if isinstance(creator, Mapping) else creator


def _part(member: Mapping[str, Any] | int | str) -> Any:
    """A mapping with `creator` tells what is agreed with one; others are creators."""
    if isinstance(member, Mapping) and "creator" in member:
        return {**member, "creator": _identified(member["creator"])}
    return _identified(member)


def _handle(creator: Mapping[str, Any], work_platform: str) -> str:
    """On that platform, where InsightIQ calls Twitter X. Raises ValueError."""
    platform = "Twitter" if work_platform == "X" else work_platform
    for profile in creator["profiles"]:
        if profile["platform"].casefold() == platform.casefold():
            return str(profile["handle"])
    raise ValueError(f"{creator['name']} has no profile on {work_platform}")
