"""Creators and social profiles, as version 2 shows them, wherever they occur.

Many are fetched with one statement, and so are those that they lead to, when the first of these is asked for.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache
from typing import Any, Final

import orjson
from sqlalchemy import ColumnElement, bindparam, select

from emulator.vendors.archive import tables
from emulator.vendors.archive.followers import followers_now
from emulator.vendors.archive.workspace.attributes import values as attribute_values
from emulator.vendors.archive.workspace.context import Workspace
from emulator.world.store import Row
from emulator.world.world import own

Node = dict[str, Any]

_C, _P = tables.creators, tables.people
_PROFILES: Final = select(
    _C.c.id,
    _C.c.uuid,
    _C.c.person_id,
    _C.c.provider,
    _C.c.verified,
    _C.c.private,
    _C.c.account_type,
    _C.c.followers,
    _C.c.monthly_growth,
    _C.c.body,
    _C.c.details,
).where(own(_C), _C.c.shop_id == bindparam("shop"))
_PEOPLE: Final = select(_P.c.id, _P.c.uuid, _P.c.city, _P.c.region, _P.c.country, _P.c.facts).where(
    own(_P), _P.c.shop_id == bindparam("shop")
)


def profiles(workspace: Workspace, numbers: Iterable[int]) -> dict[int, Node]:
    """SocialProfile nodes by their numbers; unknown ones have none."""
    rows = _profile_rows(workspace, _C.c.id.in_(tuple(numbers)))
    return {row[0]: node for row, node in zip(rows, _profiles(workspace, rows), strict=True)}


def creators(workspace: Workspace, numbers: Iterable[int]) -> dict[int, Node]:
    """Creator nodes by their numbers; unknown ones have none."""
    wanted = tuple(numbers)
    rows = workspace.world.query(_PEOPLE.where(_P.c.id.in_(wanted)), shop=workspace.id)
    accounts = cache(lambda: _accounts(workspace, wanted))
    return {row[0]: _creator(workspace, row, accounts) for row in rows}


def attribute_facts(city: str, region: str, country: str, facts: bytes) -> dict[str, Any]:
    """What the custom attributes of a person follow from."""
    return {**orjson.loads(facts), "city": city, "region": region, "country": country}


def _profile_rows(workspace: Workspace, wanted: ColumnElement[bool]) -> Collection[Row]:
    return workspace.world.query(_PROFILES.where(wanted).order_by(_C.c.id), shop=workspace.id)


def _profiles(workspace: Workspace, rows: Collection[Row]) -> list[Node]:
    owners = cache(lambda: creators(workspace, {row[2] for row in rows}))
    return [_profile(workspace, row, owners) for row in rows]


def _accounts(workspace: Workspace, people: tuple[int, ...]) -> dict[int, list[Node]]:
    """By person, in the order of their numbers (assumed)."""
    rows = _profile_rows(workspace, _C.c.person_id.in_(people))
    found: dict[int, list[Node]] = {person: [] for person in people}
    for row, node in zip(rows, _profiles(workspace, rows), strict=True):
        found[row[2]].append(node)
    return found


def _profile(workspace: Workspace, row: Row, owners: Callable[[], Mapping[int, Node]]) -> Node:
    """Accounts of companies and creators are professional ones (assumed)."""
    _, uuid, person, provider, verified, private, account_type, followers, growth, body, details = row
    shown, (full_name, email, phone, url, *given) = orjson.loads(body), orjson.loads(details)
    return {
        "accountName": shown["accountName"],
        "avatar": shown["avatarUrl"],
        "creator": lambda _: owners().get(person),
        "email": email,
        "followers": followers_now(workspace.world, followers, growth),
        "following": shown["followingCount"] or 0,
        "fullName": full_name,
        "id": uuid,
        "originalUrl": url,
        "phoneNumbers": [phone] if phone else None,
        "private": bool(private),
        "proAccount": account_type != "PERSONAL",
        "provider": provider,
        "verified": bool(verified),
        **(given[0] if given else {}),
    }


def _creator(workspace: Workspace, row: Row, accounts: Callable[[], Mapping[int, list[Node]]]) -> Node:
    number, uuid, *facts = row
    return {
        "customAttributes": lambda _: attribute_values.of_creator(workspace, uuid, attribute_facts(*facts)),
        "id": uuid,
        "socialProfiles": lambda _: accounts()[number],
    }
