"""Campaigns with exactly the properties that somebody asks for, a recipe or a test; the seed decides the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Final, Literal

from emulator.world.population import participants, vocabulary
from emulator.world.population.asked import CannotJoin, Said, moment
from emulator.world.population.campaigns import registered
from emulator.world.population.cast import Creator
from emulator.world.population.market import Brand, Campaign, Folder, Participant
from emulator.world.population.ordered import Directory, found_creator, known
from emulator.world.population.origin import Origin

_AGO: Final = -14  # days
_LONG: Final = timedelta(days=28, seconds=-1)


@dataclass(frozen=True, slots=True)
class Office:
    """Where campaigns are made for those who ask for them at `now`."""

    origin: Origin
    creators: Directory
    brands: Sequence[Brand]
    now: datetime

    def campaign(self, source: Random, id: int, said: Said) -> Campaign:
        """Raises CannotJoin."""
        brand = brand_of(self.brands, said["brand"]) if "brand" in said else None
        members = self._members(said)
        starts, ends = self._period(said)
        chance = source.choice(list(vocabulary.topics()))
        topic = said.get("topic") or (brand.topic if brand else members[0].topics[0] if members else chance)
        name = said.get("name") or f"Campaign {id}"
        kind: Literal[1, 2] = 2 if said.get("kind") == "report" else 1
        folder = Folder(id, said["folder"]) if "folder" in said else None
        hashtag = said.get("hashtag") or "".join(filter(str.isalnum, name)) or topic
        brand_id = brand.id if brand else None
        partners = self._partners(source, kind, members, said)
        return Campaign(id, name, kind, starts, ends, folder, topic, hashtag, brand_id, partners)

    def _period(self, said: Said) -> tuple[datetime, datetime]:
        starts = moment(said.get("starts", _AGO), self.now, last=False)
        ends = moment(said["ends"], self.now, last=True) if "ends" in said else starts + _LONG
        if ends <= starts:
            raise CannotJoin("ends", f"{ends.isoformat()} is not after its beginning, {starts.isoformat()}")
        return starts, ends

    def _members(self, said: Said) -> list[Creator]:
        asked = enumerate(said.get("creators", ()))
        members = [found_creator(self.creators, each["creator"], f"creators.{nth}") for nth, each in asked]
        if len({each.id for each in members}) < len(members):
            raise CannotJoin("creators", "one of them is named twice")
        return members

    def _partners(self, source: Random, kind: int, members: Sequence[Creator], said: Said) -> tuple[Participant, ...]:
        """By rising id; nobody pays those whom a report watches, unless somebody says so."""
        parts = {
            creator.id: {key: value for key, value in each.items() if key != "creator"}
            for creator, each in zip(members, said.get("creators", ()), strict=True)
        }
        members = sorted(members, key=lambda creator: creator.id)
        if kind == 2:
            return tuple(Participant(creator.id, **parts[creator.id]) for creator in members)
        _, _, field_ids = registered(self.origin)
        return participants.partners(source, members, field_ids, parts)


def brand_of(brands: Sequence[Brand], wanted: str) -> Brand:
    """Raises CannotJoin."""
    there = {each.handle: each for each in brands}
    found: Brand = there[known("brand", wanted, there)]
    return found
