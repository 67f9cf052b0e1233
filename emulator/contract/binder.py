"""Binds handlers to operations by name, and refuses what does not fit."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from emulator.contract.document import ContractError, Node
from emulator.contract.operation import Operation, operations
from emulator.contract.routes import Routes

Handler = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Bound:
    """An operation and the function that answers it."""

    operation: Operation
    handler: Handler

    @property
    def method(self) -> str:
        return self.operation.method

    @property
    def path(self) -> str:
        return self.operation.path


def handlers_of(*modules: ModuleType) -> dict[str, Handler]:
    """The public functions that the modules themselves define, by name: each has to be an operation's."""
    return {
        name: function
        for module in modules
        for name, function in vars(module).items()
        if inspect.isfunction(function) and function.__module__ == module.__name__ and not name.startswith("_")
    }


def bind(document: Node, handlers: Mapping[str, Handler]) -> Routes[Bound]:
    """Raises ContractError for an operation without handler, a handler without operation, or arguments that differ.

    A handler's first parameter is the state it works on; the others are the operation's, by name, and `body`.
    """
    title = document["info"]["title"]
    found = list(operations(document))
    promised = {operation.id: operation for operation in found}
    _same(title, "operation", {each.id for each in found if promised[each.id] is not each}, "is there twice")
    _same(title, "operation", set(promised) - set(handlers), "has no handler")
    _same(title, "handler", set(handlers) - set(promised), "has no operation in the contract")
    return Routes([_bound(title, operation, handlers[name]) for name, operation in promised.items()])


def _bound(title: str, operation: Operation, handler: Handler) -> Bound:
    promised = {parameter.argument for parameter in operation.parameters} | ({"body"} if operation.body else set())
    taken = set(list(inspect.signature(handler).parameters)[1:])
    where = f"{operation.id}: argument"
    _same(title, where, promised - taken, "is in the contract, but the handler does not take it")
    _same(title, where, taken - promised, "is taken by the handler, but is not in the contract")
    return Bound(operation, handler)


def _same(title: str, kind: str, names: set[str], complaint: str) -> None:
    if names:
        raise ContractError(f"{title}: {kind} {', '.join(sorted(names))} {complaint}")
