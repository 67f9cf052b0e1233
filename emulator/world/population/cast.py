"""The members of a population, as plain data.

All times are aware datetimes in UTC. Handles, hashtags and mentions are written without @ and #.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from emulator.world.population.engagement import Engagement, Reception
from emulator.world.population.growth import followers_after
from emulator.world.population.platforms import Kind, PlatformName

Gender = Literal["FEMALE", "MALE", "OTHER"]
CreatorKind = Literal["influencer", "brand", "media"]
AccountType = Literal["PERSONAL", "CREATOR", "BUSINESS"]
UsageRights = Literal["REQUESTED", "APPROVED", "REJECTED"]

_MONTH = timedelta(days=30)
_CAPTURES = tuple(timedelta(hours=hours) for hours in (1, 6, 24, 72, 168, 336, 720))


@dataclass(frozen=True, slots=True)
class Profile:
    """A creator's presence on one platform; counts are as of `counted_at`, the world's epoch.

    `engagement_rate` is (likes + comments) / followers of a usual post, 0..1. `monthly_growth` is the relative growth
    of the followers in 30 days, which may be negative.
    """

    id: int
    uuid: str
    creator_id: int
    platform: PlatformName
    handle: str
    external_id: str
    url: str
    display_name: str
    biography: str
    avatar_url: str
    followers: int
    following: int
    posts_count: int
    verified: bool
    private: bool
    account_type: AccountType
    engagement_rate: float
    average_likes: int
    average_comments: int
    average_views: int
    created_at: datetime
    counted_at: datetime
    monthly_growth: float

    def followers_at(self, at: datetime) -> int:
        return followers_after(self.followers, self.monthly_growth, (at - self.counted_at) / _MONTH)


@dataclass(frozen=True, slots=True)
class Creator:
    """Somebody with an audience. Gender, birth date and both parts of the name are those of influencers only.

    `topics` are names in the vocabulary, the main one first; `category` is the main one's label. `profiles` begins with
    the main platform.
    """

    id: int
    uuid: str
    kind: CreatorKind
    name: str
    first_name: str
    last_name: str
    gender: Gender | None
    born: date | None
    country: str
    country_name: str
    region: str
    city: str
    lat: float
    lng: float
    language: str
    topics: tuple[str, ...]
    interests: tuple[str, ...]
    category: str
    email: str
    phone: str
    website: str | None
    handle: str
    profiles: tuple[Profile, ...]


@dataclass(frozen=True, slots=True)
class Location:
    name: str
    address: str
    city: str
    lat: float
    lng: float


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or a film. `content_url` is the file, `display_url` its still picture; `duration` in seconds, or 0."""

    id: int
    kind: Literal["IMAGE", "VIDEO"]
    width: int
    height: int
    content_url: str
    display_url: str
    duration: int = 0


@dataclass(frozen=True, slots=True)
class Post:
    """Something published. `format` is what it shows, whatever the platform calls it; `media` is empty for a Status.

    `url` is empty for stories. `title` is that of a film where the platform has titles. `link` is where a story's or a
    post's call to action leads. `sponsored_by` is a brand's id.
    """

    id: int
    uuid: str
    creator_id: int
    profile: Profile
    kind: Kind
    format: Literal["Photo", "Video", "Status"]
    external_id: str
    url: str
    published_at: datetime
    title: str | None
    caption: str
    hashtags: tuple[str, ...]
    mentions: tuple[str, ...]
    media: tuple[Media, ...]
    location: Location | None
    link: str | None
    sponsored_by: int | None
    usage_rights: UsageRights | None
    campaign_ids: tuple[int, ...]
    reception: Reception

    @property
    def platform(self) -> PlatformName:
        return self.profile.platform

    def engagement(self, at: datetime) -> Engagement:
        """Counts never fall as `at` rises, and are 0 until the post is published."""
        return self.reception.after(self.published_at.timestamp(), at.timestamp())

    def captures(self, until: datetime) -> list[datetime]:
        """When a monitoring service looks at the post: often at first, for 30 days, a story until it is gone."""
        lifetime = timedelta(days=1) if self.kind == "Story" else _MONTH
        times = (self.published_at + age for age in _CAPTURES if age <= lifetime)
        return [time for time in times if time <= until]

    def history(self, until: datetime) -> list[tuple[datetime, Engagement]]:
        return [(time, self.engagement(time)) for time in self.captures(until)]
