"""Values as graphql-ruby writes them into its messages."""

from typing import Any
from unicodedata import category

import orjson

from emulator.vendors.archive.ruby.nodes import (
    EnumValue,
    Field,
    FragmentSpread,
    InlineFragment,
    InputObject,
    Null,
    Selection,
    Variable,
)


def literal(value: Any) -> str:
    """A value of a document, as GraphQL."""
    match value:
        case EnumValue():
            return value.name
        case Null():
            return "null"
        case Variable():
            return f"${value.name}"
        case InputObject():
            return f"{{{', '.join(f'{each.name}: {literal(each.value)}' for each in value.arguments)}}}"
        case list():
            return f"[{', '.join(map(literal, value))}]"
        case _:
            return serialized(value)


def serialized(value: Any, *, quoted: bool = False) -> str:
    """A value as JSON, but with its keys as they are, unless they are to be quoted."""
    match value:
        case dict():
            keys = {key: orjson.dumps(key).decode() if quoted else key for key in value}
            return f"{{{','.join(f'{keys[key]}:{serialized(each, quoted=quoted)}' for key, each in value.items())}}}"
        case list():
            return f"[{','.join(serialized(each, quoted=quoted) for each in value)}]"
        case bool() | None:
            return {True: "true", False: "false", None: "null"}[value]
        case int():
            return str(value)
        case float():
            return _float(value)
        case _:
            return orjson.dumps(value).decode()


def _float(value: float) -> str:
    """`1e+20` of Python is `1.0e+20` of Ruby."""
    mantissa, exponent, power = repr(value).partition("e")
    return f"{mantissa if '.' in mantissa else mantissa + '.0'}{exponent}{power}"


_INSPECTED = {
    '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\f": "\\f", "\v": "\\v", "\b": "\\b",
    "\a": "\\a", "\x1b": "\\e", "\x85": "\x85",
}  # fmt: skip


def inspected(text: str) -> str:
    """A string as Ruby shows it to programmers."""
    shown = [_inspected(sign, following) for sign, following in zip(text, f"{text[1:]} ", strict=False)]
    return f'"{"".join(shown)}"'


def _inspected(sign: str, following: str) -> str:
    if sign == "#" and following in {"{", "$", "@"}:
        return "\\#"
    if sign in _INSPECTED:
        return _INSPECTED[sign]
    if sign.isprintable() or category(sign) in {"Cf", "Co", "Zs"}:
        return sign
    if 0xD800 <= ord(sign) < 0xE000:  # half of a character is shown as its bytes
        return "".join(f"\\x{byte:02X}" for byte in sign.encode(errors="surrogatepass"))
    return f"\\u{ord(sign):04X}" if ord(sign) < 0x10000 else f"\\u{{{ord(sign):X}}}"


def field_text(node: Field) -> str:
    """The same for two fields if, and only if, the library takes them for equal."""
    arguments = ",".join(f"{each.name}:{literal(each.value)}" for each in node.arguments)
    return f"{node.alias}:{node.name}({arguments}){_directives(node)}{_selections(node)}"


def _directives(node: Selection) -> str:
    return "".join(
        f"@{each.name}({','.join(f'{argument.name}:{literal(argument.value)}' for argument in each.arguments)})"
        for each in node.directives
    )


def _selections(node: Field | InlineFragment) -> str:
    return f"{{{' '.join(map(_selection, node.selections))}}}"


def _selection(node: Selection) -> str:
    if isinstance(node, Field):
        return field_text(node)
    if isinstance(node, FragmentSpread):
        return f"...{node.name}{_directives(node)}"
    return f"... on {node.type}{_directives(node)}{_selections(node)}"
