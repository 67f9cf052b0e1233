"""A server that is wrong in one way is found out, and the correct one is not accused."""

from pathlib import Path

import pytest

from emulator.check.plan import LEVELS, Options
from emulator.check.session import Wish, check
from tests.check.harness import Bench, misprinted
from tests.check.mutating import Mutation
from tests.check.rows_archive import ARCHIVE
from tests.check.rows_documents import DOCUMENTS, Misprint
from tests.check.rows_fuzz import FUZZ
from tests.check.rows_insightiq import INSIGHTIQ
from tests.check.rows_storyclash import STORYCLASH
from tests.check.rows_workspace import WORKSPACE
from tests.check.survivors import SURVIVORS

MUTATIONS = [*INSIGHTIQ, *ARCHIVE, *WORKSPACE, *STORYCLASH, *FUZZ]
FOUND = [each for each in MUTATIONS if f"{each.vendor} {each.name}" not in SURVIVORS]
MISSED = [each for each in MUTATIONS if each not in FOUND]


def name(row: Mutation | Misprint) -> str:
    return f"{row.vendor} {row.name}"


@pytest.mark.parametrize("mutation", FOUND, ids=name)
def test_a_mutation_is_found_out(bench: Bench, mutation: Mutation) -> None:
    assert bench.run(mutation).open


@pytest.mark.parametrize("misprint", DOCUMENTS, ids=name)
def test_a_misprint_is_found_out(misprint: Misprint, tmp_path: Path) -> None:
    assert misprinted(misprint, tmp_path).open


@pytest.mark.parametrize("mutation", MISSED, ids=name)
def test_a_survivor_survives(bench: Bench, mutation: Mutation) -> None:
    """Otherwise its reason does not hold any more."""
    assert not bench.run(mutation).open


def test_at_least_95_of_100_mutations_are_found_out_and_there_are_enough_of_them() -> None:
    everything = [*map(name, MUTATIONS), *map(name, DOCUMENTS)]
    assert len(set(everything)) == len(everything) >= 150
    assert set(SURVIVORS) <= set(everything)
    assert len(SURVIVORS) <= 0.05 * len(everything)
    assert {each.vendor for each in MUTATIONS} == {"archive", "insightiq", "storyclash"}
    assert {each.level for each in MUTATIONS} | {"documents"} == set(LEVELS)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_correct_server_is_not_accused(seed: int) -> None:
    """benchmarks/accused.py asks the same for 20 seeds."""
    report = check(Wish(options=Options(seed=seed)))
    assert [each.first for each in report.open] == []
    assert report.exit_code == 0
