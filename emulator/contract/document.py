"""OpenAPI documents that are split over files, read once and bundled into one."""

from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from emulator import resources
from emulator.contract.cache import kept

Node = dict[str, Any]

# Parts in files or folders of these names become components of the bundle; parts of all other files are put where they
# are referred to.
COMPONENTS: Final = {"schemas": "schemas", "parameters": "parameters", "headers": "headers", "errors": "responses"}


class ContractError(Exception):
    """A contract, or what is bound to it, is wrong. The message names the place; the server does not start."""


@cache
def load(folder: str) -> Node:
    """The document `contracts/<folder>/openapi.yaml` with every `$ref` made local to it. Raises ContractError."""
    place = resources.contracts() / folder
    document: Node = kept(place, lambda: _Bundle(place).document)
    return document


def resolve(document: Node, node: Node) -> Node:
    """The node itself, or what its local `$ref` stands for."""
    while "$ref" in node:
        node = pointed(document, node["$ref"].removeprefix("#"))
    return node


def pointed(document: Any, pointer: str) -> Any:
    """The part that a JSON pointer names. Raises KeyError."""
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        document = document[int(key) if isinstance(document, list) else key]
    return document


class _Bundle:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[Path, Any] = {}
        self._components: dict[str, Node] = {}
        self._origins: dict[tuple[str, str], Path] = {}  # where each component comes from
        root = (folder / "openapi.yaml").resolve()
        self.document: Node = self._local(self._read(root), root, "#")
        self.document["components"] = self.document.get("components", {}) | self._components

    def _local(self, node: Any, file: Path, place: str) -> Any:
        if isinstance(node, list):
            return [self._local(item, file, f"{place}/{index}") for index, item in enumerate(node)]
        if not isinstance(node, dict):
            return node
        if isinstance(node.get("$ref"), str):
            return self._reference(node, file, place)
        return {key: self._local(value, file, f"{place}/{key}") for key, value in node.items()}

    def _reference(self, node: Node, file: Path, place: str) -> Any:
        name, _, pointer = node["$ref"].partition("#")
        target = (file.parent / name).resolve() if name else file
        kind = COMPONENTS.get(target.stem) or COMPONENTS.get(target.parent.name)
        if kind is None or pointer.count("/") != 1:
            return self._local(self._part(target, pointer, file, place), target, f"{target.name}#{pointer}")
        key = pointer.removeprefix("/")
        self._component(kind, key, target, f"{file.name} {place}")
        return {**{k: v for k, v in node.items() if k != "$ref"}, "$ref": f"#/components/{kind}/{key}"}

    def _component(self, kind: str, key: str, target: Path, place: str) -> None:
        parts = self._components.setdefault(kind, {})
        first = self._origins.setdefault((kind, key), target)
        if first != target:
            raise ContractError(f"contracts/{self._folder.name}: {key} is in {first.name} and in {target.name}")
        if key not in parts:
            parts[key] = {}  # a schema may refer to itself
            parts[key].update(self._local(self._part(target, f"/{key}", target, place), target, f"#/{key}"))

    def _part(self, target: Path, pointer: str, file: Path, place: str) -> Any:
        try:
            return pointed(self._read(target), pointer)
        except (KeyError, TypeError, FileNotFoundError):
            seen = f"{target.name}#{pointer}"
            raise ContractError(f"contracts/{self._folder.name}/{file.name} {place}: broken $ref {seen}") from None

    def _read(self, file: Path) -> Any:
        if file not in self._files:
            self._files[file] = read_yaml(file)
        return self._files[file]


@cache
def _loader() -> type[yaml.SafeLoader] | type[yaml.CSafeLoader]:
    """Libyaml's loader is ten times faster, but not in every build of PyYAML."""
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(file: Path) -> Any:
    """Raises FileNotFoundError, and ContractError for malformed YAML."""
    try:
        return yaml.load(file.read_bytes(), Loader=_loader())  # noqa: S506 - a safe loader, by either name
    except yaml.YAMLError as error:
        raise ContractError(f"{file}: {' '.join(str(error).split())}") from None
