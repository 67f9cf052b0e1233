"""What a workspace listens for (assumed): its own brand's name, its campaigns' hashtags, words of its brand's topic."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from emulator.vendors.archive import tables
from emulator.world import ids
from emulator.world.population import Brand, Campaign, vocabulary
from emulator.world.projection import Projected

_PROVIDERS: Final = ("INSTAGRAM", "TIKTOK")  # a name is listened for on each of them, as a source of its own
_KEYWORDS: Final = 2


def sources(seed: int, shop: int, own_brand: Brand | None, campaigns: Iterable[Campaign]) -> Projected:
    """The rows of a shop that runs these campaigns."""
    named = dict.fromkeys((*_of_brand(own_brand), *(("HASHTAG", campaign.hashtag) for campaign in campaigns)))
    listened = ((kind, name, provider) for kind, name in named for provider in _PROVIDERS)
    for place, (kind, name, provider) in enumerate(listened):
        row: dict[str, Any] = {"shop_id": shop, "place": place, "kind": kind, "name": name, "provider": provider}
        yield tables.sources, {**row, "uuid": ids.uuid(seed, "archive source", shop, kind, name, provider)}


def _of_brand(brand: Brand | None) -> Iterator[tuple[str, str]]:
    if brand is not None:
        yield "MENTION", brand.handle
        for word in vocabulary.topics()[brand.topic].hashtags[:_KEYWORDS]:
            yield "KEYWORD", word
