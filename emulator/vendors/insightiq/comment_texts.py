"""The comments below a post: made when they are asked for, each a pure function of its thread and its number.

Nothing is stored per comment. A post's engagement says how many comments it has at a time; number n was written at the
moment when that count rose above n, and stays what it is from then on, but for the reactions that it still collects.
"""

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from emulator import resources
from emulator.world import instant
from emulator.world.population import yamlfile
from emulator.world.population.engagement import Reception
from emulator.world.population.handles import personal
from emulator.world.population.randomness import factor, stream

_ONLY_A_SIGN = 0.08
_WITH_ADDITION = 0.3
_WITH_SIGN = 0.35
_AT_HOME = 0.7  # the part of the comments that are in the creator's own language; the rest is English
_NAMED = 0.85
_REPLIES = 0.12  # per like


@dataclass(frozen=True, slots=True)
class Thread:
    """What the comments of a post depend on: its id, its creator's language, when and how it was received.

    The language is a code of ISO 639-1; `published` is an instant.
    """

    post: str
    language: str
    published: int
    reception: Reception


@dataclass(frozen=True, slots=True)
class Comment:
    """`published` is an instant; likes and replies are those at the time of asking and never fall."""

    number: int
    text: str
    username: str
    display_name: str | None
    likes: int
    replies: int
    published: int


@dataclass(frozen=True, slots=True)
class _Words:
    """What each list is for is said in `comments.yaml`; those by language have English in any case."""

    remarks: Mapping[str, Sequence[str]]
    additions: Mapping[str, Sequence[str]]
    signs: Sequence[str]
    words: Sequence[str]
    given: Sequence[str]
    family: Sequence[str]


def count(thread: Thread, at: int) -> int:
    """The comments at an instant: the post's own comment count."""
    return thread.reception.comments_after(thread.published / instant.SECOND, at / instant.SECOND)


def page(thread: Thread, at: int, offset: int, limit: int) -> list[Comment]:
    """The comments at an instant, newest first."""
    newest = count(thread, at) - 1 - offset
    return [comment(thread, number, at) for number in range(newest, max(-1, newest - limit), -1)]


def comment(thread: Thread, number: int, at: int) -> Comment:
    """The comment of that number (0 is the oldest), which has to be written by `at`."""
    source = stream(0, "comment", thread.post, number)
    text = _text(source, thread.language)
    username, name = _writer(source)
    written = _written(thread, number, at)
    likes = _likes(source, thread, at - written)
    return Comment(number, text, username, name, likes, int(likes * _REPLIES * source.random()), written)


def _written(thread: Thread, number: int, at: int) -> int:
    """The first microsecond at which there are more comments than `number`; the count never falls."""
    age = bisect_left(range(at - thread.published), number + 1, key=lambda age: count(thread, thread.published + age))
    return thread.published + age


def _likes(source: Random, thread: Thread, age: int) -> int:
    """Few comments are liked at all, and some of a large post's very much."""
    most = thread.reception.totals.likes * 0.0015 * factor(source, 1.3)
    return int(most * (1 - math.exp(-age / instant.SECOND / thread.reception.pace)))


def _text(source: Random, language: str) -> str:
    words = _words()
    if source.random() < _ONLY_A_SIGN:
        return source.choice(words.signs) * source.randint(1, 3)
    spoken = language if language in words.remarks and source.random() < _AT_HOME else "en"
    parts = [source.choice(words.remarks[spoken])]
    if source.random() < _WITH_ADDITION:
        parts[0] += "" if parts[0].endswith("?") else "."
        parts.append(source.choice(words.additions[spoken]))
    if source.random() < _WITH_SIGN:
        parts.append(source.choice(words.signs))
    return " ".join(parts)


def _writer(source: Random) -> tuple[str, str | None]:
    """User name and displayed name, which not everybody has set."""
    words = _words()
    first, last = source.choice(words.given), source.choice(words.family)
    username = personal(source, first, last, source.choice(words.words), source.randint(1960, 2009))
    return username, f"{first} {last}" if source.random() < _NAMED else None


@cache
def _words() -> _Words:
    return _Words(**yamlfile.read(resources.fixtures() / "population" / "comments.yaml"))
