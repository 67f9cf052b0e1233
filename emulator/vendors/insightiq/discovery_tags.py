"""Topic tags: what creators talk about, and the hashtags that they use for it (assumed, as no source explains them)."""

from typing import Any, Final

from sqlalchemy import bindparam, select

from emulator.vendors.insightiq.creator_profiles import Platform
from emulator.vendors.insightiq.tables.discovery import tags
from emulator.world import ids
from emulator.world.population.vocabulary import topics
from emulator.world.store import Statement
from emulator.world.world import World, own

# Distances, to which up to a tenth is added: a topic and its hashtags, two hashtags of it, and those of a related one.
_WITHIN, _BESIDE, _RELATED = 0.1, 0.25, 0.55
_SPREAD: Final = 0.1
_LONGEST: Final = 200  # no name is longer, and databases bound the length of patterns

_ON_PLATFORM = own(tags) & (tags.c.work_platform_id == bindparam("platform"))
_NAMED = Statement(
    select(tags.c.name)
    .where(_ON_PLATFORM, tags.c.name.like(bindparam("pattern"), escape="\\"))
    .order_by(tags.c.name)
    .limit(bindparam("limit"))
)
_TOPIC = Statement(select(tags.c.topic).where(_ON_PLATFORM, tags.c.name == bindparam("name")))
_TAGS = Statement(select(tags.c.name, tags.c.topic, tags.c.frequency).where(_ON_PLATFORM))


def escaped(text: str) -> str:
    """Folded, and as it stands in a pattern whose escape is the backslash."""
    return text[:_LONGEST].casefold().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def named(world: World, platform: Platform, text: str, limit: int) -> list[str]:
    """The names of the platform's tags that contain the text, by name."""
    pattern = f"%{escaped(_folded(text))}%"
    return [row[0] for row in world.rows(_NAMED, pattern=pattern, platform=platform.id, limit=limit)]


def topic_of(world: World, platform: Platform, name: str) -> str | None:
    """The topic that the tag belongs to; None for a tag that the platform does not have."""
    row = world.row(_TOPIC, name=_folded(name), platform=platform.id)
    return row[0] if row else None


def near(world: World, platform: Platform, name: str) -> list[dict[str, Any]]:
    """`name`, `distance` (0 is nearest) and `frequency` on the platform of the tags near to one, the nearest first."""
    tag, topic = _folded(name), topic_of(world, platform, name)
    if topic is None:
        return []
    found = [
        {"name": other, "distance": _distance(world.seed, (tag, topic), (other, its)), "frequency": frequency}
        for other, its, frequency in world.rows(_TAGS, platform=platform.id)
        if other != tag and (its == topic or _related(its, topic))
    ]
    return sorted(found, key=lambda entry: (entry["distance"], entry["name"]))


def _folded(name: str) -> str:
    return name.removeprefix("#").casefold()


def _related(one: str, other: str) -> bool:
    """Whichever of the two says so."""
    return other in topics()[one].related or one in topics()[other].related


def _distance(seed: int, one: tuple[str, str], other: tuple[str, str]) -> float:
    """Of two tags, each with its topic; the same in both directions."""
    same = _WITHIN if one[1] in (one[0], other[0]) else _BESIDE
    base = same if one[1] == other[1] else _RELATED
    pair = sorted((one[0], other[0]))
    return round(base + int(ids.hexadecimal(seed, "tags", *pair, digits=4), 16) / 0xFFFF * _SPREAD, 4)
