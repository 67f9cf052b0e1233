"""Who publishes which of the world's posts, and when.

The posts of a world are numbered in the order of their times. A post's time and id follow from its number alone, so a
creator's posts can be made without making anybody else's.
"""

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from emulator.world.population.origin import Origin
from emulator.world.population.randomness import factor

_RECENCY = 1.3  # above 1: the nearer to the epoch, the more posts a day


@dataclass(frozen=True, slots=True)
class Schedule:
    """`numbers` are the posts of each creator, by the creators' rising ids."""

    origin: Origin
    numbers: Mapping[int, Sequence[int]]

    def time(self, number: int) -> datetime:
        """About when the post is published; the creator's habits decide the hour."""
        age = math.pow(1 - (number + 0.5) / self.origin.recipe.all_posts, _RECENCY)
        return self.origin.epoch - timedelta(days=self.origin.recipe.history_days) * age

    def later(self, creator_id: int, nth: int) -> tuple[int, datetime]:
        """Number and time of the creator's nth post (0, 1, ...) after the epoch, at the pace of their last posts."""
        place = bisect_left(list(self.numbers), creator_id)
        number = self.origin.recipe.all_posts + nth * len(self.numbers) + place
        days = self.origin.recipe.history_days / (len(self.numbers[creator_id]) * _RECENCY + 1)
        within = self.origin.stream("later", creator_id, nth).random()
        return number, self.origin.epoch + timedelta(seconds=int(days * (nth + within) * 86_400) + 1)


def schedule(origin: Origin, creator_ids: Sequence[int], named: Mapping[int, int]) -> Schedule:
    """Deals the recipe's posts to creators, of whom some write often and some hardly ever.

    `named` creators have as many as the recipe says of each.
    """
    source = origin.stream("schedule")
    numbers: dict[int, list[int]] = {creator_id: [] for creator_id in (*creator_ids, *named)}
    weights = [factor(source, 0.7) for _ in creator_ids]
    writers = source.choices(creator_ids, weights, k=origin.recipe.posts) if creator_ids else []
    if named:
        writers += [creator_id for creator_id, posts in named.items() for _ in range(posts)]
        origin.stream("named schedule").shuffle(writers)
    for number, writer in enumerate(writers):
        numbers[writer].append(number)
    return Schedule(origin, numbers)
