"""Identifiers as pure functions of a seed and a name, so that the same calls give the same ids."""

from hashlib import blake2b
from uuid import UUID


def uuid(seed: int, *name: str | int) -> str:
    """A version-4 UUID, dashed, lower case."""
    return str(UUID(bytes=_digest(seed, name, 16), version=4))


def hexadecimal(seed: int, *name: str | int, digits: int) -> str:
    return _digest(seed, name, digits // 2).hex()


def _digest(seed: int, name: tuple[str | int, ...], size: int) -> bytes:
    text = "\x00".join(str(part) for part in (seed, *name))
    return blake2b(text.encode(), digest_size=size).digest()
