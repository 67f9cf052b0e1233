"""The population as Storyclash sees it: through campaigns."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from emulator.vendors.storyclash import shapes, tables
from emulator.vendors.storyclash.pages import Block, block_of
from emulator.world.population import AdditionalField, Campaign, Cast, Creator, Participant, Post
from emulator.world.projection import Projected


class CampaignsProjection:
    """Posts and creators once per campaign that they are in."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._epoch = cast.epoch.timestamp()
        self._members = {campaign.id: set(campaign.creator_ids) for campaign in cast.campaigns}
        self._campaigns_of: dict[int, list[tuple[Campaign, Participant]]] = {}
        for campaign in cast.campaigns:
            for participant in campaign.participants:
                self._campaigns_of.setdefault(participant.creator_id, []).append((campaign, participant))
        self._brands = {brand.handle: brand.creator_id for brand in cast.brands}
        self._blocks: dict[tuple[int, int], Block] = {}

    def of_world(self) -> Projected:
        for campaign in self._cast.campaigns:
            yield tables.campaigns, shapes.campaign_row(campaign, self._cast.seed)
        for field in _fields(self._cast):
            kind = shapes.FIELD_KINDS[type(field.value)]
            yield tables.fields, {"id": field.id, "name": field.name, "description": field.description, "kind": kind}

    def of_creator(self, creator: Creator, posts: Sequence[Post]) -> Projected:
        """After the last creator, it is known how many posts there are."""
        for campaign, participant in self._campaigns_of.get(creator.id, ()):
            yield tables.creators, self.member(campaign.id, creator, participant)
        for post in posts:
            for campaign_id in post.campaign_ids if shapes.shows(post) else ():
                row = self.post(campaign_id, post)
                self._count(row)
                yield tables.posts, row
        if creator is self._cast.creators[-1]:
            yield from self._counted()

    def member(self, campaign_id: int, creator: Creator, participant: Participant) -> dict[str, Any]:
        return shapes.creator_row(self._cast, campaign_id, creator, participant)

    def post(self, campaign_id: int, post: Post) -> dict[str, Any]:
        mentions = [self._mention(campaign_id, handle) for handle in post.mentions]
        return shapes.post_row(campaign_id, post, mentions, self._epoch)

    def _count(self, row: Mapping[str, Any]) -> None:
        key, date = (row["campaign_id"], block_of(row["id"])), row["date"]
        self._blocks[key] = self._blocks[key].with_one(date) if key in self._blocks else Block(1, date, date)

    def _counted(self) -> Projected:
        for (campaign_id, number), block in self._blocks.items():
            yield tables.blocks, {"campaign_id": campaign_id, "block": number, **block.columns}

    def _mention(self, campaign_id: int, handle: str) -> dict[str, Any]:
        """`creator_id` only for members of the campaign, who stand in its `creators`."""
        creator_id, kind = next(self._known(handle), (None, None))
        mention: dict[str, Any] = {"handle": f"@{handle}"}
        if creator_id in self._members.get(campaign_id, ()):
            mention["creator_id"] = creator_id
        return mention if kind is None else {**mention, "creatorType": kind}

    def _known(self, handle: str) -> Iterator[tuple[int | None, str]]:
        """Brands first, who are mentioned most: the list of all handles may never be needed."""
        if handle in self._brands:
            yield self._brands[handle], "brand"
        if handle in self._creators:
            yield self._creators[handle]

    @cached_property
    def _creators(self) -> Mapping[str, tuple[int, str]]:
        """Id and kind, by handle on any platform."""
        creators = self._cast.creators
        return {profile.handle: (each.id, each.kind) for each in creators for profile in each.profiles}


def _fields(cast: Cast) -> tuple[AdditionalField, ...]:
    """The customer's fields, which are the same in every campaign, each with some value."""
    booked = (participant for campaign in cast.campaigns for participant in campaign.participants)
    return next((participant.fields for participant in booked if participant.fields), ())
