"""`superSearch`: what the vendor finds by closeness is found here by likeness of words (assumed)."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from emulator.vendors.archive import tables
from emulator.vendors.archive.workspace.context import Workspace
from emulator.vendors.archive.workspace.items.rows import Candidate, candidates
from emulator.vendors.archive.workspace.media import files, transcripts

Check = Callable[[Candidate], bool]
Bag = Mapping[str, int]

_WORD: Final = re.compile(r"\w+")
_NEAR: Final = 0.4  # of two words, as the part of their trigrams that they share
_ALIKE: Final = 0.3  # of two contents, as the cosine between their bags of words
_ABOUT: Final = 0.2  # of a content and the few words of a query, likewise
_USUAL: Final = "FUZZY_CAPTION"


def check(workspace: Workspace, search: Mapping[str, Any]) -> Check:
    """What is given besides the words belongs to EMBEDDING_CONTENT alone; a search for nothing leaves nothing out."""
    query, mode = (search.get("searchQuery") or "").strip(), search.get("mode") or _USUAL
    if mode == "EMBEDDING_CONTENT":
        return _all(_of_content(workspace, query, search))
    said = _transcript(workspace) if mode == "FUZZY_TRANSCRIPTION" else _caption
    return _all([_fuzzy(query, said)] if query else [])


def _all(checks: Iterable[Check]) -> Check:
    wanted = list(checks)
    return lambda item: all(each(item) for each in wanted)


def _caption(item: Candidate) -> str:
    return str(item.content["caption"] or "")


def _transcript(workspace: Workspace) -> Callable[[Candidate], str]:
    """Pictures say nothing."""

    def said(item: Candidate) -> str:
        spoken = any(content["type"] == "VIDEO" for content in item.content["contents"])
        if "given" in item.content:
            return " ".join(each.get("transcript") or "" for each in item.content["given"]["transcriptions"])
        return transcripts.text(workspace.world.seed, item.uuid, _caption(item)) if spoken else ""

    return said


def _fuzzy(query: str, said: Callable[[Candidate], str]) -> Check:
    """Each word of the query has to be near to one that is said."""
    wanted = _words(query)
    known: dict[str, frozenset[str]] = {}  # which words of the query each word is near to

    def near(word: str) -> frozenset[str]:
        if word not in known:
            known[word] = frozenset(each for each in wanted if _similarity(each, word) >= _NEAR)
        return known[word]

    return lambda item: bool(wanted) and wanted <= {each for word in _words(said(item)) for each in near(word)}


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _similarity(one: str, other: str) -> float:
    first, second = _trigrams(one), _trigrams(other)
    return len(first & second) / len(first | second)


def _trigrams(word: str) -> set[str]:
    """With two spaces before the word and one behind it, so that its beginning counts most."""
    padded = f"  {word} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}


def _of_content(workspace: Workspace, query: str, search: Mapping[str, Any]) -> Iterable[Check]:
    if query:
        yield _alike(_bag(_WORD.findall(query.casefold())), _ABOUT)
    if similar := search.get("similarMediaContentId"):
        yield _like(_items(workspace, files.items_of(workspace, [similar]).get(similar)))
    if address := search.get("imageUrl"):
        yield _like([item for item in candidates(workspace, [], body=True) if address in _addresses(item)])
    if name := (search.get("fileName") or "").strip().casefold():
        yield lambda item: any(name in _file_name(address) for address in _addresses(item))


def _items(workspace: Workspace, number: int | None) -> list[Candidate]:
    return [] if number is None else candidates(workspace, [tables.media_items.c.id == number], body=True)


def _like(models: list[Candidate]) -> Check:
    """Like one of the items, and none of them."""
    likenesses = [_alike(_bag_of(model), _ALIKE) for model in models]
    numbers = {model.number for model in models}
    return lambda item: item.number not in numbers and any(each(item) for each in likenesses)


def _alike(bag: Bag, least: float) -> Check:
    return lambda item: _cosine(bag, _bag_of(item)) >= least


def _bag_of(item: Candidate) -> Bag:
    """Hashtags, which say best what is shown, stand in the caption too and count twice."""
    return _bag(
        [*_WORD.findall(_caption(item).casefold()), *(each.casefold() for each in item.content["hashtags"] or ())]
    )


def _bag(words: Iterable[str]) -> Bag:
    """Short words say little."""
    return Counter(word for word in words if len(word) > 2)


def _cosine(one: Bag, other: Bag) -> float:
    shared = sum(count * other.get(word, 0) for word, count in one.items())
    return shared / (_length(one) * _length(other)) if shared else 0.0


def _length(bag: Bag) -> float:
    return math.sqrt(sum(count * count for count in bag.values()))


def _addresses(item: Candidate) -> set[str]:
    contents = item.content["contents"]
    return {content[name] for content in contents for name in ("contentUrl", "displayUrl") if content[name]}


def _file_name(address: str) -> str:
    """`https://media.example.com/12/0.jpg` -> `0.jpg`."""
    return urlsplit(address).path.rpartition("/")[2].casefold()
