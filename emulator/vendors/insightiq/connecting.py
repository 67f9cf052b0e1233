"""Connecting an account, as its owner does it in the vendor's dialogue; there is no call of the vendor's for it.

What the platform has is taken from the population that the world began with, and stays unseen until it is synced.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import orjson
from sqlalchemy import bindparam, select

from emulator.vendors.insightiq import accounts, connections
from emulator.vendors.insightiq.creator_profiles import vendor_name
from emulator.vendors.insightiq.lookups import Collection
from emulator.vendors.insightiq.projections import connect as projection
from emulator.vendors.insightiq.projections.engagement import EngagementProjection
from emulator.vendors.insightiq.projections.identity import IdentityProjection
from emulator.vendors.insightiq.tables import connect as tables
from emulator.vendors.insightiq.tables import identity
from emulator.world import ids, instant
from emulator.world.life import later_posts
from emulator.world.population import Cast, ConnectedAccount, ConnectedUser, Creator, Post, Profile
from emulator.world.population.asked import UNCONNECTABLE
from emulator.world.population.randomness import stream
from emulator.world.projection import Projected
from emulator.world.store import Statement
from emulator.world.world import World, own

Candidate = tuple[Creator, Profile]

_USERS: Final = Collection(tables.users, "user")
_TAKEN: Final = Statement(select(tables.accounts.c.id).where(own(tables.accounts)))
_STATUS: Final = Statement(
    select(tables.accounts.c.status).where(own(tables.accounts), tables.accounts.c.id == bindparam("id"))
)


class CannotConnect(ValueError):
    """The message says what was seen and what to do; `status` is that of HTTP."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def connect(
    world: World, cast: Cast, platform: str, handle: str | None, user_id: str | None, products: Sequence[str] | None
) -> dict[str, Any]:
    """The account, connected now. `platform` is the name or the id of a work platform; raises CannotConnect.

    Without a handle, chance takes a creator who has not connected a profile there. `products` are named as SDK tokens
    name them; without any, they are all that the platform supports.
    """
    found = _platform(platform)
    candidates = _candidates(cast, found)
    creator, profile = _choice(world, cast, found, candidates) if handle is None else _named(found, candidates, handle)
    _demand_new(world, cast, profile)
    supported = _supported(found, products)
    user = _owner(world, cast, creator) if user_id is None else _user(world, user_id)
    now = instant.to_datetime(world.now)
    account = ConnectedAccount(_id(cast, profile), creator.id, profile, "CONNECTED", now, now, now, None)
    shown = projection.shown(user, account, found, accounts.products(supported, None))
    connection = world.draw()
    world.insert(tables.accounts, **projection.row(user, account, shown, connection))
    later = list(later_posts(cast, creator, world.now))
    for table, row in _at_the_platform(cast, user, account, creator, supported, later):
        world.insert(table, **{**row, "fetched": 0})
    connections.start(world, shown, connection)
    return shown


def _platform(named: str) -> dict[str, Any]:
    platforms = projection.work_platforms()
    for name, platform in platforms.items():
        if named.casefold() == name.casefold() or named == platform["id"]:
            return platform
    raise CannotConnect(400, f"There is no work platform '{named[:100]}'. There are: {', '.join(platforms)}.")


def _candidates(cast: Cast, platform: Mapping[str, Any]) -> list[Candidate]:
    found = [
        (creator, profile)
        for creator in cast.creators
        for profile in creator.profiles
        if vendor_name(profile.platform) == platform["name"] and profile.platform not in UNCONNECTABLE
    ]
    if not found:
        raise CannotConnect(400, f"Nobody in this world can connect a profile on {platform['name']}.")
    return found


def _choice(world: World, cast: Cast, platform: Mapping[str, Any], candidates: Sequence[Candidate]) -> Candidate:
    taken = {row[0] for row in world.rows(_TAKEN)}
    free = [each for each in candidates if _id(cast, each[1]) not in taken]
    if not free:
        raise CannotConnect(409, f"All profiles on {platform['name']} have been connected.")
    return stream(world.seed, "insightiq connection", platform["name"], len(taken)).choice(free)


def _named(platform: Mapping[str, Any], candidates: Sequence[Candidate], handle: str) -> Candidate:
    wanted = handle.strip().removeprefix("@").casefold()
    for each in candidates:
        if each[1].handle.casefold() == wanted:
            return each
    raise CannotConnect(404, f"Nobody on {platform['name']} is called '{handle[:100]}' in this world.")


def _demand_new(world: World, cast: Cast, profile: Profile) -> None:
    account_id = _id(cast, profile)
    row = world.row(_STATUS, id=account_id)
    if row is not None:
        further = "" if row[0] == "CONNECTED" else f": reconnect the account {account_id}"
        raise CannotConnect(409, f"'{profile.handle}' was connected before, and is {row[0]}{further}.")


def _id(cast: Cast, profile: Profile) -> str:
    """As populations have it: a profile is one account."""
    return cast.origin.uuid("account", profile.id)


def _supported(platform: Mapping[str, Any], wanted: Sequence[str] | None) -> dict[str, dict[str, Any]]:
    supported = projection.supported(platform)
    if wanted is None:
        return supported
    chosen: dict[str, dict[str, Any]] = {
        name: {"audience": {}} if "audience" in block and f"{name.upper()}.AUDIENCE" in wanted else {}
        for name, block in supported.items()
        if name.upper() in wanted
    }
    if not chosen:
        known = ", ".join(name.upper() for name in supported)
        raise CannotConnect(400, f"{platform['name']} has none of these products. It has: {known}.")
    return chosen


def _user(world: World, id: str) -> ConnectedUser:
    body = _USERS.find(world, id)
    if body is None:
        raise CannotConnect(404, f"There is no user '{id[:100]}'.")
    user = orjson.loads(body)
    return ConnectedUser(id, user["external_id"], user["name"], instant.to_datetime(world.now), ())


def _owner(world: World, cast: Cast, creator: Creator) -> ConnectedUser:
    """The user that the creator is, or becomes with this account."""
    known = [user for user in cast.users if any(account.creator_id == creator.id for account in user.accounts)]
    if known:
        return known[0]
    external_id = f"usr_{ids.hexadecimal(cast.seed, 'user of', creator.id, digits=10)}"
    user_id, now = cast.origin.uuid("user of", creator.id), instant.to_datetime(world.now)
    user = ConnectedUser(user_id, external_id, creator.name, now, ())
    if _USERS.find(world, user_id) is None:
        world.insert(tables.users, **projection.user_row(user, world.draw()))
    return user


def _at_the_platform(
    cast: Cast,
    user: ConnectedUser,
    account: ConnectedAccount,
    creator: Creator,
    supported: Mapping[str, Any],
    later: Sequence[Post],
) -> Iterator[tuple[Any, dict[str, Any]]]:
    """The rows of what the products will bring; `later` is what was published since the epoch."""
    only = replace(cast, users=[replace(user, accounts=(account,))])
    if "identity" in supported:
        yield from _identity(only, creator, audience="audience" in supported["identity"])
    if "engagement" in supported:
        yield from EngagementProjection(only).of_creator(creator, [*cast.posts_of(creator), *later])


def _identity(cast: Cast, creator: Creator, *, audience: bool) -> Projected:
    rows = IdentityProjection(cast).of_creator(creator, ())
    yield from ((table, row) for table, row in rows if audience or table is not identity.audiences)
