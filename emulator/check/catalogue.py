"""The vendors that there are contracts for."""

from collections.abc import Iterable

from emulator import resources
from emulator.check.graph import GraphContract
from emulator.check.plan import Contract
from emulator.check.rest import RestContract

OURS = "control"  # the emulator's own API is no vendor's


class UnknownVendor(Exception):
    """There is no contract of this name; the message says which there are."""


def vendors() -> list[str]:
    folders = (path for path in resources.contracts().iterdir() if path.is_dir() and path.name != OURS)
    return sorted(path.name for path in folders if (path / "openapi.yaml").exists() or [*path.glob("*.graphql")])


def contracts(names: Iterable[str] = ()) -> dict[str, list[Contract]]:
    """By vendor; all of them if none is named. Raises UnknownVendor, ContractError."""
    known = vendors()
    wanted = [*names] or known
    for name in wanted:
        if name not in known:
            raise UnknownVendor(f"no contract is called {name}; there are: {', '.join(known)}")
    return {name: _contracts(name) for name in wanted}


def _contracts(name: str) -> list[Contract]:
    folder = resources.contracts() / name
    found: list[Contract] = [GraphContract(file) for file in sorted(folder.glob("*.graphql"))]
    return [RestContract(name), *found] if (folder / "openapi.yaml").exists() else found
