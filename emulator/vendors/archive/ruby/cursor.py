"""A place among the tokens of a text, and what stands there."""

from collections.abc import Callable
from typing import Final, TypeVar

from emulator.vendors.archive.ruby.constants import NAMES, NAMES_BUT_ON
from emulator.vendors.archive.ruby.lexer import Token
from emulator.vendors.archive.ruby.limits import MAX_NESTING
from emulator.vendors.archive.ruby.syntax import TOO_LARGE, Unreadable, cut_off, unexpected
from emulator.vendors.archive.ruby.version import Grammar

_T = TypeVar("_T")

_END: Final = Token("", "", 0, 0)


class Tokens:
    """`kind` is that of the token that comes next, empty at the end. What is not there raises Unreadable."""

    def __init__(self, text: str, found: list[Token], grammar: Grammar) -> None:
        self.older = grammar is Grammar.TABLE
        self.kind = found[0].kind
        self.nesting = 0
        self._text = text
        self._tokens = found
        self._grammar = grammar
        self._at = 0

    def several(self, closing: str, each: Callable[[], _T], *, empty: bool, expected: str) -> list[_T]:
        """What stands between two brackets."""
        self.deeper()
        self.advance()
        found: list[_T] = []
        if self.kind == closing and not empty:
            raise self.fail(expected)
        while self.kind != closing:
            found.append(each())
        self.advance()
        self.nesting -= 1
        return found

    def deeper(self) -> None:
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            raise Unreadable(TOO_LARGE)

    def name(self) -> str:
        if self.kind not in NAMES:
            raise self.fail("NAME")
        return str(self.advance().value)

    def name_but_on(self) -> str:
        if self.kind not in NAMES_BUT_ON:
            raise self.fail("IDENTIFIER" if self.kind == "ON" else "NAME")
        return str(self.advance().value)

    @property
    def token(self) -> Token:
        return self._tokens[self._at] if self.kind else _END

    def expect(self, kind: str) -> Token:
        if self.kind != kind:
            raise self.fail(kind)
        return self.advance()

    def advance(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        self.kind = self._tokens[self._at].kind if self._at < len(self._tokens) else ""
        return token

    def fail(self, expected: str) -> Unreadable:
        if not self.kind:
            return cut_off(self._grammar, expected, self._text)
        return unexpected(self._grammar, expected, *self.token)
