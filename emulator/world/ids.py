"""Identifiers as pure functions of a seed and a name, so that the same calls give the same ids."""

from hashlib import blake2b


def uuid(seed: int, *name: str | int) -> str:
    """A version-4 UUID, dashed, lower case; put together by hand, as every answer carries one."""
    digits = _digest(seed, name, 16).hex()
    variant = "89ab"[int(digits[16], 16) & 3]
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"


def hexadecimal(seed: int, *name: str | int, digits: int) -> str:
    return _digest(seed, name, digits // 2).hex()


def _digest(seed: int, name: tuple[str | int, ...], size: int) -> bytes:
    text = "\x00".join(str(part) for part in (seed, *name))
    return blake2b(text.encode(), digest_size=size).digest()
