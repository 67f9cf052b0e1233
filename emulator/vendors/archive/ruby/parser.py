"""The grammar of documents, as graphql-ruby reads it."""

import re
from collections.abc import Callable
from typing import Any, Final, TypeVar

from emulator.vendors.archive.ruby.lexer import Token, tokens
from emulator.vendors.archive.ruby.limits import MAX_NESTING
from emulator.vendors.archive.ruby.nodes import (
    Argument,
    Definition,
    Directive,
    EnumValue,
    Field,
    Fragment,
    FragmentSpread,
    InlineFragment,
    InputObject,
    ListType,
    NamedType,
    Null,
    Operation,
    RequiredType,
    SchemaDefinition,
    Selection,
    TypeNode,
    Variable,
    VariableDefinition,
)
from emulator.vendors.archive.ruby.syntax import DEFINITIONS, END, TOO_LARGE, Unreadable, cut_off, unexpected
from emulator.vendors.archive.ruby.version import Grammar

_T = TypeVar("_T")

_OPERATIONS: Final = frozenset({"QUERY", "MUTATION", "SUBSCRIPTION"})
_SCHEMA: Final = frozenset({"SCHEMA", "SCALAR", "TYPE", "INTERFACE", "UNION", "ENUM", "INPUT", "DIRECTIVE"})
_AFTER_NAME: Final = {
    "SCHEMA": ("DIR_SIGN", "LCURLY"),
    "TYPE": ("IMPLEMENTS", "DIR_SIGN", "LCURLY"),
    "INTERFACE": ("IMPLEMENTS", "DIR_SIGN", "LCURLY"),
    "UNION": ("DIR_SIGN", "EQUALS"),
    "ENUM": ("DIR_SIGN", "LCURLY"),
    "INPUT": ("DIR_SIGN", "LCURLY"),
    "DIRECTIVE": ("LPAREN", "REPEATABLE", "ON"),
}
_DEFINITIONS: Final = _OPERATIONS | _SCHEMA | {"FRAGMENT", "EXTEND", "STRING"}
_WORDS: Final = _OPERATIONS | _SCHEMA | {"IDENTIFIER", "FRAGMENT", "REPEATABLE", "IMPLEMENTS"}
_NAMES_BUT_ON: Final = _WORDS | {"TRUE", "FALSE"}
_NAMES: Final = _NAMES_BUT_ON | {"ON"}
_ENUM_VALUES: Final = _WORDS | {"ON"}


def parse(text: str, grammar: Grammar) -> list[Definition]:
    """Raises Unreadable."""
    found = tokens(text, grammar)
    if not found:
        raise Unreadable(END)
    return _Parser(text, found, grammar).document()


