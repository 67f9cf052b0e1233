"""Brands, and the campaigns that creators post for, as plain data."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Brand:
    """`creator_id` is set if the brand's own channel is part of the cast; it then has the same handle."""

    id: int
    name: str
    handle: str
    website: str
    topic: str
    category: str
    creator_id: int | None


@dataclass(frozen=True, slots=True)
class AdditionalField:
    """A customer's own note about a creator in a campaign."""

    id: int
    name: str
    description: str
    value: bool | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Participant:
    """A creator in a campaign. `delivers` is false for those who were booked and post nothing.

    Cost and revenue are in euros; clicks, orders and revenue are those of the whole campaign. All this is empty for
    those whom a market report watches.
    """

    creator_id: int
    delivers: bool = True
    cost: int | None = None
    discount_code: str | None = None
    tracking_link: str | None = None
    clicks: int = 0
    orders: int = 0
    new_customers: int = 0
    revenue: float = 0.0
    fields: tuple[AdditionalField, ...] = ()


@dataclass(frozen=True, slots=True)
class Folder:
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Campaign:
    """`kind` is 1 for a campaign, 2 for a market report, which watches a topic and belongs to no brand.

    `posts` is set for a report that has so many of the earliest posts of the world, whatever they are about.
    """

    id: int
    name: str
    kind: Literal[1, 2]
    starts: datetime
    ends: datetime
    folder: Folder | None
    topic: str
    hashtag: str
    brand_id: int | None
    participants: tuple[Participant, ...]
    posts: int | None = None

    @property
    def creator_ids(self) -> tuple[int, ...]:
        return tuple(participant.creator_id for participant in self.participants)
