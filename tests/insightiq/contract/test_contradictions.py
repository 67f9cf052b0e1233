"""The page of the contract's notes is complete and up to date."""

import re

from emulator.contract.document import read_yaml
from tests.contract.documents import CONTRACTS
from tests.insightiq.contract.contradictions import COMMAND, PAGE, notes, page


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text() == page(), f"run: {COMMAND}"


def test_the_page_shows_every_note_of_the_contract_with_its_place() -> None:
    shown = " ".join(PAGE.read_text().split())
    for file in (CONTRACTS / "insightiq").rglob("*.yaml"):
        found = list(notes(read_yaml(file)))
        assert len(found) == len(re.findall(r"^\s*x-note:", file.read_text(), re.MULTILINE))
        for place, note in found:
            assert note in shown
            assert f"`{place}`" in shown