class _Parser:
    """`_kind` is that of the token that comes next, empty at the end."""

    def __init__(self, text: str, found: list[Token], grammar: Grammar) -> None:
        self._text = text
        self._tokens = found
        self._grammar = grammar
        self._older = grammar is Grammar.TABLE
        self._at = 0
        self._kind = found[0].kind
        self._nesting = 0

    def document(self) -> list[Definition]:
        definitions = [self._definition()]
        while self._kind:
            definitions.append(self._definition())
        return definitions

    def _definition(self) -> Definition:
        if self._kind == "FRAGMENT":
            return self._fragment()
        if self._kind in _OPERATIONS or self._kind == "LCURLY":
            return self._operation()
        if self._kind in _SCHEMA or self._kind in ("EXTEND", "STRING"):
            return self._schema_definition()
        raise self._fail(DEFINITIONS)

    def _operation(self) -> Operation:
        start = self._token
        if self._kind == "LCURLY":
            return Operation(start.line, start.column, "query", None, [], [], self._selections(empty=True))
        self._advance()
        name = None if self._kind in ("LPAREN", "LCURLY", "DIR_SIGN") else self._name()
        variables = self._variables() if self._kind == "LPAREN" else []
        return Operation(start.line, start.column, start.value, name, variables, self._directives(), self._selections())

    def _fragment(self) -> Fragment:
        start = self._advance()
        name = None if self._kind == "ON" else self._name_but_on()
        self._expect("ON")
        return Fragment(start.line, start.column, name, self._condition(), self._directives(), self._selections())

    def _schema_definition(self) -> SchemaDefinition:
        """Its head, and then up to the next definition: what it says is of no interest, as it may not be there."""
        start = self._token
        if self._kind in ("STRING", "EXTEND"):
            self._advance()
        if self._kind not in _SCHEMA:
            raise self._fail(DEFINITIONS)
        keyword = self._advance().kind
        if keyword == "DIRECTIVE":
            self._expect("DIR_SIGN")
        if keyword != "SCHEMA":
            self._name()
        if keyword == "SCALAR":
            self._directives()
            return SchemaDefinition(start.line, start.column)
        if self._kind not in _AFTER_NAME[keyword]:
            raise self._fail(_AFTER_NAME[keyword][-1])
        depth = 0
        while self._kind and (depth or self._kind not in _DEFINITIONS):
            depth += (self._kind == "LCURLY") - (self._kind == "RCURLY")
            self._advance()
        return SchemaDefinition(start.line, start.column)

    def _variables(self) -> list[VariableDefinition]:
        return self._several("RPAREN", self._variable_definition, empty=not self._older, expected="VAR_SIGN")

    def _variable_definition(self) -> VariableDefinition:
        start = self._expect("VAR_SIGN")
        name = self._name()
        self._expect("COLON")
        type = self._type()
        default = None
        if self._kind == "EQUALS":
            self._advance()
            default = self._value(constant=True)
        if not self._older:
            self._directives()
        return VariableDefinition(start.line, start.column, name, type, default)

    def _type(self) -> TypeNode:
        inner: TypeNode
        if self._kind == "LBRACKET":
            self._deeper()
            self._advance()
            inner = ListType(self._type())
            self._expect("RBRACKET")
            self._nesting -= 1
        else:
            inner = NamedType(self._name())
        if self._kind != "BANG":
            return inner
        self._advance()
        return RequiredType(inner)

    def _selections(self, *, empty: bool = False) -> list[Selection]:
        if self._kind != "LCURLY":
            raise self._fail("LCURLY")
        return self._several("RCURLY", self._selection, empty=empty or not self._older, expected="NAME")

    def _selection(self) -> Selection:
        if self._kind == "ELLIPSIS":
            return self._spread()
        start = self._token
        alias, name = None, self._name()
        if self._kind == "COLON":
            self._advance()
            alias, name = name, self._name()
        arguments, directives = self._arguments(), self._directives()
        selections = self._selections() if self._kind == "LCURLY" else []
        return Field(start.line, start.column, name, alias, arguments, directives, selections)

    def _spread(self) -> FragmentSpread | InlineFragment:
        start = self._advance()
        if self._kind not in ("ON", "DIR_SIGN", "LCURLY"):
            return FragmentSpread(start.line, start.column, self._name_but_on(), self._directives())
        type = None
        if self._kind == "ON":
            self._advance()
            type = self._condition()
        return InlineFragment(start.line, start.column, type, self._directives(), self._selections())

    def _condition(self) -> str:
        """The older grammar has any type here, but what follows does not survive one that is no name."""
        if not self._older:
            return self._name()
        node = self._type()
        while not isinstance(node, NamedType):
            node = node.of
        return node.name

    def _directives(self) -> list[Directive]:
        directives = []
        while self._kind == "DIR_SIGN":
            start = self._advance()
            directives.append(Directive(start.line, start.column, self._name(), self._arguments()))
        return directives

    def _arguments(self) -> list[Argument]:
        if self._kind != "LPAREN":
            return []
        return self._several("RPAREN", self._argument, empty=False, expected="ARGUMENT_NAME")

    def _argument(self, *, constant: bool = False) -> Argument:
        start = self._token
        name = self._name()
        self._expect("COLON")
        return Argument(start.line, start.column, name, self._value(constant=constant))

    def _value(self, *, constant: bool = False) -> Any:
        kind, start = self._kind, self._token
        if kind in _LITERALS:
            self._advance()
            return _literal(start)
        if kind in _ENUM_VALUES:
            self._advance()
            return EnumValue(start.line, start.column, start.value)
        if kind == "VAR_SIGN" and not (constant and self._older):
            self._advance()
            return Variable(start.line, start.column, self._name())
        if kind == "LBRACKET":
            return self._several("RBRACKET", lambda: self._value(constant=constant), empty=True, expected="VALUE")
        if kind == "LCURLY":
            return InputObject(
                start.line,
                start.column,
                self._several("RCURLY", lambda: self._argument(constant=constant), empty=True, expected="NAME"),
            )
        raise self._fail("VALUE")

    def _several(self, closing: str, each: Callable[[], _T], *, empty: bool, expected: str) -> list[_T]:
        """What stands between two brackets."""
        self._deeper()
        self._advance()
        found: list[_T] = []
        if self._kind == closing and not empty:
            raise self._fail(expected)
        while self._kind != closing:
            found.append(each())
        self._advance()
        self._nesting -= 1
        return found

    def _deeper(self) -> None:
        self._nesting += 1
        if self._nesting > MAX_NESTING:
            raise Unreadable(TOO_LARGE)

    def _name(self) -> str:
        if self._kind not in _NAMES:
            raise self._fail("NAME")
        return str(self._advance().value)

    def _name_but_on(self) -> str:
        if self._kind not in _NAMES_BUT_ON:
            raise self._fail("IDENTIFIER" if self._kind == "ON" else "NAME")
        return str(self._advance().value)

    @property
    def _token(self) -> Token:
        return self._tokens[self._at] if self._kind else _END

    def _expect(self, kind: str) -> Token:
        if self._kind != kind:
            raise self._fail(kind)
        return self._advance()

    def _advance(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        self._kind = self._tokens[self._at].kind if self._at < len(self._tokens) else ""
        return token

    def _fail(self, expected: str) -> Unreadable:
        if not self._kind:
            return cut_off(self._grammar, expected, self._text)
        return unexpected(self._grammar, expected, *self._token)


def _literal(token: Token) -> Any:
    try:
        return _LITERALS[token.kind](token)
    except ValueError:  # an integer of thousands of digits, which Python does not read
        raise Unreadable(TOO_LARGE, token.line, token.column) from None


_BEGINNING: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")


def _to_f(text: str) -> float:
    """As much of it as is a number: `1-5`, which the older lexer lets through, is 1."""
    found = _BEGINNING.match(text)
    return float(found.group()) if found else 0.0


_END: Final = Token("", "", 0, 0)
_LITERALS: Final[dict[str, Callable[[Token], Any]]] = {
    "INT": lambda token: int(token.value),
    "FLOAT": lambda token: _to_f(token.value),
    "STRING": lambda token: token.value,
    "TRUE": lambda _: True,
    "FALSE": lambda _: False,
    "NULL": lambda token: Null(token.line, token.column),
}
