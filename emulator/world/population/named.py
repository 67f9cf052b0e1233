"""The creators and campaigns that a recipe names, made as those are who join later."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from emulator.world.population import ordered, ordered_campaigns
from emulator.world.population.access import ConnectedUser
from emulator.world.population.asked import CannotJoin, Said
from emulator.world.population.cast import Creator
from emulator.world.population.connections import user_as_said
from emulator.world.population.handles import Handles
from emulator.world.population.market import Brand, Campaign
from emulator.world.population.origin import Origin
from emulator.world.population.people import Names
from emulator.world.population.platforms import PLATFORMS
from emulator.world.population.randomness import gapped
from emulator.world.population.recipe import RecipeError
from emulator.world.population.schedule import Schedule

Made = TypeVar("Made")

_AFTER = 60_000  # where ids begin if nobody else is there


def ids(origin: Origin, others: Iterable[int]) -> dict[int, Said]:
    """The named creators by their ids, which are above all others."""
    said = origin.recipe.named_creators
    source = origin.stream("named creators")
    return dict(zip(gapped(source, len(said), first=max(others, default=_AFTER), gap=40), said, strict=True))


def posts(stars: Mapping[int, Said]) -> dict[int, int]:
    """How many each has published by the epoch, of those who have a place to publish at."""
    return {
        creator_id: said.get("posts", 0)
        for creator_id, said in stars.items()
        if any(PLATFORMS[profile["platform"]].kinds for profile in said["profiles"])
    }


def creators(origin: Origin, stars: Mapping[int, Said], plan: Schedule, handles: Handles) -> list[Creator]:
    """To be made before all others, as their handles are theirs."""
    names = Names()

    def make(creator_id: int, said: Said) -> Creator:
        handles.claim(said["handle"])
        written = len(plan.numbers.get(creator_id, ()))
        return ordered.creator(origin, origin.stream("creator", creator_id), creator_id, said, handles, names, written)

    return [
        _made(f"named_creators.{nth}", make, creator_id, said) for nth, (creator_id, said) in enumerate(stars.items())
    ]


def users(
    origin: Origin, people: Sequence[Creator], stars: Mapping[int, Said], others: Sequence[ConnectedUser]
) -> list[ConnectedUser]:
    """Those who have connected something, with numbers above those of the others."""
    connected = [creator for creator in people if "connected" in stars[creator.id]]
    made = (user_as_said(origin, number, each, stars[each.id]) for number, each in enumerate(connected, len(others)))
    return [user for user in made if user is not None]


def tracked(stars: Mapping[int, Said]) -> dict[int, bool]:
    return {creator_id: said.get("tracked", True) for creator_id, said in stars.items()}


def campaigns(
    origin: Origin, people: Sequence[Creator], brands: Sequence[Brand], others: Sequence[Campaign]
) -> list[Campaign]:
    """With ids above those of the others."""
    source, said = origin.stream("named campaigns"), origin.recipe.named_campaigns
    taken = max((campaign.id for campaign in others), default=9_000)
    office = ordered_campaigns.Office(origin, ordered.directory(people), brands, origin.epoch)
    return [
        _made(f"named_campaigns.{nth}", office.campaign, origin.stream("campaign", campaign_id), campaign_id, each)
        for nth, (campaign_id, each) in enumerate(
            zip(gapped(source, len(said), first=taken, gap=30), said, strict=True)
        )
    ]


def _made(place: str, make: Callable[..., Made], *arguments: Any) -> Made:
    """What only the seed can tell, such as the handle of a brand, may be wrong with a recipe that was checked."""
    try:
        return make(*arguments)
    except CannotJoin as error:
        raise RecipeError(f"recipe.{place}.{error.field}: {error}") from None
