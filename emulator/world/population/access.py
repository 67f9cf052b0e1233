"""People who have granted access to their profiles, as plain data."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from emulator.world.population.cast import Profile
from emulator.world.population.platforms import PlatformName

AccountStatus = Literal["CONNECTED", "NOT_CONNECTED", "SESSION_EXPIRED"]
DisconnectionSource = Literal["DEVELOPER_API", "INTERNAL_API"]


@dataclass(frozen=True, slots=True)
class ConnectedAccount:
    """A profile whose owner has granted access. `updated_at` is when `status` last changed."""

    uuid: str
    creator_id: int
    profile: Profile
    status: AccountStatus
    connected_at: datetime
    updated_at: datetime
    last_sync_at: datetime
    disconnection_source: DisconnectionSource | None

    @property
    def platform(self) -> PlatformName:
        return self.profile.platform

    @property
    def handle(self) -> str:
        return self.profile.handle


@dataclass(frozen=True, slots=True)
class ConnectedUser:
    """A person in the application of the API's customer, who knows them by `external_id`."""

    uuid: str
    external_id: str
    name: str
    created_at: datetime
    accounts: tuple[ConnectedAccount, ...]
