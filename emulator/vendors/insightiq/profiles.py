"""What changes in the profile and the audience of a connected account when they are fetched anew."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson
from sqlalchemy import bindparam, select

from emulator.vendors.insightiq.tables import identity as tables
from emulator.world import instant
from emulator.world.population.drift import shares_later, weeks_since
from emulator.world.population.growth import followers_after
from emulator.world.store import Statement
from emulator.world.world import World, own

Shares = Mapping[str, Sequence[tuple[Mapping[str, str], float]]]  # by list: what each is of, and how much in percent

AUDIENCE_EVERY: Final = 7 * instant.DAY  # reported (facts/insightiq.md, 5.4)

_MONTH: Final = 30 * instant.DAY  # of `monthly_growth`

_PROFILE = Statement(
    select(
        tables.profiles.c.id,
        tables.profiles.c.fetched,
        tables.profiles.c.body,
        tables.profiles.c.followers,
        tables.profiles.c.monthly_growth,
        tables.profiles.c.counted_at,
    ).where(own(tables.profiles), tables.profiles.c.account_id == bindparam("account_id"))
)
_AUDIENCE = Statement(
    select(
        tables.audiences.c.fetched,
        tables.audiences.c.body,
        tables.audiences.c.updated_at,
        tables.audiences.c.profile,
        tables.audiences.c.shares,
    ).where(own(tables.audiences), tables.audiences.c.account_id == bindparam("account_id"))
)


def fetch(world: World, account_id: str) -> tuple[str, list[str]]:
    """Bring the profile up to the world's time, and the audience if it is a week old.

    The profile's id, and the events on what is new or has changed.
    """
    row = world.row(_PROFILE, account_id=account_id)
    if row is None:  # the account came without this product
        return "", []
    events = [_fetch_profile(world, account_id, *row[1:]), _fetch_audience(world, account_id)]
    return row[0], [event for event in events if event is not None]


def reputation(counted: dict[str, Any], followers: int) -> dict[str, Any]:
    """The figures with another number of followers, under the name that the platform has for them."""
    name = "follower_count" if counted.get("subscriber_count") is None else "subscriber_count"
    return {**counted, name: followers}


def audience_at(seed: int, profile_id: int, shares: Shares, since: int) -> dict[str, list[dict[str, Any]]]:
    """The lists of an audience as they are sent; `shares` are those of the epoch, `since` is the time since then."""
    weeks = weeks_since(since)
    return {
        name: [{**entry, "value": share} for entry, share in shares_later(seed, profile_id, name, entries, weeks)]
        for name, entries in shares.items()
    }


def _fetch_profile(
    world: World, account_id: str, fetched: int, stored: bytes, followers: int, monthly_growth: float, counted_at: int
) -> str | None:
    now = followers_after(followers, monthly_growth, (world.now - counted_at) / _MONTH)
    before = orjson.loads(stored)
    counted = before.get("reputation")  # none in some objects of a recipe's own
    profile = before | _times(world, fetched) | ({"reputation": reputation(counted, now)} if counted else {})
    first = {} if fetched else {"fetched": 1, "created_at": world.now}
    world.update(tables.profiles, {"account_id": account_id}, body=orjson.dumps(profile), **first)
    return _event("PROFILES", fetched, changed=profile.get("reputation") != counted)


def _fetch_audience(world: World, account_id: str) -> str | None:
    row = world.row(_AUDIENCE, account_id=account_id)
    if row is None or (row[0] and world.now < row[2] + AUDIENCE_EVERY):
        return None
    fetched, before, profile_id, shares = row[0], orjson.loads(row[1]), row[3], orjson.loads(row[4])
    lists = audience_at(world.seed, profile_id, shares, world.now - world.record.epoch)
    body = orjson.dumps(before | _times(world, fetched) | lists)
    world.update(tables.audiences, {"account_id": account_id}, fetched=1, updated_at=world.now, body=body)
    return _event("PROFILES_AUDIENCE", fetched, changed=not lists.items() <= before.items())


def _times(world: World, fetched: int) -> dict[str, str]:
    now = instant.naive(world.now)
    return {"updated_at": now} if fetched else {"created_at": now, "updated_at": now}


def _event(family: str, fetched: int, *, changed: bool) -> str | None:
    if not fetched:
        return f"{family}.ADDED"
    return f"{family}.UPDATED" if changed else None
