"""The wheel holds the package with its data and nothing else, and works wherever it is put."""

import configparser
import os
import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

from emulator import __version__

ROOT = Path(__file__).parents[1]
CARRIED = {"emulator": "emulator", "contracts": "emulator/contracts", "fixtures": "emulator/fixtures"}
INFO = f"creator_api_emulator-{__version__}.dist-info"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder on the path of imports, with nothing but what the wheel brings."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def sources() -> set[str]:
    """The files of the three folders, by their places in the wheel, without what Python leaves behind."""
    found = set()
    for folder, place in CARRIED.items():
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                found.add(f"{place}/{path.relative_to(ROOT / folder).as_posix()}")
    return found


def run(site: Path, *arguments: str) -> str:
    """In a folder without a checkout around it."""
    environment = {**os.environ, "PYTHONPATH": str(site), "PYTHONDONTWRITEBYTECODE": "1"}
    elsewhere = site.parent
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=elsewhere, env=environment, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def test_it_is_for_every_platform(wheel: Path) -> None:
    assert wheel.name == f"creator_api_emulator-{__version__}-py3-none-any.whl"


def test_it_holds_the_package_the_contracts_and_the_fixtures(site: Path) -> None:
    held = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    info = {f"{INFO}/{name}" for name in ("METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE")}
    assert held == sources() | info


def test_it_has_one_import_name(site: Path) -> None:
    assert {path.name for path in site.iterdir()} == {"emulator", INFO}


def test_it_has_one_command_and_one_plugin(site: Path) -> None:
    declared = configparser.ConfigParser()
    declared.read(site / INFO / "entry_points.txt")
    assert {name: dict(declared[name]) for name in declared.sections()} == {
        "console_scripts": {"emulator": "emulator.cli:main"},
        "pytest11": {"emulator": "emulator.testing.plugin"},
    }


def test_its_metadata_says_what_it_is(site: Path) -> None:
    metadata = Parser().parsestr((site / INFO / "METADATA").read_text())
    assert (metadata["Name"], metadata["Version"]) == ("creator-api-emulator", __version__)
    assert metadata["License-Expression"] == "MIT"
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata.get_payload(), "the README"
    bare = [each for each in metadata.get_all("Requires-Dist") or () if "extra ==" not in each]
    assert not [each for each in bare if each.startswith(("pytest", "hypothesis", "mypy", "ruff"))]


def test_its_command_runs(site: Path) -> None:
    assert run(site, "-m", "emulator", "--version").split()[-1] == __version__


def test_its_emulator_is_built_from_its_own_contracts_and_fixtures(site: Path) -> None:
    program = """
from emulator import resources
from emulator.app import Emulator
from emulator.settings import Settings
emulator = Emulator(Settings(recipe="empty"))
print(emulator.prepare().recipe, resources.contracts(), resources.fixtures())
emulator.close()
"""
    package = site / "emulator"
    assert run(site, "-c", program) == f"empty {package / 'contracts'} {package / 'fixtures'}"
