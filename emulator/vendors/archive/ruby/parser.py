"""The grammar of documents, as graphql-ruby reads it."""

from typing import Any, TypeVar

from emulator.vendors.archive.ruby.constants import (
    AFTER_NAME,
    DEFINITION_STARTS,
    ENUM_VALUES,
    LITERALS,
    OPERATIONS,
    SCHEMA,
    read_literal,
)
from emulator.vendors.archive.ruby.cursor import Tokens
from emulator.vendors.archive.ruby.lexer import tokens
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
    Operation,
    RequiredType,
    SchemaDefinition,
    Selection,
    TypeNode,
    Variable,
    VariableDefinition,
)
from emulator.vendors.archive.ruby.syntax import DEFINITIONS, END, Unreadable
from emulator.vendors.archive.ruby.version import Grammar

_T = TypeVar("_T")


def parse(text: str, grammar: Grammar) -> list[Definition]:
    """Raises Unreadable."""
    found = tokens(text, grammar)
    if not found:
        raise Unreadable(END)
    return _Parser(text, found, grammar).document()


class _Parser(Tokens):
    def document(self) -> list[Definition]:
        definitions = [self._definition()]
        while self.kind:
            definitions.append(self._definition())
        return definitions

    def _definition(self) -> Definition:
        if self.kind == "FRAGMENT":
            return self._fragment()
        if self.kind in OPERATIONS or self.kind == "LCURLY":
            return self._operation()
        if self.kind in SCHEMA or self.kind in ("EXTEND", "STRING"):
            return self._schema_definition()
        raise self.fail(DEFINITIONS)

    def _operation(self) -> Operation:
        start = self.token
        if self.kind == "LCURLY":
            return Operation(start.line, start.column, "query", None, [], [], self._selections(empty=True))
        self.advance()
        name = None if self.kind in ("LPAREN", "LCURLY", "DIR_SIGN") else self.name()
        variables = self._variables() if self.kind == "LPAREN" else []
        return Operation(start.line, start.column, start.value, name, variables, self._directives(), self._selections())

    def _fragment(self) -> Fragment:
        start = self.advance()
        name = None if self.kind == "ON" else self.name_but_on()
        self.expect("ON")
        return Fragment(start.line, start.column, name, self._condition(), self._directives(), self._selections())

    def _schema_definition(self) -> SchemaDefinition:
        """Its head, and then up to the next definition: what it says is of no interest, as it may not be there."""
        start = self.token
        if self.kind in ("STRING", "EXTEND"):
            self.advance()
        if self.kind not in SCHEMA:
            raise self.fail(DEFINITIONS)
        keyword = self.advance().kind
        if keyword == "DIRECTIVE":
            self.expect("DIR_SIGN")
        if keyword != "SCHEMA":
            self.name()
        if keyword == "SCALAR":
            self._directives()
        elif self.kind in AFTER_NAME[keyword]:
            self._skip_definition()
        else:
            raise self.fail(AFTER_NAME[keyword][-1])
        return SchemaDefinition(start.line, start.column)

    def _skip_definition(self) -> None:
        depth = 0
        while self.kind and (depth or self.kind not in DEFINITION_STARTS):
            depth += (self.kind == "LCURLY") - (self.kind == "RCURLY")
            self.advance()

    def _variables(self) -> list[VariableDefinition]:
        return self.several("RPAREN", self._variable_definition, empty=not self.older, expected="VAR_SIGN")

    def _variable_definition(self) -> VariableDefinition:
        start = self.expect("VAR_SIGN")
        name = self.name()
        self.expect("COLON")
        kind = self._type()
        default = None
        if self.kind == "EQUALS":
            self.advance()
            default = self._value(constant=True)
        if not self.older:
            self._directives()
        return VariableDefinition(start.line, start.column, name, kind, default)

    def _type(self) -> TypeNode:
        inner: TypeNode
        if self.kind == "LBRACKET":
            self.deeper()
            self.advance()
            inner = ListType(self._type())
            self.expect("RBRACKET")
            self.nesting -= 1
        else:
            inner = NamedType(self.name())
        if self.kind != "BANG":
            return inner
        self.advance()
        return RequiredType(inner)

    def _selections(self, *, empty: bool = False) -> list[Selection]:
        if self.kind != "LCURLY":
            raise self.fail("LCURLY")
        return self.several("RCURLY", self._selection, empty=empty or not self.older, expected="NAME")

    def _selection(self) -> Selection:
        if self.kind == "ELLIPSIS":
            return self._spread()
        start = self.token
        alias, name = None, self.name()
        if self.kind == "COLON":
            self.advance()
            alias, name = name, self.name()
        arguments, directives = self._arguments(), self._directives()
        selections = self._selections() if self.kind == "LCURLY" else []
        return Field(start.line, start.column, name, alias, arguments, directives, selections)

    def _spread(self) -> FragmentSpread | InlineFragment:
        start = self.advance()
        if self.kind not in ("ON", "DIR_SIGN", "LCURLY"):
            return FragmentSpread(start.line, start.column, self.name_but_on(), self._directives())
        kind = None
        if self.kind == "ON":
            self.advance()
            kind = self._condition()
        return InlineFragment(start.line, start.column, kind, self._directives(), self._selections())

    def _condition(self) -> str:
        """The older grammar has any type here, but what follows does not survive one that is no name."""
        if not self.older:
            return self.name()
        node = self._type()
        while not isinstance(node, NamedType):
            node = node.of
        return node.name

    def _directives(self) -> list[Directive]:
        directives = []
        while self.kind == "DIR_SIGN":
            start = self.advance()
            directives.append(Directive(start.line, start.column, self.name(), self._arguments()))
        return directives

    def _arguments(self) -> list[Argument]:
        if self.kind != "LPAREN":
            return []
        return self.several("RPAREN", self._argument, empty=False, expected="ARGUMENT_NAME")

    def _argument(self, *, constant: bool = False) -> Argument:
        start = self.token
        name = self.name()
        self.expect("COLON")
        return Argument(start.line, start.column, name, self._value(constant=constant))

    def _value(self, *, constant: bool = False) -> Any:
        kind, start = self.kind, self.token
        if kind in LITERALS:
            self.advance()
            return read_literal(start)
        if kind in ENUM_VALUES:
            self.advance()
            return EnumValue(start.line, start.column, start.value)
        if kind == "VAR_SIGN" and not (constant and self.older):
            self.advance()
            return Variable(start.line, start.column, self.name())
        if kind == "LBRACKET":
            return self.several("RBRACKET", self._value, empty=True, expected="VALUE")  # with variables, anywhere
        if kind == "LCURLY":
            return InputObject(
                start.line,
                start.column,
                self.several("RCURLY", lambda: self._argument(constant=constant), empty=True, expected="NAME"),
            )
        raise self.fail("VALUE")
