"""What the owner of an account listens to, as a function of the world's seed: when it was connected, and each week."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

from emulator.world.population.music import Artist, Catalogue, Heard, catalogue
from emulator.world.population.randomness import stream

_FAVOURITES: Final = 3  # genres
_FAVOURED: Final = 8.0  # how much heavier an artist of those weighs than another one
_PODCASTS: Final = 0.12  # the part of what is heard that is spoken

Found = tuple[str, Artist | Heard]  # an activity type, and what it was found for


@dataclass(frozen=True, slots=True)
class Listener:
    """`weights` are those of the catalogue's artists."""

    catalogue: Catalogue
    weights: tuple[float, ...]
    seed: int
    account_id: str

    def at_first(self) -> Iterator[Found]:
        """The history that the platform hands out when an account is connected."""
        source = self._source("at first")
        yield from (("TOP", artist) for artist in self._artists(source, 20))
        yield from (("FOLLOWED", artist) for artist in self._artists(source, source.randint(8, 25)))
        for activity_type, count in (("TOP", 20), ("RECENT", 30), ("SAVED", source.randint(10, 40))):
            yield from ((activity_type, heard) for heard in self._heard(source, count))

    def in_week(self, number: int) -> Iterator[Found]:
        """What is new, or was heard again, in the nth week after (1, 2, ...)."""
        source = self._source("week", number)
        recent = list(self._heard(source, source.randint(5, 10)))
        yield from (("RECENT", heard) for heard in recent)
        yield from (("SAVED", heard) for heard in recent[: source.randint(0, 2)])
        yield from (("FOLLOWED", artist) for artist in self._artists(source, source.randint(0, 1)))

    def _source(self, *name: str | int) -> Random:
        return stream(self.seed, "listening", self.account_id, *name)

    def _artists(self, source: Random, count: int) -> Iterator[Artist]:
        """As many choices; an artist who is chosen again counts once."""
        yield from dict.fromkeys(source.choices(self.catalogue.artists, self.weights, k=count))

    def _heard(self, source: Random, count: int) -> Iterator[Heard]:
        chosen = source.choices(self.catalogue.artists, self.weights, k=count)
        yield from dict.fromkeys(
            source.choice(self.catalogue.episodes)
            if source.random() < _PODCASTS
            else source.choice(self.catalogue.tracks[artist.id])
            for artist in chosen
        )


def listener(seed: int, account_id: str) -> Listener:
    known = catalogue(seed)
    genres = list(dict.fromkeys(artist.genre for artist in known.artists))
    liked = stream(seed, "taste", account_id).sample(genres, _FAVOURITES)
    weights = tuple(_FAVOURED if artist.genre in liked else 1.0 for artist in known.artists)
    return Listener(known, weights, seed, account_id)
