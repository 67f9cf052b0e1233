"""The population as InsightIQ's Identity shows it."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import orjson

from emulator.vendors.insightiq import fetching
from emulator.vendors.insightiq.ownership import owner
from emulator.vendors.insightiq.profiles import AUDIENCE_EVERY
from emulator.vendors.insightiq.projections.connect import work_platform_of
from emulator.vendors.insightiq.projections.owners import owner_shown
from emulator.vendors.insightiq.tables import identity as tables
from emulator.world import ids, instant
from emulator.world.population import Audience, Cast, ConnectedAccount, ConnectedUser, Creator, Post
from emulator.world.projection import Projected

_OLDEST: Final = {"65+": "65-"}  # as real answers write it (observed)


class IdentityProjection:
    """A profile for every connected account, and an audience where the platform has one."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast

    def of_world(self) -> Projected:
        creators = {creator.id: creator for creator in self._cast.creators}
        for user in self._cast.users:
            for account in user.accounts:
                yield from self._of_account(user, account, creators[account.creator_id])

    def of_creator(self, creator: Creator, posts: Sequence[Post]) -> Projected:  # noqa: ARG002
        return iter(())

    def _of_account(self, user: ConnectedUser, account: ConnectedAccount, creator: Creator) -> Projected:
        platform = work_platform_of(account)
        owned = owner({"id": user.uuid, "name": user.name}, account.uuid, account.handle, platform)
        connected = instant.from_datetime(account.connected_at)
        created = connected + fetching.duration(self._cast.seed, account.uuid, connected)
        yield tables.profiles, self._profile(account, creator, owned, created)
        if platform["products"]["identity"]["audience"]["is_supported"]:
            audience = self._cast.audience_of(creator, account.profile)
            yield tables.audiences, self._audience(account, audience, owned, created)

    def _profile(
        self, account: ConnectedAccount, creator: Creator, owned: dict[str, Any], created: int
    ) -> dict[str, Any]:
        profile, profile_id = account.profile, ids.uuid(self._cast.seed, "insightiq profile", account.uuid)
        shown = owner_shown(creator, account, self._followers(account), self._cast.seed)
        synced = instant.from_datetime(account.last_sync_at)
        return {
            "id": profile_id,
            "account_id": account.uuid,
            "user_id": owned["user"]["id"],
            "work_platform_id": owned["work_platform"]["id"],
            "created_at": created,
            "followers": profile.followers,
            "monthly_growth": profile.monthly_growth,
            "counted_at": instant.from_datetime(profile.counted_at),
            "body": orjson.dumps({"id": profile_id, **_times(created, synced), **owned, **shown}),
        }

    def _followers(self, account: ConnectedAccount) -> int:
        """Where access has ended, those of the last sync; otherwise the number that other vendors have, too."""
        if account.status == "CONNECTED":
            return account.profile.followers
        return account.profile.followers_at(account.last_sync_at)

    def _audience(
        self, account: ConnectedAccount, audience: Audience, owned: dict[str, Any], created: int
    ) -> dict[str, Any]:
        """Fetched for the last time when the last full week since the first time was over."""
        weeks = (instant.from_datetime(account.last_sync_at) - created) // AUDIENCE_EVERY
        updated = created + weeks * AUDIENCE_EVERY
        audience_id = ids.uuid(self._cast.seed, "insightiq audience", account.uuid)
        body = orjson.dumps({"id": audience_id, **_times(created, updated), **owned, **dict(_shares(audience))})
        return {"account_id": account.uuid, "updated_at": updated, "body": body}


def _times(created: int, updated: int) -> dict[str, str]:
    return {"created_at": instant.naive(created), "updated_at": instant.naive(updated)}


def _shares(audience: Audience) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    yield "countries", [{"code": code, "value": share} for code, share in audience.countries]
    yield "cities", [{"name": name, "value": share} for name, share in audience.cities]
    yield (
        "gender_age_distribution",
        [
            {"gender": gender, "age_range": _OLDEST.get(ages, ages), "value": share}
            for (gender, ages), share in audience.genders_and_ages
        ],
    )
