"""YAML files, read by libyaml where PyYAML was built with it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as _SafeLoader
except ImportError:
    from yaml import SafeLoader as _SafeLoader  # type: ignore[assignment]

_TIMESTAMP = "tag:yaml.org,2002:timestamp"

Place = tuple[str | int, ...]  # keys and list indices on the way from the whole document


class _Loader(_SafeLoader):
    """Leaves times as text: PyYAML's own error for a wrong one does not say where it stands."""

    yaml_implicit_resolvers = {  # noqa: RUF012, as the base class has it
        first: [(tag, pattern) for tag, pattern in resolvers if tag != _TIMESTAMP]
        for first, resolvers in _SafeLoader.yaml_implicit_resolvers.items()
    }


def read(path: Path) -> Any:
    """Raises OSError, or yaml.YAMLError for what is not YAML."""
    try:
        return yaml.load(path.read_bytes(), _Loader)  # noqa: S506, a safe loader
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise yaml.YAMLError(str(error)) from error  # PyYAML lets them through: `!!bool maybe`, a number too long


class Lines:
    """Where things stand in a file that can be read."""

    def __init__(self, path: Path) -> None:
        self._root = yaml.compose(path.read_bytes(), _Loader)

    def of(self, place: Place) -> int:
        """The line, from 1, of what is at the place, or of the nearest thing around it that is there."""
        node, line = self._root, 1
        for step in place:
            found = next((each for each in _members(node) if each[0] == str(step)), None)
            if found is None:
                break
            _, line, node = found
        return line

    def repeated(self) -> Iterator[Place]:
        """Keys that stand in a mapping a second time; PyYAML takes the last one without a word."""
        yield from _repeated(self._root, ())


def _members(node: Any) -> Iterator[tuple[str, int, Any]]:
    """Key or index, line and node of each."""
    if isinstance(node, yaml.MappingNode):
        yield from ((str(key.value), key.start_mark.line + 1, value) for key, value in node.value)
    elif isinstance(node, yaml.SequenceNode):
        yield from ((str(index), item.start_mark.line + 1, item) for index, item in enumerate(node.value))


def _repeated(node: Any, place: Place) -> Iterator[Place]:
    keys: set[str] = set()
    for key, _, value in _members(node):
        if key in keys:
            yield (*place, key)
        keys.add(key)
        yield from _repeated(value, (*place, key))
