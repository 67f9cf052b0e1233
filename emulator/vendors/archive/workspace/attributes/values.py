"""What the custom attributes of an item or a creator hold. They follow from its facts, or from a stream of its own.

Texts, names of options, numbers, days as `2026-01-31`, moments in UTC, true and false, addresses as objects, and arrays
of these: all assumed, as is that a value that is absent has no key.
"""

from collections.abc import Callable, Container, Mapping
from random import Random
from typing import Any, Final

from emulator.vendors.archive.workspace.attributes.schemas import Attribute, Element, Entity, attributes
from emulator.vendors.archive.workspace.context import Workspace
from emulator.world import instant
from emulator.world.population import vocabulary
from emulator.world.population.randomness import stream
from emulator.world.world import World

Facts = Mapping[str, Any]

_SENTENCE_ENDS: Final = ".!?\n"
_WORDS: Final = 3


def of_item(
    workspace: Workspace, uuid: str, content: Mapping[str, Any], only: Container[str] | None = None
) -> dict[str, Any]:
    """By key. `content` is the body of its row. `only`: these keys, for those who look at many items."""
    if "given" in content:
        return _chosen(content["given"]["customAttributes"], only)
    return _values(workspace, _caption_facts(content["caption"]), "ITEM", uuid, only)


def of_creator(workspace: Workspace, uuid: str, facts: Facts, only: Container[str] | None = None) -> dict[str, Any]:
    """By key. `facts` are those of the person's row, with the city, region and country of its columns."""
    if "given" in facts:
        return _chosen(facts["given"], only)
    return _values(workspace, _with_address(workspace.world, uuid, facts), "CREATOR", uuid, only)


def reasons_of_item(workspace: Workspace, uuid: str, content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Of each attribute that artificial intelligence has filled in: its key, and the reason, which may be None."""
    known, opening = attributes("ITEM"), _opening(content["caption"]) or ""
    return [
        {"key": key, "reason": reason and reason.format(opening=opening, value=_in_words(value))}
        for key, value in of_item(workspace, uuid, content).items()
        if known[key].ai_generated
        for reason in [known[key].ai]
    ]


def _chosen(values: Mapping[str, Any], only: Container[str] | None) -> dict[str, Any]:
    return {key: value for key, value in values.items() if only is None or key in only}


def _values(
    workspace: Workspace, facts: Facts, entity: Entity, uuid: str, only: Container[str] | None
) -> dict[str, Any]:
    wanted = (each for key, each in attributes(entity).items() if only is None or key in only)
    found = {each.key: _value(workspace.world, each, uuid, facts) for each in wanted}
    return {key: value for key, value in found.items() if value is not None}


def _value(world: World, attribute: Attribute, uuid: str, facts: Facts) -> Any:
    """None if it is absent. The stream is asked only where something is left to chance."""
    given = attribute.source
    fact = given.get("fact") or given.get("caption")
    if fact and "share" not in given:
        return facts[fact]
    source = stream(world.seed, "archive attribute", attribute.entity, attribute.key, uuid)
    if source.random() >= given.get("share", 1):
        return None
    if fact:
        return facts[fact]
    make = _several if attribute.several else _MADE[attribute.element]
    return make(source, world, attribute)


def _several(source: Random, world: World, attribute: Attribute) -> list[Any]:
    """Options are in their order, each once; numbers, days and moments rise."""
    count = source.randint(*attribute.source["many"])
    if attribute.element == "choice":
        chosen = source.sample(attribute.options, count)
        return [option for option in attribute.options if option in chosen]
    values = [_MADE[attribute.element](source, world, attribute) for _ in range(count)]
    return values if attribute.element == "truth" else sorted(values)


def _day(source: Random, world: World, attribute: Attribute) -> str:
    return instant.zulu(_near(world, source.randint(*attribute.source["days"]) * instant.DAY))[:10]


def _moment(source: Random, world: World, attribute: Attribute) -> str:
    days = source.randint(*attribute.source["days"])
    return instant.zulu(_near(world, days * instant.DAY - source.randrange(instant.DAY)))


def _near(world: World, distance: int) -> int:
    """An instant at a distance from the epoch."""
    return min(max(world.record.epoch + distance, instant.EARLIEST), instant.LATEST)


_MADE: Final[Mapping[Element, Callable[[Random, World, Attribute], Any]]] = {
    "choice": lambda source, _, attribute: source.choice(attribute.options),
    "day": _day,
    "moment": _moment,
    "number": lambda source, _, attribute: source.randint(*attribute.source["range"]),
    "text": lambda source, _, attribute: source.choice(attribute.source["among"]),
    "truth": lambda source, _, attribute: source.random() < attribute.source["likely"],
}


def _with_address(world: World, uuid: str, facts: Facts) -> Facts:
    """Of a creator, with where parcels are sent to: a made-up street of their city (names of the parts assumed)."""
    source = stream(world.seed, "archive address", uuid)
    street = source.choice(vocabulary.languages()[facts["language"]].streets)
    place = {part: facts[part] for part in ("city", "region", "country")}
    lines = {"name": facts["name"], "street": street.format(number=source.randint(1, 120))}
    return {**facts, "address": lines | place}


def _caption_facts(caption: str) -> Facts:
    return {"opening": _opening(caption), "question": "?" in caption, "words": _words(caption)}


def _opening(caption: str) -> str | None:
    """The first sentence."""
    text = caption.strip()
    end = min((place for sign in _SENTENCE_ENDS if (place := text.find(sign)) >= 0), default=len(text))
    return text[: end + 1].strip() or None


def _words(caption: str) -> list[str] | None:
    """The longest ones."""
    bare = (word.strip(".,:;!?\"'()").lower() for word in caption.split() if word[0] not in "#@")
    ranked = sorted(dict.fromkeys(word for word in bare if word.isalpha()), key=len, reverse=True)
    return ranked[:_WORDS] or None


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, list) else str(value)
