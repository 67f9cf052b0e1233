"""Brands that the cast talks about, all of them made up."""

from itertools import product

from emulator.world.population import vocabulary
from emulator.world.population.handles import Handles, plain
from emulator.world.population.market import Brand
from emulator.world.population.origin import Origin
from emulator.world.population.randomness import gapped


def brands(origin: Origin, handles: Handles, channels: list[int]) -> list[Brand]:
    """The first brands own the channels, given as creators' ids; the others are not part of the cast."""
    source = origin.stream("brands")
    count = origin.recipe.brands
    commerce, topics = vocabulary.commerce(), list(vocabulary.topics().values())
    stems = source.sample(list(product(commerce.beginnings, commerce.endings)), k=count)
    source.shuffle(topics)
    made = []
    for number, brand_id in enumerate(gapped(source, count, first=source.randint(200, 900), gap=9)):
        topic, stem = topics[number % len(topics)], "".join(stems[number])
        handle = handles.claim(plain(stem + source.choice(("", "co", "hq", "world"))))
        name = f"{stem} {source.choice(topic.brands)}"
        owner = channels[number] if number < len(channels) else None
        made.append(Brand(brand_id, name, handle, f"https://{handle}.example", topic.name, topic.category, owner))
    return made
