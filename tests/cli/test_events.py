"""The commands on jobs, on webhooks, and on the inbox that they come to."""

import json

from tests.cli.asked import failed, read, told
from tests.cli.process import Served
from tests.support import TestWorld


def test_webhooks_are_listed_shown_and_delivered_again(served: Served, world: TestWorld) -> None:
    inbox = served.client.get("/_emulator/worlds/default").json()["inbox_url"]
    assert told(served, "webhooks") == "no deliveries in default\n"
    hook = {"url": inbox, "events": ["ACCOUNTS.CONNECTED"], "is_active": True, "name": "x"}
    made = world.insightiq("POST", "/v1/webhooks", json=hook)
    assert made.status_code == 201, made.text
    world.control("POST", "/insightiq/accounts", json={"work_platform": "Instagram"})
    (first,) = read(served, "webhooks", "list")["data"]
    assert "delivered" in told(served, "webhooks", "list", "--state", "delivered")
    assert read(served, "webhooks", "show", str(first["id"])) == first
    assert len(read(served, "webhooks", "redeliver", str(first["id"]))["data"]) == 1
    assert len(read(served, "webhooks", "redeliver", "--event", "ACCOUNTS.CONNECTED")["data"]) == 2
    assert len(read(served, "webhooks", "list")["data"]) == 4
    came = read(served, "inbox")["data"]
    assert len(came) == 4
    assert read(served, "inbox", "show", str(came[0]["number"])) == came[0]
    told(served, "inbox", "clear")
    assert told(served, "inbox") == "no received webhooks in default\n"


def test_an_address_of_the_inbox_answers_as_told(served: Served, world: TestWorld) -> None:
    url = read(served, "inbox", "answer", "--status", "500", "--times", "1")["url"]
    assert [served.client.post(url, json={}).status_code for _ in range(2)] == [500, 200]
    read(served, "inbox", "answer", "failing", "--status", "503")
    usual = read(served, "inbox", "answer", "failing", "--usual")
    assert (usual["status"], usual) == (200, read(served, "inbox", "answer", "failing"))
    assert "say either --usual" in failed(served, "inbox", "answer", "--usual", "--status", "500")


def test_webhooks_go_wrong_and_out_as_told(served: Served, world: TestWorld) -> None:
    rule = read(served, "webhooks", "faults", "set", "drop", "--event", "CONTENTS.*", "--times", "1")["data"][0]
    assert (rule["action"], rule["match"], rule["times"]) == ("drop", {"event": "CONTENTS.*"}, 1)
    assert "event=CONTENTS.*" in told(served, "webhooks", "faults")
    assert read(served, "webhooks", "faults", "set", "--from", '[{"action": "reorder"}]')["data"][0]["seconds"] == 60
    assert read(served, "webhooks", "faults", "clear") == {"data": []}
    usual = read(served, "webhooks", "settings")
    changed = read(served, "webhooks", "settings", "set", "insightiq.retry_seconds=[1,2]", "archive.timeout_seconds=9")
    assert (changed["insightiq"]["retry_seconds"], changed["archive"]["timeout_seconds"]) == ([1, 2], 9)
    assert changed["storyclash"] == usual["storyclash"]
    assert read(served, "webhooks", "settings", "clear") == usual


def test_jobs_are_listed_and_ended(served: Served, world: TestWorld) -> None:
    rules = [{"outcome": "FAILURE", "match": {"family": "email_lookup"}}]
    assert read(served, "jobs", "rules", "set", "--from", json.dumps(rules))["data"][0]["outcome"] == "FAILURE"
    assert "family=email_lookup" in told(served, "jobs", "rules")
    rule = read(served, "jobs", "rules", "set", "FAILURE", "--family", "email_lookup", "--after", "5")["data"][0]
    assert (rule["outcome"], rule["match"], rule["after"]) == ("FAILURE", {"family": "email_lookup"}, 5)
    assert read(served, "jobs", "rules", "clear") == {"data": []}
    asked = {"emails": ["jane@example.com"]}
    made = [world.insightiq("POST", "/v1/social/creators/email-lookup", json=asked) for _ in range(2)]
    assert {each.status_code for each in made} == {202}, made[0].text
    well, badly = (each["id"] for each in read(served, "jobs", "list")["data"])
    assert "has ended with" in told(served, "jobs", "fail", badly, "--code", "x")
    assert read(served, "jobs", "show", badly)["error"]["code"] == "x"
    assert read(served, "jobs", "complete", well)["has_result"]
