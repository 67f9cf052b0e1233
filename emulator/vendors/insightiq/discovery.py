"""Creator Discovery, the searches that are answered at once (insightiq-v1.txt, "Creator Discovery" 1 and 2)."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import bindparam, select

from emulator.refusal import Invalid, Violation
from emulator.vendors.insightiq import creator_profiles
from emulator.vendors.insightiq.discovery_conditions import Search
from emulator.vendors.insightiq.discovery_matches import matches
from emulator.vendors.insightiq.discovery_results import found
from emulator.vendors.insightiq.discovery_shapes import reach
from emulator.vendors.insightiq.pages import page
from emulator.vendors.insightiq.tables.discovery import creator_profiles as profiles
from emulator.world.store import Statement
from emulator.world.world import World, own

_OF_PROFILE = own(profiles) & (profiles.c.id == bindparam("id"))
_BODY = Statement(select(profiles.c.body).where(_OF_PROFILE))
_QUICK_BODY = Statement(select(profiles.c.quick_body).where(_OF_PROFILE))
_CONTACTS: Final = b',"contact_details":'  # nowhere else in a body, as quotes inside of a text are escaped


def search_creator_profiles(world: World, body: dict[str, Any]) -> bytes:
    """Profiles with their ways of contact. 404 `incorrect_work_platform_id`; 400 beyond the first 500 results."""
    search, ids = _results(world, body)
    told = matches(search, ids)
    bodies = {key: each for key in ids for (each,) in world.rows(_BODY, id=key)}
    shown = [(bodies[key].replace(_CONTACTS, b',"filter_match":%b%b' % (told[key], _CONTACTS)),) for key in ids]
    return page(shown, int(body["limit"]), int(body["offset"]))


def quick_search_creator_profiles(world: World, body: dict[str, Any]) -> bytes:
    """The same profiles without ways of contact, with figures on live streams. Errors as of the other search."""
    _, ids = _results(world, body)
    shown = [row for key in ids for row in world.rows(_QUICK_BODY, id=key)]
    return page(shown, int(body["limit"]), int(body["offset"]))


def _results(world: World, body: dict[str, Any]) -> tuple[Search, Sequence[int]]:
    """The ids of the profiles on the page."""
    limit, offset = int(body["limit"]), int(body["offset"])
    if limit + offset > reach():
        message = f"limit + offset is {limit + offset}, at most {reach()} results can be had"
        raise Invalid([Violation("body", "offset", "maximum", message)])
    search = Search(world, creator_profiles.platform(world, body["work_platform_id"]), body)
    return search, found(search)[offset : offset + limit]
