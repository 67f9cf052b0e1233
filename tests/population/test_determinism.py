"""Recipe, seed, epoch and the same calls give the same bytes."""

import os
import subprocess
import sys

import pytest

from tests.population.answers import answers, digest


def test_two_servers_answer_alike_to_the_byte_whatever_the_machines_clock_says() -> None:
    one, other = answers(real_time=1_800_000_000_000_000), answers(real_time=1_900_000_123_456_789)
    assert len(one) > 30
    assert one == other


def test_another_seed_gives_other_people_and_other_ids() -> None:
    one, other = answers(seed=1), answers(seed=2)
    assert [each.status for each in one] == [each.status for each in other]
    same = [a.asked for a, b in zip(one, other, strict=True) if a.status == 200 and a.body == b.body]
    # work platforms are the vendor's own; a bad key, a missing creator and errors of GraphQL name nobody
    assert not [asked for asked in same if "/v1/" in asked and "/api/" not in asked and "work-platforms" not in asked]
    assert one[0].body != other[0].body


def test_the_hash_seed_of_python_changes_nothing(pytestconfig: pytest.Config) -> None:
    programs = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.population.answers"],
            cwd=pytestconfig.rootpath,
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in ("1", "4242")
    ]
    printed = [program.communicate(timeout=60)[0].strip() for program in programs]
    assert printed == [digest()] * 2
