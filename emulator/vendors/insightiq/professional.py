"""Professional Creator Discovery: LinkedIn profiles (insightiq-v1.txt, "Professional Creator Discovery")."""

from typing import Any, Final

import orjson
from sqlalchemy import bindparam, select

from emulator.vendors.insightiq import addresses, creator_profiles, professional_contents
from emulator.vendors.insightiq.dialect import not_found
from emulator.vendors.insightiq.pages import page
from emulator.vendors.insightiq.professional_filters import conditions, invalid
from emulator.vendors.insightiq.professional_words import contains, folded
from emulator.vendors.insightiq.tables.connect import work_platforms
from emulator.vendors.insightiq.tables.professional import profiles, terms
from emulator.world import instant
from emulator.world.store import Row, Statement
from emulator.world.world import World, own

_REACH: Final = 500  # of limit and offset together (documented; that it is itself within reach is assumed)

_PLATFORM = Statement(select(work_platforms.c.id).where(own(work_platforms), work_platforms.c.name == "LinkedIn"))
_REPORT = Statement(
    select(profiles.c.report, profiles.c.contents).where(own(profiles), profiles.c.handle == bindparam("handle"))
)
_FOLLOWERS = Statement(
    select(profiles.c.follower_count, profiles.c.monthly_growth).where(
        own(profiles), profiles.c.handle == bindparam("handle")
    )
)
_TERMS = (
    select(terms.c.body)
    .where(own(terms), terms.c.dictionary == bindparam("dictionary"))
    .order_by(terms.c.name, terms.c.id)
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
_ALL_TERMS = Statement(_TERMS)
_SOME_TERMS = Statement(_TERMS.where(contains(terms.c.text, bindparam("phrase"))))


def search_professional_profiles(world: World, body: dict[str, Any]) -> bytes:
    """Figures as of the world's epoch, by which they are filtered and sorted.

    404 `incorrect_work_platform_id`; 400 beyond the 500th profile (assumed).
    """
    _demand_linkedin(world, body["work_platform_id"])
    limit, offset = int(body["limit"]), int(body["offset"])
    if limit + offset > _REACH:
        raise invalid("offset", "maximum", f"limit and offset together are more than {_REACH}")
    greatest_first = profiles.c[body["sort_by"]["field"].lower()].desc()
    query = select(profiles.c.body).where(own(profiles), *conditions(body)).order_by(greatest_first, profiles.c.id)
    return page(world.query(query.limit(limit).offset(offset)), limit, offset)


def get_professional_analytics(world: World, body: dict[str, Any]) -> dict[str, Any]:
    """The report as of now. 404 `incorrect_work_platform_id`, `incorrect_profile_id`."""
    _demand_linkedin(world, body["work_platform_id"])
    name = addresses.profile_name("LinkedIn", body["profile_url"])
    row = world.row(_REPORT, handle=name.handle) if name else None
    if row is None:
        raise not_found("profile")
    contents = professional_contents.report_of(orjson.loads(row[1]), world.now)
    return _counted(world, orjson.loads(row[0])) | {"updated_at": instant.naive(world.now)} | contents


def list_professional_locations(world: World, limit: int, offset: int, identifier: str | None) -> bytes:
    """Cities, regions and countries in one list, as the example is a city and the words speak of countries."""
    return page(_terms(world, "locations", limit, offset, identifier), limit, offset)


def list_professional_education_institutes(world: World, limit: int, offset: int, identifier: str | None) -> bytes:
    return page(_terms(world, "institutes", limit, offset, identifier), limit, offset)


def list_professional_education_degrees(world: World, limit: int, offset: int, identifier: str | None) -> bytes:
    return page(_terms(world, "degrees", limit, offset, identifier), limit, offset)


def list_professional_talks_about(world: World, limit: int, offset: int, identifier: str | None) -> bytes:
    return page(_terms(world, "subjects", limit, offset, identifier), limit, offset)


def list_professional_companies(world: World, limit: int, offset: int, identifier: str | None) -> bytes:
    return page(_terms(world, "companies", limit, offset, identifier), limit, offset)


def list_professional_topics(world: World, body: dict[str, Any]) -> bytes:
    """A topic is found by its own name and by those of its parts (assumed); without a body, all of them (assumed)."""
    found = _terms(world, "topics", int(body["limit"]), int(body["offset"]), body.get("identifier"))
    return b'{"topics":[%b]}' % b",".join([row[0] for row in found])


def _terms(world: World, dictionary: str, limit: int, offset: int, identifier: str | None) -> list[Row]:
    """Bodies by name; `identifier` has to stand somewhere in the name, in any case of letters (assumed)."""
    wanted = {"dictionary": dictionary, "limit": limit, "offset": offset}
    if not identifier:
        return world.rows(_ALL_TERMS, **wanted)
    return world.rows(_SOME_TERMS, **wanted, phrase=folded(identifier))


def _demand_linkedin(world: World, platform_id: str) -> None:
    row = world.row(_PLATFORM)
    if row is None or row[0] != folded(platform_id):
        raise not_found("work_platform")


def _counted(world: World, report: dict[str, Any]) -> dict[str, Any]:
    """The report with the followers as of now, those of the people seen beside the profile too."""
    followers = _followers(world, report["platform_username"])
    beside = [
        {**person, "reputation": {"follower_count": _followers(world, person["public_identifier"])}}
        for person in report["people_also_viewed"]
    ]
    reputation = report["reputation"] | {"follower_count": followers}
    return report | {"follower_count": followers, "reputation": reputation, "people_also_viewed": beside}


def _followers(world: World, handle: str) -> int:
    [counted] = world.rows(_FOLLOWERS, handle=handle.lower())
    return creator_profiles.followers_now(world, *counted)
