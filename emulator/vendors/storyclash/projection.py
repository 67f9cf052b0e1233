"""The population as Storyclash sees it: through campaigns."""

from collections.abc import Sequence
from typing import Any, Final

import orjson

from emulator.vendors.storyclash import tables
from emulator.vendors.storyclash.commerce import link_data, shop_data
from emulator.world import ids, instant
from emulator.world.population import Campaign, Cast, Creator, Participant, Post
from emulator.world.projection import Projected

_APP: Final = "https://app.storyclash.com/campaigns/detail"
_PLATFORMS: Final = {  # names of the cast's platforms -> those of posts, and the parts of creators' keys
    "Instagram": ("Instagram", "Instagram"),
    "TikTok": ("TikTok", "Tiktok"),
    "Facebook": ("Facebook", "Facebook"),
    "Twitter": ("Twitter", "Twitter"),
    "YouTube": ("Youtube", "Youtube"),
}
_KEY_ORDER: Final = ("Instagram", "Facebook", "Twitter", "Youtube", "Tiktok")
_NAME_ORDER: Final = ("instagram", "facebook", "twitter", "tiktok", "youtube")
_WITH_POST_TYPE: Final = ("Instagram", "Facebook", "Twitter")
_EUROS_PER_REACH: Final = 0.012
_EUROS_PER_INTERACTION: Final = 0.08


class CampaignsProjection:
    """Posts and creators once per campaign that they are in."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._members = {campaign.id: set(campaign.creator_ids) for campaign in cast.campaigns}
        self._campaigns_of: dict[int, list[tuple[Campaign, Participant]]] = {}
        for campaign in cast.campaigns:
            for participant in campaign.participants:
                self._campaigns_of.setdefault(participant.creator_id, []).append((campaign, participant))
        self._accounts: dict[str, tuple[int | None, str]] = {
            brand.handle: (brand.creator_id, "brand") for brand in cast.brands
        }
        for creator in cast.creators:
            self._accounts.update({profile.handle: (creator.id, creator.kind) for profile in creator.profiles})

    def of_world(self) -> Projected:
        customer = 1000 + int(ids.hexadecimal(self._cast.seed, "storyclash customer", digits=4), 16)
        for campaign in self._cast.campaigns:
            yield tables.campaigns, {"id": campaign.id, "body": orjson.dumps(_campaign(campaign, customer))}

    def of_creator(self, creator: Creator, posts: Sequence[Post]) -> Projected:
        for campaign, participant in self._campaigns_of.get(creator.id, ()):
            body = orjson.dumps(_creator(campaign, creator, participant))
            yield tables.creators, {"campaign_id": campaign.id, "id": creator.id, "body": body}
        for post in posts:
            if post.platform in _PLATFORMS:
                for campaign_id in post.campaign_ids:
                    yield tables.posts, self._post(campaign_id, post)

    def _post(self, campaign_id: int, post: Post) -> dict[str, Any]:
        date = instant.unix(instant.from_datetime(post.published_at))
        body = orjson.dumps(self._shown(campaign_id, post, date))
        return {"campaign_id": campaign_id, "id": post.id, "date": date, "body": body}

    def _shown(self, campaign_id: int, post: Post, date: int) -> dict[str, Any]:
        platform, _ = _PLATFORMS[post.platform]
        return {
            "date": date,
            "id": post.id,
            "text": post.caption,
            "directLink": post.url,
            "linkedUrl": post.link or "",
            "platform": platform,
            "type": post.kind,
            "tags": [],
            "metrics": _metrics(post, self._cast),
            "mentions": [self._mention(campaign_id, handle) for handle in post.mentions],
            "creator_id": post.creator_id,
            "linkToPost": f"{_APP}/{campaign_id}?postId={post.id}",
            "postType": post.format if platform in _WITH_POST_TYPE else "",
        }

    def _mention(self, campaign_id: int, handle: str) -> dict[str, Any]:
        """`creator_id` only for members of the campaign, who stand in its `creators`."""
        creator_id, kind = self._accounts.get(handle, (None, None))
        mention: dict[str, Any] = {"handle": f"@{handle}"}
        if creator_id in self._members.get(campaign_id, ()):
            mention["creator_id"] = creator_id
        return mention if kind is None else {**mention, "creatorType": kind}


def _campaign(campaign: Campaign, customer: int) -> dict[str, Any]:
    return {
        "customer": customer,
        "id": campaign.id,
        "name": campaign.name,
        "url": f"{_APP}/{campaign.id}",
        "from": instant.unix(instant.from_datetime(campaign.starts)),
        "to": instant.unix(instant.from_datetime(campaign.ends)),
        "folderName": campaign.folder.name if campaign.folder else None,
        "folderId": campaign.folder.id if campaign.folder else None,
        "type": campaign.kind,
    }


def _metrics(post: Post, cast: Cast) -> dict[str, Any]:
    """Figures that a platform does not have are 0 (documented). Rates are percent, money is euros (assumed)."""
    counts = post.engagement(cast.epoch)
    interactions = counts.likes + counts.comments + counts.shares
    followers = post.profile.followers
    return {
        "interactions": interactions,
        "likes": counts.likes,
        "comments": counts.comments,
        "shares": counts.shares,
        "videoViews": counts.views if post.format == "Video" else 0,
        "videoLength": max((media.duration for media in post.media), default=0),
        "engagementRate": round(100 * interactions / followers, 2) if followers else 0,
        "estimatedReach": counts.reach,
        "estimatedMediaValue": round(counts.reach * _EUROS_PER_REACH + interactions * _EUROS_PER_INTERACTION, 2),
    }


def _creator(campaign: Campaign, creator: Creator, participant: Participant) -> dict[str, Any]:
    """Absent profiles have "" as URL and name, and null followers (documented)."""
    profiles = {_PLATFORMS[each.platform][1]: each for each in creator.profiles if each.platform in _PLATFORMS}
    named = {platform.lower(): profile.handle for platform, profile in profiles.items()}
    return {
        "id": creator.id,
        "name": creator.name,
        "nameOriginal": creator.name,
        "creatorType": creator.kind,
        "category": creator.category,
        "country": creator.country,
        "language": creator.language.upper(),
        **{f"url{key}": profiles[key].url if key in profiles else "" for key in _KEY_ORDER},
        **{f"followers{key}": profiles[key].followers if key in profiles else None for key in _KEY_ORDER},
        **{f"{key}Name": named.get(key, "") for key in _NAME_ORDER},
        "linkToCreator": f"{_APP}/{campaign.id}?creatorId={creator.id}",
        "additionalFields": [
            {"id": field.id, "name": field.name, "description": field.description, "value": field.value}
            for field in participant.fields
        ],
        "cost": participant.cost,
        "shopData": shop_data(participant),
        "linkData": link_data(participant, creator),
    }
