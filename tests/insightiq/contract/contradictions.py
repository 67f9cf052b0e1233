"""Writes docs/contradictions.md, which shows every note of InsightIQ's contract with its place.

python -m tests.insightiq.contract.contradictions
"""

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from emulator.contract.document import read_yaml
from tests.contract.documents import CONTRACTS

PAGE: Final = CONTRACTS.parent / "docs" / "contradictions.md"
COMMAND: Final = "python -m tests.insightiq.contract.contradictions"
_FOLDER: Final = CONTRACTS / "insightiq"
_BEGINNING: Final = f"""\
# Notes of the InsightIQ contract

Where the documentation contradicts itself or says nothing, where real answers differ from it, and what the contract
makes of that. Each note stands as `x-note` in the file and at the place (a JSON pointer) that are named here.

Made by `{COMMAND}`; do not edit.
"""


def notes(node: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Places and notes, in the order of the file."""
    for key, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        if key == "x-note":
            yield place or "/", " ".join(value.split())
        else:
            step = str(key).replace("~", "~0").replace("/", "~1")
            yield from notes(value, f"{place}/{step}")


def page() -> str:
    return "\n".join([_BEGINNING, *filter(None, map(_of_file, _files()))])


def _files() -> list[Path]:
    """The document itself, its sections, then what they share."""
    return sorted(_FOLDER.rglob("*.yaml"), key=lambda file: (file.name != "openapi.yaml", len(file.parts), file))


def _of_file(file: Path) -> str:
    """A note that stands at several places of the file is shown once."""
    places: dict[str, list[str]] = {}
    for place, note in notes(read_yaml(file)):
        places.setdefault(note, []).append(f"`{place}`")
    if not places:
        return ""
    shown = [_wrapped(", ".join(at) + f": {note}") for note, at in places.items()]
    return "\n".join([f"## {file.relative_to(_FOLDER).as_posix()}", "", *shown, ""])


def _wrapped(text: str) -> str:
    lines = textwrap.wrap(f"- {text}", 120, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page())
