"""Exchanges that were captured elsewhere are held to the contracts, without a target."""

import gzip
import json
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.check.command import check

UUID = "3f0c2a7e-5f3b-4b6e-9d1a-0c7c2b1f8e54"
USER = {
    "name": "Ada",
    "external_id": "ada-1",
    "id": UUID,
    "created_at": "2021-12-13T07:54:41.078254",
    "updated_at": "2021-12-13T07:54:41.078254",
    "status": "ACTIVE",
}
URL = f"https://api.insightiq.ai/v1/users/{UUID}"


def har(body: Any, encoding: str | None = None) -> str:
    text = json.dumps(body)
    content = {"mimeType": "application/json", "text": b64encode(text.encode()).decode() if encoding else text}
    content |= {"encoding": encoding} if encoding else {}
    headers = [{"name": "Content-Type", "value": "application/json"}, {"name": "Request-Id", "value": UUID}]
    request = {"method": "GET", "url": URL, "headers": []}
    return json.dumps(
        {
            "log": {
                "entries": [{"request": request, "response": {"status": 200, "headers": headers, "content": content}}]
            }
        }
    )


def cassette(body: Any, compress: bool = False) -> str:
    text = json.dumps(body).encode()
    headers = {"Content-Type": ["application/json"], "request-id": [UUID]}
    response = {"status": {"code": 200, "message": "OK"}, "headers": headers}
    response |= {"body": {"string": gzip.compress(text) if compress else text.decode()}}
    request: dict[str, Any] = {"method": "GET", "uri": URL, "body": None, "headers": {}}
    return yaml.safe_dump({"version": 1, "interactions": [{"request": request, "response": response}]})


def exchange(body: Any) -> str:
    headers = {"content-type": "application/json", "request-id": UUID}
    return json.dumps({"method": "GET", "url": URL, "status": 200, "headers": headers, "body": body})


FORMS = {
    "a.har": har,
    "b.har": lambda body: har(body, "base64"),
    "c.yaml": cassette,
    "d.yaml": lambda body: cassette(body, compress=True),
    "e.json": exchange,
}


@pytest.mark.parametrize("name", FORMS)
def test_a_good_answer_holds(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(FORMS[name](USER))
    done = check("insightiq", "--recorded", tmp_path / name)
    assert done.code == 0, done.out
    assert "1 checks held" in done.out


@pytest.mark.parametrize("name", FORMS)
def test_a_bad_answer_diverges(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(FORMS[name](USER | {"name": 7}))
    done = check("insightiq", "--recorded", tmp_path / name)
    assert done.code == 1
    assert "insightiq/get_user/response.schema at /name" in done.out


def test_a_folder_holds_what_its_files_hold(tmp_path: Path) -> None:
    for name, write in FORMS.items():
        (tmp_path / name).write_text(write(USER))
    done = check("--recorded", tmp_path)
    assert done.code == 0
    assert f"{len(FORMS)} checks held" in done.out


def test_what_belongs_to_no_operation_is_listed_and_alone_is_no_pass(tmp_path: Path) -> None:
    (tmp_path / "a.har").write_text(har(USER).replace("/v1/users/", "/v9/users/"))
    done = check("--recorded", tmp_path / "a.har")
    assert done.code == 2
    assert "no operation of the contracts is GET /v9/users/" in done.out
    assert "No check was executed." in done.out


@pytest.mark.parametrize("text", ["{", "[1]", "7", '{"log": {}}', '{"interactions": [{}]}', '{"method": "GET"}'])
def test_what_is_no_recording_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text)
    done = check("--recorded", tmp_path / "a.json")
    assert done.code == 2
    assert len(done.err.splitlines()) == 1
    assert "a.json" in done.err


def test_a_run_against_the_emulator_is_recorded_and_holds_again(tmp_path: Path) -> None:
    file = tmp_path / "run.har"
    assert check("storyclash", "archive", "--record", file).code == 0
    again = check("storyclash", "archive", "--recorded", file)
    assert again.code == 0, again.out
