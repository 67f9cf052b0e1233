"""Seeded randomness: every thing draws from a stream of its own, named after it.

So nothing depends on the order in which things are made, and one more draw for one post moves no other post.
"""

import math
from collections.abc import Iterable, Mapping
from random import Random
from typing import TypeVar

Option = TypeVar("Option")


def stream(seed: int, *name: str | int) -> Random:
    """Python hashes a text seed with SHA-512, the same in every process and version."""
    return Random("/".join(str(part) for part in (seed, *name)))


def pick(source: Random, weights: Mapping[Option, float]) -> Option:
    return source.choices(tuple(weights), tuple(weights.values()))[0]


def factor(source: Random, spread: float) -> float:
    """A log-normal factor with mean 1; `spread` is the standard deviation of its logarithm."""
    return math.exp(source.gauss(-spread * spread / 2, spread))


def gapped(source: Random, count: int, first: int, gap: int) -> list[int]:
    """Rising numbers with holes, as the ids of a system that also has other customers."""
    numbers = []
    for _ in range(count):
        first += source.randint(1, gap)
        numbers.append(first)
    return numbers


def percentages(weights: Iterable[tuple[Option, float]]) -> tuple[tuple[Option, float], ...]:
    """The same options, largest first, with shares in percent of two decimals that sum to exactly 100."""
    ranked = sorted(weights, key=lambda entry: -entry[1])
    total = sum(weight for _, weight in ranked)
    shares = [int(weight / total * 10_000) for _, weight in ranked]
    if shares:
        shares[0] += 10_000 - sum(shares)  # what rounding down has lost
    return tuple((option, share / 100) for (option, _), share in zip(ranked, shares, strict=True))
