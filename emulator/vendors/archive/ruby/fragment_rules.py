"""Rules on fragments: what they are on, where they are spread, and which of them depend on one another."""

from graphql import GraphQLNamedType

from emulator.vendors.archive.ruby.nodes import Fragment, FragmentSpread, InlineFragment, Node, Operation
from emulator.vendors.archive.ruby.scope import Scope
from emulator.vendors.archive.ruby.spelling import did_you_mean
from emulator.vendors.archive.ruby.types import COMPOSITE, FIELDS

Path = list[str | int]


def type_exists(scope: Scope, node: Fragment | InlineFragment) -> bool:
    if node.type is None or scope.types.get(node.type) is not None:
        return True
    hint = did_you_mean(scope.version, node.type, [name for name in scope.types.schema.type_map if name[:2] != "__"])
    text = f"No such type {node.type}, so it can't be a fragment condition{hint}"
    scope.add(text, [node], "undefinedType", typeName=node.type)
    return False


def type_is_composite(scope: Scope, node: Fragment | InlineFragment) -> bool:
    if node.type is None or isinstance(scope.types.get(node.type), COMPOSITE):
        return True
    text = f"Invalid fragment on type {node.type} (must be Union, Interface or Object)"
    scope.add(text, [node], "fragmentOnNonCompositeType", typeName=node.type)
    return False


def fragment_has_a_name(scope: Scope, node: Fragment) -> None:
    if node.name is None:
        scope.add("Fragment definition has no name", [node], "anonymousFragment")


def spread_is_possible(
    scope: Scope,
    node: FragmentSpread | InlineFragment,
    parent: GraphQLNamedType | None,
    type: GraphQLNamedType | None,
    path: Path,
) -> None:
    if parent is None or not isinstance(type, FIELDS):
        return
    if scope.types.possible(parent) & scope.types.possible(type):
        return
    name = f" {node.name}" if isinstance(node, FragmentSpread) else ""
    text = f"Fragment{name} on {type.name} can't be spread inside {parent.name}"
    told = {"typeName": type.name, "fragmentName": name or "unknown", "parentName": parent.name}
    scope.add(text, [node], "cannotSpreadFragment", path, **told)


class Dependencies:
    """Which definition spreads which fragments, resolved from those that spread none."""

    def __init__(self) -> None:
        self._paths: dict[Node, Path] = {}
        self._fragments: dict[str | None, list[Fragment]] = {}
        self._users: dict[str, list[Operation | Fragment]] = {}  # of a fragment, each once
        self._open: dict[Operation | Fragment, list[FragmentSpread]] = {}  # spreads that are not resolved
        self._unused: list[Fragment] = []
        self._touched: set[Operation | Fragment] = set()  # some of whose spreads are resolved

    def declare(self, fragments: list[Fragment]) -> None:
        for each in fragments:
            self._fragments.setdefault(each.name, []).append(each)

    def enter(self, definition: Operation | Fragment, path: Path) -> None:
        if isinstance(definition, Fragment):
            self._paths[definition] = path

    def spread(self, node: FragmentSpread, user: Operation | Fragment, path: Path) -> None:
        self._paths[node] = path
        users = self._users.setdefault(node.name, [])
        if user not in users[-1:]:
            users.append(user)
        self._open.setdefault(user, []).append(node)

    def resolve(self) -> None:
        independent = [each for same in self._fragments.values() for each in same if each not in self._open]
        for _ in range(sum(map(len, self._fragments.values()))):
            if not independent:
                break
            fragment = independent.pop()
            self._open.pop(fragment, None)
            users = self._users.get(fragment.name or "", [])
            if not users:
                self._unused.append(fragment)
            for user in users:
                remaining = [each for each in self._open.get(user, []) if each.name != fragment.name]
                self._open[user] = remaining
                self._touched.add(user)
                if not remaining and isinstance(user, Fragment) and user.name != fragment.name:
                    independent.append(user)

    def check_use(self, scope: Scope) -> None:
        """First the operations, if one of them comes first; then each fragment."""
        unknown: dict[Fragment | None, list[FragmentSpread]] = {}
        for user in self._open:
            found = unknown.setdefault(user if isinstance(user, Fragment) else None, [])
            found += self._take_unknown(user)
        for spread in [each for spreads in unknown.values() for each in spreads]:
            text = f"Fragment {spread.name} was used, but not defined"
            self._add(scope, text, spread, "useAndDefineFragment", spread.name)
        for fragment in self._unused:
            if fragment.name is not None and fragment in self._paths:
                text = f"Fragment {fragment.name} was defined, but not used"
                self._add(scope, text, fragment, "useAndDefineFragment", fragment.name)

    def _take_unknown(self, user: Operation | Fragment) -> list[FragmentSpread]:
        """Where another spread was resolved before, the library skips the one after each that it finds."""
        spreads, found = self._open[user], []
        at = 0
        while at < len(spreads):
            spread = spreads[at]
            if spread.name in self._fragments:
                at += 1
                continue
            found.append(spread)
            alike = [each for each in spreads if each is not spread and each.name != spread.name]
            spreads[:] = alike if user in self._touched else [each for each in spreads if each is not spread]
            at += user in self._touched
        return found

    def check_loops(self, scope: Scope) -> None:
        for definition, spreads in self._open.items():
            if spreads and isinstance(definition, Fragment):
                text = f"Fragment {definition.name} contains an infinite loop"
                self._add(scope, text, definition, "infiniteLoop", definition.name)

    def check_names(self, scope: Scope) -> None:
        for name, same in self._fragments.items():
            if len(same) > 1:
                text = f'Fragment name "{name}" must be unique'
                scope.add(text, same, "fragmentNotUnique", [], fragmentName=name)

    def _add(self, scope: Scope, text: str, node: Node, code: str, name: str | None) -> None:
        scope.add(text, [node], code, self._paths.get(node, []), fragmentName=name)
