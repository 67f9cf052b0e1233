"""Requests that schemathesis makes up for what the kit rests on: members of worlds, and snapshots."""

import json
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from emulator.contract.document import load
from tests.support import HOST, Server, TestWorld
from tests.worlds.calls import made

CHECKS = [not_a_server_error, status_code_conformance, response_schema_conformance]
OURS = ("creators", "posts", "campaigns", "snapshots", "restore", "export", "{snapshot}")
PATHS = {path: item for path, item in load("control")["paths"].items() if path.rpartition("/")[2] in OURS}
DOCUMENT = {key: value for key, value in load("control").items() if key != "security"} | {"paths": PATHS}
RESULTS = [each.ok() for each in schemathesis.openapi.from_dict(DOCUMENT).get_all_operations() if isinstance(each, Ok)]
OPERATIONS = {each.definition.raw["operationId"]: each for each in RESULTS}


# A request can break the contract only where the contract asks for something.
REQUESTS = [
    pytest.param(name, mode, id=f"{name}-{mode.value}")
    for name, operation in OPERATIONS.items()
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE or "requestBody" in operation.definition.raw
]


@pytest.mark.parametrize(("name", "mode"), REQUESTS)
def test_generated_requests_are_answered_as_the_contract_says(server: Server, name: str, mode: GenerationMode) -> None:
    """Names of creators and the like are made up too, so most are refused; those of `mia` are not."""

    @settings(max_examples=25, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def hold(data: st.DataObject) -> None:
        with made(server, recipe="empty") as world:
            world.control("POST", "/creators", json={"handle": "mia"})
            case = data.draw(OPERATIONS[name].as_strategy(generation_mode=mode))
            case.path_parameters = {"world": world.name, "snapshot": "default"}
            if isinstance(case.body, dict) and "creator" in case.body and data.draw(st.booleans()):
                case.body = {**case.body, "creator": "mia"}
            answer = sent(world, case)
            case.validate_response(answer, checks=CHECKS)

    hold()


def sent(world: TestWorld, case: Any) -> Any:
    given = case.as_transport_kwargs(base_url=HOST)
    content = json.dumps(given["json"]) if "json" in given else given.get("data")
    asked = {key: given[key] for key in ("method", "url", "params", "headers")}
    answer = world.client.request(**asked, content=content)
    answer.elapsed = timedelta()  # schemathesis asks for it, and only a socket would have set it
    return answer
