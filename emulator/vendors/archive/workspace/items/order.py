"""The order of items, and the cursors of pages in it.

A cursor names the item alone where its place cannot change, and what it was ordered by where it can, so that a page
goes on where the one before ended, whatever was published or counted in between. What has no value comes last in both
directions, and the id decides between equals (assumed).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from emulator.vendors.archive.workspace.context import Workspace
from emulator.vendors.archive.workspace.errors import failure
from emulator.vendors.archive.workspace.items.engagement import Figures, earned_media_value
from emulator.vendors.archive.workspace.items.rows import Account, Candidate, accounts
from emulator.vendors.archive.workspace.keyset import Cursor

Place = tuple[Any, ...]
Key = tuple[str, bool]  # a value of ItemSortKey, and whether the most comes first

_USUAL: Final[Sequence[Key]] = (("TAKEN_AT", True),)
_STEADY: Final = {"TAKEN_AT", "ACCOUNT_NAME"}
_KINDS: Final = {"ACCOUNT_NAME": str, "LINEAR_VIRALITY": float, "EXPONENTIAL_VIRALITY": float}  # the others: int
_OF_FIGURES: Final[Mapping[str, Callable[[Figures], float | None]]] = {
    "COMMENT_COUNT": lambda figures: figures.comments,
    "EXPONENTIAL_VIRALITY": lambda figures: figures.exponential_virality,
    "LIKE_COUNT": lambda figures: figures.likes,
    "LINEAR_VIRALITY": lambda figures: figures.virality,
    "MERGED_VIEW_PLAY_COUNT": lambda figures: figures.views,
    "SHARE_COUNT": lambda figures: figures.shares,
}


def keys(sorting: Sequence[Mapping[str, str]] | None) -> tuple[Key, ...]:
    """Of `sorting`; a key that is given again decides nothing."""
    given: dict[str, bool] = {}
    for entry in sorting or ():
        given.setdefault(entry["sortKey"], entry["sortOrder"] == "DESC")
    return tuple(given.items()) or tuple(_USUAL)


@dataclass(frozen=True, slots=True)
class Order:
    workspace: Workspace
    keys: tuple[Key, ...]
    accounts: Mapping[int, Account]

    @property
    def steady(self) -> bool:
        """Whether the place of an item cannot change."""
        return all(key in _STEADY for key, _ in self.keys)

    def place(self, item: Candidate) -> Place:
        """What precedes compares as less."""
        return (*(_ranked(self._value(item, key), most) for key, most in self.keys), item.uuid)

    def cursor(self, item: Candidate) -> Cursor:
        if self.steady:
            return Cursor(item.uuid)
        return Cursor(item.uuid, tuple([key, most, self._value(item, key)] for key, most in self.keys))

    def place_of(self, cursor: Cursor) -> Place:
        """Of a cursor with values. Raises GraphQLError for one of another order."""
        if self.steady or len(cursor.values) != len(self.keys):
            raise failure("Invalid cursor")
        pairs = zip(cursor.values, self.keys, strict=True)
        return (*(_ranked(_read(entry, key), key[1]) for entry, key in pairs), cursor.id)

    def _value(self, item: Candidate, key: str) -> Any:
        match key:
            case "TAKEN_AT":
                return item.taken_at
            case "ACCOUNT_NAME":
                return self.accounts[item.creator].name
            case "FOLLOWERS_COUNT":
                return self.accounts[item.creator].followers
        figures = item.figures
        if figures is None:
            return None
        return earned_media_value(self.workspace, figures) if key == "EARNED_MEDIA_VALUE" else _OF_FIGURES[key](figures)


def order(workspace: Workspace, keys: tuple[Key, ...]) -> Order:
    return Order(workspace, keys, accounts(workspace))


def _read(entry: Any, key: Key) -> Any:
    """The value in a cursor."""
    match entry:
        case [str(name), bool(most), value] if (name, most) == key:
            if value is None or type(value) is _KINDS.get(name, int):
                return value
    raise failure("Invalid cursor")


def _ranked(value: Any, most: bool) -> tuple[bool, Any]:
    if value is None:
        return True, 0
    if not most:
        return False, value
    return False, _reversed(value) if isinstance(value, str) else -value


@lru_cache(maxsize=4096)
def _reversed(text: str) -> tuple[int, ...]:
    """Compares as the opposite of the text; its end comes after all letters."""
    return (*(-ord(letter) for letter in text), 1)
