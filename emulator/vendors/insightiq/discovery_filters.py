"""The filters of a creator search, in one table: from a filter's value to a condition in SQL.

Where the documentation leaves open what a filter does, the contract's notes on it say what is assumed.
"""

from collections.abc import Mapping
from typing import Final

from emulator.vendors.insightiq import (
    discovery_audience,
    discovery_creators,
    discovery_figures,
    discovery_livestreams,
)
from emulator.vendors.insightiq.discovery_conditions import Condition, Search, all_of
from emulator.vendors.insightiq.discovery_shapes import Filter, applies
from emulator.vendors.insightiq.tables.discovery import creator_profiles as profiles
from emulator.world.world import own

# Not here, as they restrict nothing: post_type, which chooses figures; audience_source, as the population has one
# audience, whose likers, commenters and followers are alike; work_platform_id, sort_by, limit and offset.
FILTERS: Final[Mapping[str, Filter]] = {
    **discovery_figures.FILTERS,
    **discovery_creators.FILTERS,
    **discovery_audience.FILTERS,
    "livestream_options": discovery_livestreams.matching,
}


def matching(search: Search) -> Condition:
    """All filters of the request, those for other platforms left out. Raises Invalid."""
    conditions = [
        condition(search, search.asked[name])
        for name, condition in FILTERS.items()
        if name in search.asked and applies(name, search.platform.key)
    ]
    on_platform = profiles.c.work_platform_id == search.platform.id
    return all_of([own(profiles), on_platform, *conditions])
