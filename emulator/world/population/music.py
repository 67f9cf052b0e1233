"""What there is to hear on Spotify in a world: artists, tracks and episodes, the same for all of its accounts."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final, Literal

from emulator.resources import fixtures
from emulator.world import ids
from emulator.world.population import yamlfile
from emulator.world.population.randomness import stream

_BASE62: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_ID_LENGTH: Final = 22  # of Spotify's ids
_TRACKS: Final = 12  # of each artist, on two albums
_EPISODES: Final = 8  # of each show


@dataclass(frozen=True, slots=True)
class Artist:
    """`genre` is the main one of `genres`."""

    id: str
    name: str
    genre: str
    genres: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """A track, or a podcast's episode, which is on no album. `artists` are names."""

    id: str
    kind: Literal["TRACK", "PODCAST"]
    title: str
    description: str | None
    genres: tuple[str, ...]
    artists: tuple[str, ...]
    album: str | None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """`tracks` are by the artist's id."""

    artists: tuple[Artist, ...]
    tracks: dict[str, tuple[Heard, ...]]
    episodes: tuple[Heard, ...]


@lru_cache(maxsize=8)
def catalogue(seed: int) -> Catalogue:
    artists = tuple(_artists(seed))
    tracks = {artist.id: tuple(_tracks(seed, artist)) for artist in artists}
    return Catalogue(artists, tracks, tuple(_episodes(seed)))


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = yamlfile.read(fixtures() / "population" / "music.yaml")
    return words


def _artists(seed: int) -> Iterator[Artist]:
    for genre, entry in _words()["artists"].items():
        for name in entry["names"]:
            yield Artist(_id(seed, "artist", name), name, genre, (genre, entry["parent"]))


def _tracks(seed: int, artist: Artist) -> Iterator[Heard]:
    titles = _titles(seed, artist.name)
    albums = titles[_TRACKS:]
    for number, title in enumerate(titles[:_TRACKS]):
        spotify_id, album = _id(seed, "track", artist.name, title), albums[number % len(albums)]
        yield Heard(spotify_id, "TRACK", title, None, artist.genres, (artist.name,), album)


def _titles(seed: int, artist: str) -> list[str]:
    """Those of the tracks, and then of two albums, all of them different."""
    words = _words()["titles"]
    every = [f"{beginning} {ending}" for beginning in words["beginnings"] for ending in words["endings"]]
    return stream(seed, "titles", artist).sample(every, _TRACKS + 2)


def _episodes(seed: int) -> Iterator[Heard]:
    for show, genre in _words()["shows"].items():
        titles = _titles(seed, show)
        for number, title in enumerate(titles[:_EPISODES], start=1):
            about = f"Episode {number} of {show}."
            yield Heard(_id(seed, "episode", show, title), "PODCAST", title, about, (genre,), (show,), None)


def _id(seed: int, *name: str) -> str:
    number = int(ids.hexadecimal(seed, "spotify", *name, digits=32), 16)
    return "".join(_BASE62[number // 62**place % 62] for place in range(_ID_LENGTH))
