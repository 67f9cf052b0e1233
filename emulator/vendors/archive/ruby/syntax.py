"""What is said of a text that cannot be read (facts/archive-v1.md, 10.3)."""

from typing import Any, Final

from emulator.vendors.archive.ruby.printer import inspected
from emulator.vendors.archive.ruby.version import Grammar

TOO_LARGE: Final = "This query is too large to execute."
END: Final = "Unexpected end of document"
DEFINITIONS: Final = "one of SCHEMA, SCALAR, TYPE, ENUM, INPUT, UNION, INTERFACE"

_IN_NO_RULE: Final = {"UNKNOWN_CHAR", "BAD_UNICODE_ESCAPE"}  # tokens that the older grammar has no name for


class Unreadable(Exception):
    """A syntax error. Without a line it has an empty list of locations."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column

    def shown(self) -> dict[str, Any]:
        locations = [] if self.line is None else [{"line": self.line, "column": self.column}]
        return {"message": str(self), "locations": locations}


def unexpected(grammar: Grammar, expected: str, kind: str, value: str, line: int, column: int) -> Unreadable:
    """A token where another one has to stand."""
    shown = _byte(value) if kind == "UNKNOWN_CHAR" else inspected(value)
    if grammar is Grammar.TABLE:
        name = "error" if kind in _IN_NO_RULE else kind
        what = "bad Unicode escape sequence: " if kind == "BAD_UNICODE_ESCAPE" else ""
        message = f"Parse error on {what}{shown} ({name})"
    else:
        message = f"Expected {expected}, actual: {kind} ({shown})"
    return Unreadable(f"{message} at [{line}, {column}]", line, column)


def cut_off(grammar: Grammar, expected: str, text: str) -> Unreadable:
    """The text ends where a token has to stand."""
    if grammar is Grammar.TABLE:
        return Unreadable(END)
    lines = text.split("\n")
    filled = next((line for line in reversed(lines) if line), "")
    line, column = len(lines), len(filled.encode())
    what = "not end of file" if grammar is Grammar.DESCENT_NAMES_THE_END else 'actual: (none) (" ")'
    return Unreadable(f"Expected {expected}, {what} at [{line}, {column}]", line, column)


def _byte(sign: str) -> str:
    return inspected(sign) if ord(sign) < 0x80 else f'"\\x{ord(sign):02X}"'
