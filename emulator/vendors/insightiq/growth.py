"""What the figures of a content follow from, besides time; stored with it, so that a refresh needs no population."""

from dataclasses import dataclass
from typing import Self

import orjson

from emulator.vendors.insightiq.comment_texts import Thread
from emulator.world import instant
from emulator.world.population.engagement import Engagement, Reception


@dataclass(frozen=True, slots=True)
class Growth:
    """`kind` is the vendor's name of the platform; `thread` is where the content's comments come from.

    `duration` is that of a film in seconds, or 0. `recipients` are those of a newsletter's e-mail, or 0. Figures that
    are `told`, as those of a recipe's own objects, stay as they are, and tell no more than how many comments there are.
    """

    kind: str
    thread: Thread
    duration: int = 0
    recipients: int = 0
    told: bool = False

    def at(self, now: int) -> Engagement:
        return self.thread.reception.after(self.thread.published / instant.SECOND, now / instant.SECOND)

    def packed(self) -> bytes:
        """A JSON array without names, as there is one for each content."""
        thread, reception = self.thread, self.thread.reception
        totals = reception.totals
        counts = (totals.likes, totals.comments, totals.shares, totals.saves)
        seen = (totals.views, totals.plays, totals.impressions, totals.reach)
        about = (self.kind, self.duration, self.recipients, thread.post, thread.language, thread.published)
        packed = (*about, reception.pace, reception.lifetime, *counts, *seen)
        return orjson.dumps((*packed, self.told) if self.told else packed)

    @classmethod
    def unpacked(cls, packed: bytes) -> Self:
        kind, duration, recipients, post, language, published, pace, lifetime, *totals = orjson.loads(packed)
        thread = Thread(post, language, published, Reception(Engagement(*totals[:8]), pace, lifetime))
        return cls(kind, thread, duration, recipients, told=len(totals) > 8)
