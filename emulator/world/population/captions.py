"""What a post says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from emulator.world.population import vocabulary
from emulator.world.population.platforms import Kind, PlatformName
from emulator.world.population.vocabulary import Language, Topic

_VOWEL_AFTER_A = re.compile(r"\b([Aa]) (?=[aeio])")


@dataclass(frozen=True, slots=True)
class Caption:
    title: str
    text: str
    hashtags: tuple[str, ...]
    mentions: tuple[str, ...]


def caption(
    source: Random,
    topic: Topic,
    language: Language,
    kind: Kind,
    platform: PlatformName,
    hashtags: Sequence[str],
    mentions: Sequence[str],
) -> Caption:
    """The given hashtags come first, those of the topic follow; all hashtags and mentions stand in the text."""
    title = _sentence(source.choice(topic.openings), source.choice(topic.things))
    if kind == "Story":
        opening, more = _sentence(source.choice(language.stories)), 0
    else:
        opening, more = f"{title}{_rest(source, topic, language, brief=platform == 'Twitter')}", source.randint(1, 4)
    tags = tuple(dict.fromkeys([*hashtags, *source.sample(topic.hashtags, k=more)]))
    parts = [opening, " ".join(f"@{handle}" for handle in mentions), " ".join(f"#{tag}" for tag in tags)]
    return Caption(title.rstrip("."), "\n".join(part for part in parts if part), tags, tuple(mentions))


def _rest(source: Random, topic: Topic, language: Language, *, brief: bool) -> str:
    """What follows the opening: a detail, often a closing in the creator's own language, sometimes a sign."""
    closings = language.closings if source.random() < 0.6 else vocabulary.languages()["en"].closings
    parts = [source.choice(topic.details)] if source.random() < (0.4 if brief else 0.8) else []
    parts += [source.choice(closings)] if not brief and source.random() < 0.6 else []
    parts += [source.choice(topic.signs)] if source.random() < 0.5 else []
    return "".join(f" {part}" for part in parts)


def _sentence(pattern: str, thing: str = "") -> str:
    text = _VOWEL_AFTER_A.sub(r"\1n ", pattern.format(thing=thing))
    return text[0].upper() + text[1:]
