"""What is wrong with the fields of a recipe as they stand beside one another."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from emulator.words import hint
from emulator.world.population.fields import MOST_POSTS
from emulator.world.population.yamlfile import Place

_ENOUGH = 20  # problems; each takes a while, looking for what was meant


def together(values: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    """Of fields that are right by themselves."""
    return islice(_check_together(values), _ENOUGH)


def _check_together(values: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    if values.get("posts") and not values.get("creators"):
        yield ("posts",), f"is {values['posts']} with 0 creators; posts need somebody who writes them"
    most = max(values.get("report_posts", ()), default=0)
    if most > values.get("posts", 0):
        yield ("report_posts",), f"has {most} with {values.get('posts', 0)} posts; ask for more posts"
    named = sum(creator.get("posts", 0) for creator in values.get("named_creators", ()))
    if named + values.get("posts", 0) > MOST_POSTS:
        yield ("named_creators",), f"have {named} posts; allowed: {MOST_POSTS} with those of the others"
    yield from _unnamed(values)


def _unnamed(values: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    """Creators of campaigns who are not among those that are named."""
    handles = [creator["handle"] for creator in values.get("named_creators", ())]
    everywhere = {handle.casefold() for handle in handles}
    for creator in values.get("named_creators", ()):
        everywhere |= {profile["handle"].casefold() for profile in creator["profiles"] if "handle" in profile}
    for nth, campaign in enumerate(values.get("named_campaigns", ())):
        for place, each in enumerate(campaign.get("creators", ())):
            if str(wanted := each["creator"]).removeprefix("@").casefold() not in everywhere:
                where = ("named_campaigns", nth, "creators", place)
                yield where, f"is {wanted!r}, whom named_creators does not have; {hint(wanted, handles)}"
