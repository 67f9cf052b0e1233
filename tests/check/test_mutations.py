"""A server that is wrong in one way is found out."""

from pathlib import Path

import pytest

from tests.check.harness import Bench, misprinted
from tests.check.mutating import Mutation
from tests.check.rows_archive import ARCHIVE
from tests.check.rows_documents import DOCUMENTS, Misprint
from tests.check.rows_insightiq import INSIGHTIQ
from tests.check.rows_storyclash import STORYCLASH

MUTATIONS = [*INSIGHTIQ, *ARCHIVE, *STORYCLASH]


def name(row: Mutation | Misprint) -> str:
    return f"{row.vendor} {row.name}"


@pytest.mark.parametrize("mutation", MUTATIONS, ids=name)
def test_a_mutation_is_found_out(bench: Bench, mutation: Mutation) -> None:
    assert bench.run(mutation).open


@pytest.mark.parametrize("misprint", DOCUMENTS, ids=name)
def test_a_misprint_is_found_out(misprint: Misprint, tmp_path: Path) -> None:
    assert misprinted(misprint, tmp_path).open
