"""Requests that schemathesis makes up from the contract, valid and invalid ones."""

import json
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    positive_data_acceptance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from emulator.contract.document import resolve
from tests.contract.documents import emulated, media_schema
from tests.support import HOST, TestWorld

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    positive_data_acceptance,
    negative_data_rejection,
]

# Without `security`, as the credentials are not for schemathesis to make up.
DOCUMENT = {key: value for key, value in emulated("insightiq").items() if key not in ("security", "webhooks")}
RESULTS = list(schemathesis.openapi.from_dict(DOCUMENT).get_all_operations())
OPERATIONS = {each.ok().definition.raw["operationId"]: each.ok() for each in RESULTS if isinstance(each, Ok)}

# A request can break the contract only where the contract has an answer to that.
REQUESTS = [
    pytest.param(operation, mode, id=f"{name}-{mode.value}")
    for name, operation in OPERATIONS.items()
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE or "400" in operation.definition.raw["responses"]
]


def breaks_a_sum(operation: Any, body: Any) -> bool:
    """Whether the body breaks the contract's `x-sum`, a rule that JSON Schema, and so schemathesis, does not have."""
    node = operation.definition.raw.get("requestBody")
    schema = resolve(DOCUMENT, media_schema("insightiq", node)) if node else {}
    rule = schema.get("x-sum", {"of": (), "maximum": 0})
    defaults = {name: schema["properties"][name]["default"] for name in rule["of"]}
    total: int = sum(body.get(name, usual) for name, usual in defaults.items())
    return bool(total > rule["maximum"])


def test_requests_can_be_generated_for_every_operation() -> None:
    promised = sum(len(item.keys() - {"parameters"}) for item in DOCUMENT["paths"].values())
    assert len(OPERATIONS) == len(RESULTS) == promised


@pytest.mark.parametrize(("operation", "mode"), REQUESTS)
def test_generated_requests_are_answered_as_the_contract_says(
    world: TestWorld, operation: Any, mode: GenerationMode
) -> None:
    @settings(max_examples=12, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def hold(data: st.DataObject) -> None:
        world.control("POST", "/reset")
        case = data.draw(operation.as_strategy(generation_mode=mode))
        assume(mode is GenerationMode.NEGATIVE or not breaks_a_sum(operation, case.body))
        sent = case.as_transport_kwargs(base_url=HOST)
        content = json.dumps(sent["json"]) if "json" in sent else sent.get("data")
        asked = {key: sent[key] for key in ("method", "url", "params", "headers")}
        response = world.client.request(**asked, content=content, auth=world.insightiq_auth)
        response.elapsed = timedelta()  # schemathesis asks for it, and only a socket would have set it
        case.validate_response(response, checks=CHECKS)

    hold()
