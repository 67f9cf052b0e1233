"""Whatever the schema allows is answered: generated operations meet foreseen errors, and no others."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from graphql import parse_value
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok

from emulator import resources
from tests.support import HOST, Server, TestWorld


def literal(value: Any) -> str:
    """JSON as GraphQL writes it: keys have no quotes."""
    match value:
        case dict():
            return "{" + ", ".join(f"{name}: {literal(each)}" for name, each in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(literal, value)) + "]"
    return json.dumps(value)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-100, 100) | st.text("ab-é", max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["accountNames", "provider", "takenAt", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)
schemathesis.graphql.scalar("JSON", _JSON.map(lambda value: parse_value(literal(value))))

SCHEMA = schemathesis.graphql.from_file((resources.contracts() / "archive" / "workspace.graphql").read_text())
OPERATIONS = {each.ok().label: each.ok() for each in SCHEMA.get_all_operations() if isinstance(each, Ok)}
FORESEEN = re.compile(
    r"first must be less than or equal to 100$|Invalid cursor$|Cannot coerce |"
    r"(urls|mediaContents|transcriptions|itemIds|mediaContentIds)\b|Query has (depth|complexity) of |"
    r"Cannot return null for non-nullable field Query.creator$"
)
CODED = {"WRONG_VIEW_TYPE_FOR_ITEMS", "WRONG_VIEW_TYPE", "NOT_FOUND", "argumentLiteralsIncompatible"}
OWN = re.compile(r"superSearch|customAttributeConditions|Unknown custom attribute|Custom attribute|NOT_VIRAL")


@pytest.fixture(scope="module")
def changed(server: Server) -> Iterator[TestWorld]:
    """A world that nobody else looks at."""
    world = server.world(clock={"mode": "frozen"})
    yield world
    world.control("DELETE")


def foreseen(error: dict[str, Any]) -> bool:
    code = error.get("extensions", {}).get("code")
    return code in CODED or any(words.search(error["message"]) for words in (FORESEEN, OWN))


def test_every_root_field_is_among_them() -> None:
    kinds = {"Query": 29, "Mutation": 24}
    assert {kind: sum(label.startswith(f"{kind}.") for label in OPERATIONS) for kind in kinds} == kinds


@pytest.mark.parametrize("operation", [pytest.param(each, id=label) for label, each in OPERATIONS.items()])
def test_generated_operations_are_answered(changed: TestWorld, operation: Any) -> None:
    credentials = changed.credentials["archive"]
    headers = {"authorization": f"Bearer {credentials['token']}", "workspace-id": credentials["workspace_ids"][0]}

    @settings(max_examples=12, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def hold(data: st.DataObject) -> None:
        sent = data.draw(operation.as_strategy()).as_transport_kwargs(base_url=HOST)
        response = changed.client.post("/api/v2", content=json.dumps(sent["json"]), headers=headers)
        assert response.status_code == 200
        answer = response.json()
        assert all(map(foreseen, answer.get("errors", ()))), answer

    hold()
