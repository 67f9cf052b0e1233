"""Creator Discovery, the searches that are answered at once (insightiq-v1.txt, "Creator Discovery" 1 and 2)."""

from typing import Any, Final

from sqlalchemy import ColumnElement, select

from emulator.refusal import Invalid, Violation
from emulator.vendors.insightiq import creator_profiles
from emulator.vendors.insightiq.discovery_conditions import Search
from emulator.vendors.insightiq.discovery_filters import matching
from emulator.vendors.insightiq.discovery_sorting import order
from emulator.vendors.insightiq.pages import page
from emulator.vendors.insightiq.tables.discovery import creator_profiles as profiles
from emulator.world.world import World

_REACH: Final = 500  # results


def search_creator_profiles(world: World, body: dict[str, Any]) -> bytes:
    """Profiles with their ways of contact. 404 `incorrect_work_platform_id`; 400 beyond the first 500 results.

    `filter_match` is left out, as in the documented sample: its keys are not known.
    """
    return _page(world, body, profiles.c.body)


def quick_search_creator_profiles(world: World, body: dict[str, Any]) -> bytes:
    """The same profiles without ways of contact, with figures on live streams. Errors as of the other search."""
    return _page(world, body, profiles.c.quick_body)


def _page(world: World, body: dict[str, Any], shown: ColumnElement[bytes]) -> bytes:
    limit, offset = int(body["limit"]), int(body["offset"])
    if limit + offset > _REACH:
        message = f"limit + offset is {limit + offset}, at most {_REACH} results can be had"
        raise Invalid([Violation("body", "offset", "maximum", message)])
    search = Search(world, creator_profiles.platform(world, body["work_platform_id"]), body)
    query = select(shown).where(matching(search)).order_by(*order(search)).limit(limit).offset(offset)
    return page(world.query(query), limit, offset)
