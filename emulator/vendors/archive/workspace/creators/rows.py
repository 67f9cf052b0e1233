"""Which creators and social profiles a list is about: light rows, newest first."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple

from sqlalchemy import bindparam, select

from emulator.vendors.archive import tables
from emulator.vendors.archive.workspace import places
from emulator.vendors.archive.workspace.attributes import conditions
from emulator.vendors.archive.workspace.attributes import values as attribute_values
from emulator.vendors.archive.workspace.context import Workspace
from emulator.vendors.archive.workspace.creators.nodes import attribute_facts
from emulator.vendors.archive.workspace.errors import failure
from emulator.vendors.archive.workspace.organising import saved
from emulator.world.store import Statement
from emulator.world.world import own

Conditions = Sequence[Mapping[str, Any]]


class Found(NamedTuple):
    number: int
    uuid: str
    person: int


_C, _P = tables.creators, tables.people
_PEOPLE: Final = Statement(
    select(_P.c.id, _P.c.uuid, _P.c.id).where(own(_P), _P.c.shop_id == bindparam("shop")).order_by(_P.c.id.desc())
)
_PROFILES: Final = Statement(
    select(_C.c.id, _C.c.uuid, _C.c.person_id, _C.c.provider)
    .where(own(_C), _C.c.shop_id == bindparam("shop"))
    .order_by(_C.c.id.desc())
)
_FACTS: Final = Statement(
    select(_P.c.id, _P.c.uuid, _P.c.city, _P.c.region, _P.c.country, _P.c.facts).where(
        own(_P), _P.c.shop_id == bindparam("shop")
    )
)


def creators(workspace: Workspace, locations: Sequence[Mapping[str, Any]], wanted: Conditions) -> list[Found]:
    """The highest number is the newest (assumed). No locations, or no conditions, leave nobody out."""
    people = [Found(*row) for row in workspace.world.rows(_PEOPLE, shop=workspace.id)]
    if locations:
        there = places.of_people(workspace, locations)
        people = [each for each in people if each.person in there]
    return _passing(workspace, people, wanted)


def profiles(workspace: Workspace, provider: str | None, wanted: Conditions) -> list[Found]:
    """In the order of creators (assumed). The custom attributes of a profile are those of its creator (assumed)."""
    rows = workspace.world.rows(_PROFILES, shop=workspace.id)
    accounts = [Found(*row) for *row, platform in rows if provider in (None, platform)]
    return _passing(workspace, accounts, wanted)


def narrowing(workspace: Workspace, preset: str | None, kind: Literal["creator", "social_profile"]) -> Conditions:
    """Of a view, whose filters are not applied (reported). Raises GraphQLError for what is no such view."""
    if preset is None:
        return []
    view = saved.find(workspace, preset)
    if view is None:
        raise failure("View not found", "NOT_FOUND")
    if view.kind != kind:
        raise failure(f"presetId must be the id of a {kind.replace('_', ' ')} view", "WRONG_VIEW_TYPE")
    return view.conditions


def _passing(workspace: Workspace, found: list[Found], wanted: Conditions) -> list[Found]:
    """Raises GraphQLError for conditions that nobody could answer."""
    conditions.check("CREATOR", wanted)
    if not wanted:
        return found
    keys = {each["field"] for each in wanted}
    passing = set()
    for number, uuid, *facts in workspace.world.rows(_FACTS, shop=workspace.id):
        values = attribute_values.of_creator(workspace, uuid, attribute_facts(*facts), keys)
        if conditions.passes(workspace, "CREATOR", values, wanted):
            passing.add(number)
    return [each for each in found if each.person in passing]
