"""Creators who have connected their accounts to the application of the API's customer."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from random import Random

from emulator.world.population.access import AccountStatus, ConnectedAccount, ConnectedUser, DisconnectionSource
from emulator.world.population.asked import UNCONNECTABLE, Said
from emulator.world.population.cast import Creator, Profile
from emulator.world.population.deals import Deal, deals
from emulator.world.population.origin import Origin
from emulator.world.population.randomness import pick

_STATUSES: Mapping[AccountStatus, float] = {"CONNECTED": 70, "NOT_CONNECTED": 18, "SESSION_EXPIRED": 12}
_ACCOUNTS: Mapping[int, float] = {0: 8, 1: 50, 2: 30, 3: 12}  # how many of their profiles a user connects
_DAY = timedelta(days=1)


def connected_users(origin: Origin, creators: Sequence[Creator]) -> list[ConnectedUser]:
    """Every creator is at most one user; users beyond the creators have connected nothing yet."""
    count, dealt = origin.recipe.connected_users, deals(origin, [creator.id for creator in creators])
    people = [creator for creator in creators if creator.id in dealt]
    rest = [creator for creator in creators if creator.id not in dealt]
    people += origin.stream("users").sample(rest, k=min(count - len(people), len(rest)))
    users = [_user(origin, number, creator, dealt.get(creator.id)) for number, creator in enumerate(people)]
    return users + [_user(origin, number) for number in range(len(people), count)]


def user_as_said(origin: Origin, number: int, creator: Creator, said: Said) -> ConnectedUser | None:
    """Somebody who is asked for, if that is somebody who has connected something before the origin's epoch."""
    if "connected" not in said:
        return None
    statuses, source = said["connected"], origin.stream("user", number)
    accounts = tuple(
        _account(source, origin, profile, statuses[profile.platform])
        for profile in creator.profiles
        if profile.platform in statuses
    )
    return _person(source, origin, number, creator, accounts)


def _user(origin: Origin, number: int, creator: Creator | None = None, deal: Deal | None = None) -> ConnectedUser:
    source = origin.stream("user", number)
    accounts = _accounts(source, origin, creator, deal) if creator else ()
    return _person(source, origin, number, creator, accounts)


def _person(
    source: Random, origin: Origin, number: int, creator: Creator | None, accounts: tuple[ConnectedAccount, ...]
) -> ConnectedUser:
    since = min((account.connected_at for account in accounts), default=origin.epoch - source.randint(1, 200) * _DAY)
    return ConnectedUser(
        uuid=origin.uuid("user", number),
        external_id=f"usr_{source.getrandbits(40):010x}",
        name=creator.name if creator else f"Test user {number + 1}",
        created_at=since - timedelta(seconds=source.randint(40, 3000)),
        accounts=accounts,
    )


def _accounts(source: Random, origin: Origin, creator: Creator, deal: Deal | None) -> tuple[ConnectedAccount, ...]:
    """Some of the creator's profiles, the main one first, and the one that was dealt."""
    profiles = [profile for profile in creator.profiles if profile.platform not in UNCONNECTABLE]
    certain = {deal.platform or creator.profiles[0].platform: deal.status} if deal else {}
    count = pick(source, _ACCOUNTS)
    return tuple(
        _account(source, origin, profile, certain.get(profile.platform))
        for place, profile in enumerate(profiles)
        if place < count or profile.platform in certain
    )


def _account(source: Random, origin: Origin, profile: Profile, certain: AccountStatus | None) -> ConnectedAccount:
    """Accounts are synced daily at the time of day when they were connected, until access ends.

    An expired session is noticed at the next daily sync; a disconnection counts from when it was asked for. `certain`
    is the status if chance shall not choose it.
    """
    status = pick(source, _STATUSES) if certain is None else certain
    days = source.randint(5, 300)
    connected = origin.epoch - timedelta(seconds=days * 86_400 + source.randrange(86_400))
    synced = connected + _DAY * (days if status == "CONNECTED" else source.randint(1, days - 2))
    ended = synced + (_DAY if status == "SESSION_EXPIRED" else timedelta(seconds=source.randrange(86_400)))
    return ConnectedAccount(
        uuid=origin.uuid("account", profile.id),
        creator_id=profile.creator_id,
        profile=profile,
        status=status,
        connected_at=connected,
        updated_at=connected if status == "CONNECTED" else ended,
        last_sync_at=synced,
        disconnection_source=_disconnection(source) if status == "NOT_CONNECTED" else None,
    )


def _disconnection(source: Random) -> DisconnectionSource:
    return "DEVELOPER_API" if source.random() < 0.9 else "INTERNAL_API"
