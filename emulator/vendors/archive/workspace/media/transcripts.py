"""What is said in films: what the caption says, and more, in the caption's language (assumed)."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import cycle
from typing import Any, Final

import orjson
from sqlalchemy import bindparam, select

from emulator import resources
from emulator.contract.document import read_yaml
from emulator.vendors.archive import tables
from emulator.vendors.archive.workspace import veiled
from emulator.vendors.archive.workspace.context import Workspace
from emulator.world.population import vocabulary
from emulator.world.population.randomness import stream
from emulator.world.world import own

_SILENT: Final = 0.1  # the part of films that have music only (assumed)
_NOT_SPOKEN: Final = re.compile(r"[#@][\w.-]+|[^\w\s.,:;!?¿¡'\u2019&%()/-]")
_MANY: Final = 900  # parameters that a statement of SQLite may have, at least

_M = tables.media_items
_FILMS = select(_M.c.id, _M.c.uuid, _M.c.body).where(
    own(_M), _M.c.shop_id == bindparam("shop"), _M.c.content_type == "VIDEO"
)


def of_items(workspace: Workspace, numbers: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """Nodes of `Transcription` by the number of the item; an item without a film has none.

    The transcript is null where nothing is said.
    """
    found: dict[int, list[dict[str, Any]]] = {number: [] for number in numbers}
    wanted = list(found)
    for start in range(0, len(wanted), _MANY):
        films = _FILMS.where(_M.c.id.in_(wanted[start : start + _MANY]))
        for number, uuid, body in workspace.world.query(films, shop=workspace.id):
            found[number] = _of_item(workspace.world.seed, uuid, orjson.loads(body))
    return found


def text(seed: int, item_uuid: str, caption: str) -> str:
    """What is said in a film of an item; empty where nothing is. It is longer than the caption otherwise."""
    source = stream(seed, "archive transcript", item_uuid)
    if source.random() < _SILENT:
        return ""
    words = _speech()[_language(caption)]
    remarks = cycle(source.sample(words["remarks"], k=len(words["remarks"])))
    greeting, farewell = source.choice(words["greetings"]), source.choice(words["farewells"])
    parts = [greeting, *_spoken(caption), next(remarks), farewell]
    while len(" ".join(parts)) <= len(caption):
        parts.insert(-1, next(remarks))
    return " ".join(parts)


def _of_item(seed: int, uuid: str, body: Mapping[str, Any]) -> list[dict[str, Any]]:
    if "given" in body:
        told: list[dict[str, Any]] = body["given"]["transcriptions"]
        return told
    said = text(seed, uuid, body["caption"]) or None
    films = [place for place, content in enumerate(body["contents"]) if content["type"] == "VIDEO"]
    return [{"mediaContentId": veiled.of_file(seed, uuid, place), "transcript": said} for place in films]


def _spoken(caption: str) -> list[str]:
    """Without hashtags, names of accounts and signs, which nobody says."""
    spoken = (" ".join(_NOT_SPOKEN.sub(" ", line).split()) for line in caption.splitlines())
    return [line for line in spoken if any(map(str.isalnum, line))]


def _language(caption: str) -> str:
    """The one that a phrase of the caption is in, other than English, if there is such a phrase."""
    return next((code for code, phrases in _phrases().items() if phrases.search(caption)), "en")


@cache
def _phrases() -> Mapping[str, re.Pattern[str]]:
    """By language: what captions say in it, and in no other."""
    languages = vocabulary.languages()
    spoken = {code: (*languages[code].closings, *languages[code].stories) for code in _speech() if code != "en"}
    return {
        code: re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)
        for code, words in spoken.items()
    }


@cache
def _speech() -> Mapping[str, Mapping[str, Sequence[str]]]:
    words: Mapping[str, Mapping[str, Sequence[str]]] = read_yaml(resources.fixtures() / "archive" / "speech.yaml")
    return words
