"""Contracts that a test writes itself, in the place of ours."""

from collections.abc import Callable
from pathlib import Path

import pytest

from emulator import resources

Contract = Callable[..., str]


@pytest.fixture
def contract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Contract:
    """Writes files, by the stem of their names, and gives the name to load them by, which no other test has."""
    folder = tmp_path / f"contract-{tmp_path.name}"
    folder.mkdir()
    monkeypatch.setattr(resources, "contracts", lambda: tmp_path)

    def write(**files: str) -> str:
        for stem, text in files.items():
            (folder / f"{stem}.yaml").write_text(text)
        return folder.name

    return write
