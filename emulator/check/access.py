"""Credentials of the vendors: from flags, the environment, or a file; never printed, never stored."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from emulator.check.target import Credentials

NAMES = ("shop_id", "workspace_id")
KEYS = ("username", "password", "token", *NAMES)


class CredentialError(Exception):
    """What is given cannot be used; the message says why, and holds no value."""


def credentials(
    vendor: str, flags: Iterable[str], environment: Mapping[str, str], file: Path | None = None
) -> Credentials:
    """Flags are `vendor.key=value`, variables `VENDOR_KEY`, and a TOML file has a table for each vendor.

    They count in this order. Raises CredentialError.
    """
    found = _from_file(vendor, file)
    found |= {key: environment[name] for key in KEYS if (name := f"{vendor}_{key}".upper()) in environment}
    found |= _from_flags(vendor, flags)
    names = {key: found.pop(key) for key in NAMES if key in found}
    return Credentials(**found, names=names)


def _from_flags(vendor: str, flags: Iterable[str]) -> dict[str, str]:
    found = {}
    for flag in flags:
        name, equals, value = flag.partition("=")
        owner, _, key = name.partition(".")
        if not equals or key not in KEYS:
            known = ", ".join(KEYS)
            raise CredentialError(f"a credential is written VENDOR.KEY=VALUE, with one of the keys {known}: {name}")
        if owner == vendor:
            found[key] = value
    return found


def _from_file(vendor: str, file: Path | None) -> dict[str, str]:
    if file is None:
        return {}
    try:
        content = tomllib.loads(file.read_text())
    except OSError as error:
        raise CredentialError(f"{file}: {error.strerror}") from None
    except ValueError:
        raise CredentialError(f"{file} is not TOML") from None
    table = content.get(vendor, {})
    if not isinstance(table, dict) or (unknown := set(table) - set(KEYS)):
        told = ", ".join(sorted(unknown)) if isinstance(table, dict) else "it is no table"
        raise CredentialError(f"{file}: {vendor}: unknown key {told}; known: {', '.join(KEYS)}")
    return {key: str(value) for key, value in table.items()}
