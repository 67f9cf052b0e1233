"""The filters that a workspace has saved (assumed), made of what is in its world."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from emulator.vendors.archive import tables
from emulator.world import ids
from emulator.world.population import Brand, Creator
from emulator.world.projection import Projected


def presets(
    seed: int, shop: int, own_brand: Brand | None, creators: Iterable[Creator], campaigns: Iterable[str]
) -> Projected:
    """The rows of a shop with these creators, and with campaigns of these UUIDs."""
    for number, (accessor, name, filters) in enumerate(_saved(own_brand, creators, campaigns), 1):
        row = {"shop_id": shop, "id": number, "uuid": ids.uuid(seed, "archive preset", shop, number), "name": name}
        yield tables.presets, {**row, "accessor": accessor, "filters": orjson.dumps(filters)}


def _saved(
    own_brand: Brand | None, creators: Iterable[Creator], campaigns: Iterable[str]
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Accessor, name, and an ItemFilterInput. The country is that of most creators."""
    if own_brand is not None:
        yield "MEDIA_DECK", f"Mentions of {own_brand.name}", {"tagsNames": [f"@{own_brand.handle}"]}
    for (country, name), _ in Counter((each.country, each.country_name) for each in creators).most_common(1):
        yield "MEDIA_DECK", f"Creators in {name}", {"creatorLocations": [{"country": country}]}
    yield "COLLECTIONS", "Approved videos", {"usageRightsStatus": ["APPROVED"], "contentTypes": ["VIDEO"]}
    if of_campaigns := list(campaigns):
        yield "COLLECTIONS", "All campaigns", {"campaignsIds": of_campaigns}
