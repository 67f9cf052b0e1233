"""The population as InsightIQ's Identity shows it."""

from collections.abc import Sequence
from typing import Any, Final

import orjson

from emulator.vendors.insightiq import fetching
from emulator.vendors.insightiq.ownership import owner
from emulator.vendors.insightiq.profiles import AUDIENCE_EVERY, Shares, audience_at
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
        self._users = {account.creator_id: user for user in cast.users for account in user.accounts}

    def of_world(self) -> Projected:
        return iter(())

    def of_creator(self, creator: Creator, posts: Sequence[Post]) -> Projected:  # noqa: ARG002
        if user := self._users.get(creator.id):
            for account in user.accounts:
                yield from self._of_account(user, account, creator)

    def _of_account(self, user: ConnectedUser, account: ConnectedAccount, creator: Creator) -> Projected:
        platform = work_platform_of(account)
        owned = owner({"id": user.uuid, "name": user.name}, account.uuid, account.handle, platform)
        connected = instant.from_datetime(account.connected_at)
        created = fetching.first_done(self._cast.seed, account.uuid, platform["name"], "identity", connected)
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
            "fetched": 1,
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
        """Fetched for the last time when the last full week since the first time was over.

        Where there still is access, its shares are those of the epoch, as other vendors have them.
        """
        seed, shares = self._cast.seed, _shares(audience)
        weeks = (instant.from_datetime(account.last_sync_at) - created) // AUDIENCE_EVERY
        updated = created + weeks * AUDIENCE_EVERY
        since = 0 if account.status == "CONNECTED" else updated - instant.from_datetime(self._cast.epoch)
        lists = audience_at(seed, account.profile.id, shares, since)
        audience_id = ids.uuid(seed, "insightiq audience", account.uuid)
        body = orjson.dumps({"id": audience_id, **_times(created, updated), **owned, **lists})
        row = {"account_id": account.uuid, "updated_at": updated, "fetched": 1}
        return {**row, "profile": account.profile.id, "shares": orjson.dumps(shares), "body": body}


def _times(created: int, updated: int) -> dict[str, str]:
    return {"created_at": instant.naive(created), "updated_at": instant.naive(updated)}


def _shares(audience: Audience) -> Shares:
    return {
        "countries": [({"code": code}, share) for code, share in audience.countries],
        "cities": [({"name": name}, share) for name, share in audience.cities],
        "gender_age_distribution": [
            ({"gender": gender, "age_range": _OLDEST.get(ages, ages)}, share)
            for (gender, ages), share in audience.genders_and_ages
        ],
    }
