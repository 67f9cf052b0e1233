"""Filters of items that change with time, or that no column answers: checks of one candidate each."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from emulator.vendors.archive.workspace import places
from emulator.vendors.archive.workspace.attributes import values as attribute_values
from emulator.vendors.archive.workspace.attributes.conditions import passes
from emulator.vendors.archive.workspace.context import Workspace
from emulator.vendors.archive.workspace.items import super_search
from emulator.vendors.archive.workspace.items.engagement import Figures, earned_media_value
from emulator.vendors.archive.workspace.items.rows import Candidate, accounts
from emulator.vendors.archive.workspace.workspaces import sources
from emulator.world.population.randomness import stream

Check = Callable[[Candidate], bool]
Maker = Callable[[Workspace, Any], Check]

_STATUSES: Final = ("APPROVED", "EXPIRED", "IN_QUEUE", "REJECTED", "REQUESTED")
_HEAVY: Final = {"superSearch", "ugcLocations"}  # those that look into the body

_FIGURES: Final[Mapping[str, Callable[[Figures], float | None]]] = {
    "COMMENT_COUNT": lambda figures: figures.comments,
    "ENGAGEMENTS_RATE": lambda figures: figures.engagements_rate,
    "IMPRESSIONS_RATE": lambda figures: figures.impressions_rate,
    "LIKE_COUNT": lambda figures: figures.likes,
    "MERGED_VIEW_PLAY_COUNT": lambda figures: figures.views,
    "SHARE_COUNT": lambda figures: figures.shares,
}


def checks(workspace: Workspace, filter: Mapping[str, Any], conditions: Sequence[dict[str, Any]]) -> list[Check]:
    """All have to pass; the dear ones come last."""
    given = [make(workspace, filter[name]) for name, make in _FIELDS.items() if filter.get(name)]
    return [*given, _conditions(workspace, conditions)] if conditions else given


def reads_bodies(filter: Mapping[str, Any], conditions: Sequence[dict[str, Any]]) -> bool:
    return bool(conditions) or any(filter.get(name) for name in _HEAVY)


def _within(value: float | None, span: Mapping[str, int | None]) -> bool:
    """Both ends are inside (assumed); what has no value lies in no range that has an end."""
    least, most = span.get("from"), span.get("to")
    if least is None and most is None:
        return True
    return value is not None and (least is None or value >= least) and (most is None or value <= most)


def _engagement(workspace: Workspace, ranges: Sequence[Mapping[str, Any]]) -> Check:
    def value(figures: Figures | None, field: str) -> float | None:
        if figures is None:
            return None
        return earned_media_value(workspace, figures) if field == "EARNED_MEDIA_VALUE" else _FIGURES[field](figures)

    return lambda item: all(_within(value(item.figures, each["field"]), each["range"]) for each in ranges)


def _followers(workspace: Workspace, span: Mapping[str, int | None]) -> Check:
    fitting = {number for number, account in accounts(workspace).items() if _within(account.followers, span)}
    return lambda item: item.creator in fitting


def _virality(_: Workspace, scores: Sequence[str]) -> Check:
    return lambda item: item.figures is not None and item.figures.score in scores


def _creator_locations(workspace: Workspace, wanted: Sequence[Mapping[str, Any]]) -> Check:
    people = places.of_people(workspace, wanted)
    return lambda item: item.person in people


def _ugc_locations(workspace: Workspace, wanted: Sequence[Mapping[str, Any]]) -> Check:
    """Creators tag places of their own city, so that the rest of a place is theirs."""
    people = places.of_people(workspace, wanted)
    return lambda item: item.content["location"] is not None and item.person in people


def _tags(_: Workspace, names: Sequence[str]) -> Check:
    """Hashtags and mentions, with or without the sign before them, in any case (assumed)."""
    bare = [name.strip().lower() for name in names]
    return _tagged([sign + name for name in bare for sign in ("#", "@") if name] + bare)


def _sources(workspace: Workspace, ids: Sequence[str]) -> Check:
    """Each listens on one platform."""
    wanted = {(source.provider, source.tag) for source in sources.chosen(workspace, ids)}
    return lambda item: any((item.provider, tag) in wanted for tag in item.tags.split("\n")[1:-1])


def _tagged(names: Sequence[str]) -> Check:
    wanted = set(names)
    return lambda item: not wanted.isdisjoint(item.tags.split("\n")[1:-1])


def _status(provider: str, what: str) -> Maker:
    """Of a request that some items have, of those whose usage rights were asked for (assumed)."""

    def make(workspace: Workspace, statuses: Sequence[str]) -> Check:
        def check(item: Candidate) -> bool:
            if item.provider != provider or item.rights is None:
                return False
            return stream(workspace.world.seed, "archive", what, item.uuid).choice(_STATUSES) in statuses

        return check

    return make


def _conditions(workspace: Workspace, conditions: Sequence[dict[str, Any]]) -> Check:
    """Raises GraphQLError for conditions that no item could answer."""
    passes(workspace, "ITEM", {}, conditions)
    fields = {each["field"] for each in conditions}

    def check(item: Candidate) -> bool:
        values = attribute_values.of_item(workspace, item.uuid, item.content, fields)
        return passes(workspace, "ITEM", values, conditions)

    return check


_FIELDS: Final[Mapping[str, Maker]] = {
    "tagsNames": _tags,
    "sourcesIds": _sources,
    "creatorLocations": _creator_locations,
    "followersCount": _followers,
    "instagramWhitelistingStatus": _status("INSTAGRAM", "whitelisting"),
    "tiktokSparkCodeStatus": _status("TIKTOK", "spark code"),
    "engagement": _engagement,
    "viralityScore": _virality,
    "ugcLocations": _ugc_locations,
    "superSearch": super_search.check,
}
