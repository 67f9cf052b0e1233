"""Operations that schemathesis makes up from the schema are answered, and never with an error that is not theirs."""

import json
import re
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok

from emulator import resources
from tests.support import HOST, TestWorld

SCHEMA = schemathesis.graphql.from_file((resources.contracts() / "archive" / "partners.graphql").read_text())
# A wrong cursor, a blank tag, an unknown creator where the schema demands a report.
EXPECTED = re.compile(r"Invalid input: |Name can't be blank|Cannot return null for .* Query.creatorAudienceReport")
OPERATIONS = {each.ok().label: each.ok() for each in SCHEMA.get_all_operations() if isinstance(each, Ok)}


def test_every_root_field_is_among_them() -> None:
    kinds = {"Query": 6, "Mutation": 7}
    assert {kind: sum(label.startswith(f"{kind}.") for label in OPERATIONS) for kind in kinds} == kinds


@pytest.mark.parametrize("operation", [pytest.param(each, id=label) for label, each in OPERATIONS.items()])
def test_generated_operations_are_answered(world: TestWorld, operation: Any) -> None:
    token = {"authorization": f"Bearer {world.credentials['archive']['token']}"}

    @settings(max_examples=15, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def hold(data: st.DataObject) -> None:
        case = data.draw(operation.as_strategy())
        sent = case.as_transport_kwargs(base_url=HOST)
        response = world.client.post("/api/v1", content=json.dumps(sent["json"]), headers=token)
        assert response.status_code == 200
        answer = response.json()
        assert all(EXPECTED.match(error["message"]) for error in answer.get("errors", ())), answer

    hold()
