"""Who follows whom: the followers of a profile as a set of people, so that what profiles have in common can be counted.

The people of a platform stand in lines, a line for each country and interest, those who follow many in front. A profile
has as many in each line as its audience has of the country and the interest: a few stretches of the line, whose places
follow from the profile alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from random import Random

from emulator.world.population import vocabulary
from emulator.world.population.audience import Shares
from emulator.world.population.randomness import percentages

_LINE = 100_000  # people; longer where a profile's followers need more
_STRETCHES = 3
_AT_HOME = 25.0  # how much heavier a creator's own country weighs, where nothing else is known of the audience
_ON_TOPIC = 5.0

Stretches = Sequence[tuple[int, int]]  # of a line: the first place and the one after the last; they do not meet
Followers = Mapping[tuple[str, str], Stretches]  # by country and interest


@dataclass(frozen=True, slots=True)
class Overlap:
    """`union` is how many different people all profiles have; `alone` how many of each follow none of the others."""

    union: int
    alone: list[int]


def usual_shares(country: str, interests: Iterable[str]) -> tuple[Shares, Shares]:
    """Countries and interests of the audience of a creator of whom no more is known."""
    likes = set(interests)
    labels = dict.fromkeys(label for topic in vocabulary.topics().values() for label in topic.interests)
    nations = percentages((code, _AT_HOME if code == country else 1) for code in vocabulary.countries())
    return nations, percentages((label, _ON_TOPIC if label in likes else 1) for label in labels)


def followers_of(source: Random, count: int, countries: Shares, interests: Shares) -> Followers:
    """`source` is the profile's own, and drawn from alike whatever the `count` is."""
    lines = list(product(countries, interests))
    weights = [round(nation * 100) * round(interest * 100) for (_, nation), (_, interest) in lines]
    parts = zip(lines, _parts(count, weights), strict=True)
    return {(nation[0], interest[0]): _stretches(source, part) for (nation, interest), part in parts}


def overlap_of(profiles: Sequence[Followers]) -> Overlap:
    """What the sets have in common, person by person."""
    lines = dict.fromkeys(line for profile in profiles for line in profile)
    union, alone = 0, [0] * len(profiles)
    for line in lines:
        for length, present, one in _levels([profile.get(line, ()) for profile in profiles]):
            union += length
            if present == 1:
                alone[one] += length
    return Overlap(union, alone)


def _levels(line: Sequence[Stretches]) -> Iterator[tuple[int, int, int]]:
    """Along a line, wherever somebody is: how many people, how many profiles have them, and which, if it is one."""
    edges = [edge for one, stretches in enumerate(line) for a, b in stretches for edge in ((a, 1, one), (b, -1, one))]
    at, present, ones = 0, 0, 0  # `ones` is the sum of those present: the one itself, where there is one
    for place, step, one in sorted(edges):
        if present and place > at:
            yield place - at, present, ones
        at, present, ones = place, present + step, ones + step * one


def _stretches(source: Random, count: int) -> Stretches:
    """Gaps grow along the line, so that the front is denser; nothing of what is drawn depends on the count."""
    lengths = _parts(count, [source.randint(1, 1_000) for _ in range(_STRETCHES)])
    free = max(_LINE, 2 * count) - count
    gaps = _parts(free, [source.randint(1, 1_000) * nth * nth for nth in range(1, _STRETCHES + 2)])
    stretches, at = [], 0
    for gap, length in zip(gaps, lengths, strict=False):
        stretches.append((at + gap, at + gap + length))
        at += gap + length
    return [stretch for stretch in stretches if stretch[0] < stretch[1]]


def _parts(whole: int, weights: Sequence[int]) -> list[int]:
    """Integers in proportion to the weights that sum to the whole."""
    total, passed, parts, given = sum(weights), 0, [], 0
    for weight in weights:
        passed += weight
        parts.append(whole * passed // total - given)
        given += parts[-1]
    return parts
