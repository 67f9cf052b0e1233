"""Ids that follow from an item's, and from which its id follows again: of its files, of what it is to a brand.

No table holds them, however many items there are. A veil is a secret of the world that is laid over a UUID bit by bit;
laid over it once more, it is lifted.
"""

from typing import Final

from emulator.world import ids

_COMPETITOR: Final = "archive competitor item"
_MOST_FILES: Final = 10  # of one item
_FIXED: Final = (0xF << 76) | (0x3 << 62)  # the bits of version and variant, which every UUID of ours shares


def veiled(seed: int, uuid: str, *name: str | int) -> str:
    """Its own inverse."""
    veil = _number(ids.uuid(seed, *name)) & ~_FIXED
    digits = f"{_number(uuid) ^ veil:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def of_file(seed: int, item_uuid: str, place: int) -> str:
    """The id of an item's nth file (0, 1, ...)."""
    return veiled(seed, item_uuid, "archive media content", place)


def items_of_file(seed: int, uuid: str) -> dict[str, int]:
    """Which items a file of this id could be of, each with its place there; at most one of them exists."""
    if not _is_ours(uuid):
        return {}
    return {of_file(seed, uuid, place): place for place in range(_MOST_FILES)}


def of_competitor(seed: int, item_uuid: str) -> str:
    """The id of an item as one about a competitor."""
    return veiled(seed, item_uuid, _COMPETITOR)


def item_of_competitor(seed: int, uuid: str) -> str | None:
    """None for what is no id of ours."""
    return veiled(seed, uuid, _COMPETITOR) if _is_ours(uuid) else None


def _is_ours(uuid: str) -> bool:
    digits = uuid.replace("-", "")
    return len(uuid) == 36 and len(digits) == 32 and all(digit in "0123456789abcdef" for digit in digits)


def _number(uuid: str) -> int:
    return int(uuid.replace("-", ""), 16)
