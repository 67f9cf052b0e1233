"""A text cut into graphql-ruby's tokens.

It is read as bytes, as Ruby does: columns count bytes, and what is no token is one byte long.
"""

import re
from typing import Any, Final, NamedTuple

from emulator.vendors.archive.ruby.limits import MAX_TOKENS
from emulator.vendors.archive.ruby.syntax import TOO_LARGE, Unreadable
from emulator.vendors.archive.ruby.version import Grammar

_PATTERN: Final = r"""
      (?P<BLANK>[, \t]++|\#[^\n\r]*+)
    | (?P<NEWLINE>[\r\n])
    | (?P<NAME>[_A-Za-z][_0-9A-Za-z]*+)
    | (?P<PUNCTUATOR>\.\.\.|[{}()\[\]:$@=!|&])
    | (?P<NUMBER>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:EXPONENT[+-]?[0-9]+)?)
    | (?P<BLOCK>"{3}(?:[^"\\]++|\\"{3}|\\|"{1,2}[^"])*"{0,2}"{3})
    | (?P<STRING>"(?:[^"\\]++|\\["\\/bfnrt]|\\u[0-9A-Za-z]{4})*+")
    | (?P<UNKNOWN>.)
"""
_TABLE: Final = re.compile(_PATTERN.replace("EXPONENT", "[eE]?"), re.VERBOSE | re.DOTALL)  # where 1-5 is a number
_DESCENT: Final = re.compile(_PATTERN.replace("EXPONENT", "[eE]"), re.VERBOSE | re.DOTALL)

_PUNCTUATORS: Final = {
    "{": "LCURLY", "}": "RCURLY", "(": "LPAREN", ")": "RPAREN", "[": "LBRACKET", "]": "RBRACKET", ":": "COLON",
    "$": "VAR_SIGN", "@": "DIR_SIGN", "...": "ELLIPSIS", "=": "EQUALS", "!": "BANG", "|": "PIPE", "&": "AMP",
}  # fmt: skip
_KEYWORDS: Final = {
    word: word.upper()
    for word in (
        "on", "fragment", "true", "false", "null", "query", "mutation", "subscription", "schema", "scalar", "type",
        "extend", "implements", "interface", "union", "enum", "input", "directive", "repeatable",
    )
}  # fmt: skip

_INTEGER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)")
_VALID: Final = re.compile(r'(?:[^\\]|\\["\\/bfnrt]|\\[uU][0-9A-Fa-f]{4})*')
_ESCAPE: Final = re.compile(r'\\["\\/bfnrt]')
_UNICODE: Final = re.compile(r"\\[uU]([0-9A-Fa-f]{4})")
_ESCAPED: Final = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


class Token(NamedTuple):
    kind: str
    value: Any
    line: int
    column: int


def tokens(text: str, grammar: Grammar) -> list[Token]:
    """Raises Unreadable for more than MAX_TOKENS."""
    older = grammar is Grammar.TABLE
    found: list[Token] = []
    line, start = 1, -1  # `start` is the place before the first column
    for match in (_TABLE if older else _DESCENT).finditer(text.encode().decode("latin-1")):
        group, piece = match.lastgroup, match.group()
        if group == "NEWLINE":
            line += older or piece == "\n"  # the older lexer counts a carriage return as well
            start = match.start()
        elif group != "BLANK":
            found.append(_token(group, piece, line, match.start() - start))
            if len(found) > MAX_TOKENS:
                raise Unreadable(TOO_LARGE, line, match.start() - start)
            if "\n" in piece and (group == "BLOCK" or not older):
                line += piece.count("\n")
                start = start if older else match.start() + piece.rindex("\n")  # the older one goes on counting
    return found


def _token(group: str | None, text: str, line: int, column: int) -> Token:
    match group:
        case "NAME":
            return Token(_KEYWORDS.get(text, "IDENTIFIER"), text, line, column)
        case "PUNCTUATOR":
            return Token(_PUNCTUATORS[text], text, line, column)
        case "NUMBER":
            return Token("INT" if _INTEGER.fullmatch(text) else "FLOAT", text, line, column)
        case "STRING":
            return Token(*_string(_utf8(text[1:-1])), line, column)
        case "BLOCK":
            return Token(*_string(_trimmed(_utf8(text[3:-3]))), line, column)
        case _:
            return Token("UNKNOWN_CHAR", text, line, column)


def _trimmed(block: str) -> str:
    """Without the indentation that all lines but the first have in common, and without empty lines at both ends.

    Unlike the specification says, a line of spaces is not empty.
    """
    first, *rest = block.split("\n")
    indents = [len(line) - len(line.lstrip(" ")) for line in rest]
    common = min((indent for line, indent in zip(rest, indents, strict=True) if indent < len(line)), default=0)
    return "\n".join([first, *(line[common:] for line in rest)]).strip("\n")


def _utf8(text: str) -> str:
    return text.encode("latin-1").decode()


def _string(raw: str) -> tuple[str, str]:
    """First the short escapes, then those of four digits, wherever they come from by then."""
    if "\\" not in raw:
        return "STRING", raw
    if not _VALID.fullmatch(raw):
        return "BAD_UNICODE_ESCAPE", raw
    short = _ESCAPE.sub(lambda escape: _ESCAPED.get(escape.group()[1], escape.group()[1]), raw)
    value = _UNICODE.sub(lambda escape: chr(int(escape.group(1), 16)), short)
    half = any("\ud800" <= character <= "\udfff" for character in value)
    return ("BAD_UNICODE_ESCAPE", value) if half else ("STRING", value)
