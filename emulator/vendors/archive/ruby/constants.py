"""Tables of the grammar: kinds of tokens, literals of one token, what follows the name in a schema's definition."""

import re
from collections.abc import Callable
from typing import Any, Final

from emulator.vendors.archive.ruby.lexer import Token
from emulator.vendors.archive.ruby.nodes import Null
from emulator.vendors.archive.ruby.syntax import TOO_LARGE, Unreadable

OPERATIONS: Final = frozenset({"QUERY", "MUTATION", "SUBSCRIPTION"})
SCHEMA: Final = frozenset({"SCHEMA", "SCALAR", "TYPE", "INTERFACE", "UNION", "ENUM", "INPUT", "DIRECTIVE"})
DEFINITION_STARTS: Final = OPERATIONS | SCHEMA | {"FRAGMENT", "EXTEND", "STRING"}
WORDS: Final = OPERATIONS | SCHEMA | {"IDENTIFIER", "FRAGMENT", "REPEATABLE", "IMPLEMENTS"}
NAMES_BUT_ON: Final = WORDS | {"TRUE", "FALSE"}
NAMES: Final = NAMES_BUT_ON | {"ON"}
ENUM_VALUES: Final = WORDS | {"ON"}

AFTER_NAME: Final = {
    "SCHEMA": ("DIR_SIGN", "LCURLY"),
    "TYPE": ("IMPLEMENTS", "DIR_SIGN", "LCURLY"),
    "INTERFACE": ("IMPLEMENTS", "DIR_SIGN", "LCURLY"),
    "UNION": ("DIR_SIGN", "EQUALS"),
    "ENUM": ("DIR_SIGN", "LCURLY"),
    "INPUT": ("DIR_SIGN", "LCURLY"),
    "DIRECTIVE": ("LPAREN", "REPEATABLE", "ON"),
}


def read_literal(token: Token) -> Any:
    try:
        return LITERALS[token.kind](token)
    except ValueError:  # an integer of thousands of digits, which Python does not read
        raise Unreadable(TOO_LARGE, token.line, token.column) from None


_BEGINNING: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")


def _to_f(text: str) -> float:
    """As much of it as is a number: `1-5`, which the older lexer lets through, is 1."""
    found = _BEGINNING.match(text)
    return float(found.group()) if found else 0.0


LITERALS: Final[dict[str, Callable[[Token], Any]]] = {
    "INT": lambda token: int(token.value),
    "FLOAT": lambda token: _to_f(token.value),
    "STRING": lambda token: token.value,
    "TRUE": lambda _: True,
    "FALSE": lambda _: False,
    "NULL": lambda token: Null(token.line, token.column),
}
