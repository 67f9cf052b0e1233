"""Bundled documents, kept between starts: the YAML takes a tenth of a second to read, its result a hundredth."""

import os
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson

from emulator import __version__


def kept(folder: Path, make: Callable[[], Any]) -> Any:
    """What `make` gives for this folder, from the cache as long as no file of the folder has changed.

    Where nothing can be written, every start makes it anew.
    """
    file = _home() / f"{_fingerprint(folder)}.json"
    with suppress(OSError, orjson.JSONDecodeError):
        return orjson.loads(file.read_bytes())
    made = make()
    with suppress(OSError, TypeError):  # a document with keys that JSON does not have is read again every time
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_suffix(f".{uuid4().hex}")
        draft.write_bytes(orjson.dumps(made))
        draft.replace(file)  # at once, so that nobody reads half of it
    return made


def _home() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()) / "creator-api-emulator"


def _fingerprint(folder: Path) -> str:
    files = [(str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in sorted(folder.rglob("*.yaml"))]
    return sha256(repr((__version__, files)).encode()).hexdigest()
