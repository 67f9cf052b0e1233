"""Where the data files are: `contracts/` and `fixtures/`, which are never imported by name."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def contracts() -> Path:
    return _folder("contracts")


def fixtures() -> Path:
    return _folder("fixtures")


def _folder(name: str) -> Path:
    """A wheel carries the folder inside the package; in a checkout it stands beside it."""
    packaged = _PACKAGE / name
    return packaged if packaged.is_dir() else _PACKAGE.parent / name
