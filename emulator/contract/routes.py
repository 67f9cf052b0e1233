"""From a path to its operations: one route per path, so that `Allow` always names all of its methods."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, Protocol, TypeVar
from urllib.parse import unquote_to_bytes

from emulator.refusal import NoSuchPath


class Routable(Protocol):
    """What can be routed to."""

    @property
    def method(self) -> str: ...
    @property
    def path(self) -> str: ...


T = TypeVar("T", bound=Routable)


@dataclass(slots=True)
class _Node(Generic[T]):
    literal: dict[str, "_Node[T]"] = field(default_factory=dict)
    variable: "_Node[T] | None" = None
    methods: dict[str, T] = field(default_factory=dict)
    names: tuple[str, ...] = ()


class Routes(Generic[T]):
    """A tree by segments; a literal segment is tried before a variable one."""

    def __init__(self, targets: Iterable[T]) -> None:
        self._root: _Node[T] = _Node()
        self.find = lru_cache(maxsize=4096)(self._find)  # most requests come to the same few paths
        for target in targets:
            self._add(target)

    def _find(self, raw_path: str) -> tuple[Mapping[str, T], Mapping[str, Sequence[str]]]:
        """The operations of a path by method, and its path parameters. Raises NoSuchPath."""
        values: list[str] = []
        node = _descend(self._root, raw_path.split("/"), 0, values)
        if node is None:
            raise NoSuchPath
        return node.methods, {name: [value] for name, value in zip(node.names, values, strict=True)}

    def _add(self, target: T) -> None:
        node, names = self._root, []
        for segment in target.path.split("/"):
            if segment.startswith("{"):
                names.append(segment.strip("{}"))
                node.variable = node.variable or _Node()
                node = node.variable
            else:
                node = node.literal.setdefault(segment, _Node())
        node.methods[target.method] = target
        node.names = tuple(names)


def allowed(methods: Iterable[str]) -> list[str]:
    """The value of `Allow`: what is documented, and what HTTP adds to it."""
    documented = set(methods)
    return sorted(documented | {"OPTIONS"} | ({"HEAD"} if "GET" in documented else set()))


def _descend(node: _Node[T], segments: list[str], depth: int, values: list[str]) -> _Node[T] | None:
    if depth == len(segments):
        return node if node.methods else None
    segment = segments[depth]
    literal = node.literal.get(segment)
    if literal is not None:
        found = _descend(literal, segments, depth + 1, values)
        if found is not None:
            return found
    text = _decoded(segment)
    if node.variable is None or not text:
        return None
    values.append(text)
    found = _descend(node.variable, segments, depth + 1, values)
    if found is None:
        values.pop()
    return found


def _decoded(segment: str) -> str | None:
    """None for a segment whose percent-encoding is not UTF-8; such a path exists nowhere."""
    try:
        return unquote_to_bytes(segment).decode()
    except UnicodeDecodeError:
        return None
