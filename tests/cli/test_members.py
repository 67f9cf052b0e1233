"""The commands that make what is in a world."""

from tests.cli.asked import failed, read, told
from tests.cli.process import Served
from tests.support import TestWorld


def test_members_are_made_as_told(served: Served, world: TestWorld) -> None:
    creator = read(
        served, "creator", "make", "mia.cli", "--followers", "48200", "--country", "FR", "--topic", "fashion"
    )
    assert (creator["handle"], creator["country"], creator["topics"]) == ("mia.cli", "FR", ["fashion"])
    assert [(each["platform"], each["followers"]) for each in creator["profiles"]] == [("Instagram", 48200)]
    more = '{"phone": "+33 1", "name": "From"}'
    profiles = ("--profile", "TikTok=7", "--profile", "Instagram")
    other = read(served, "creator", "make", "leo.cli", "--from", more, "--name", "Leo", "--untracked", *profiles)
    assert (other["phone"], other["name"]) == ("+33 1", "Leo")
    assert [(each["platform"], each["followers"]) for each in other["profiles"]] == [
        ("TikTok", 7),
        ("Instagram", 10_000),
    ]
    campaign = read(served, "campaign", "make", "Spring", "--creator", "mia.cli", "--creator", str(other["id"]))
    assert (campaign["name"], campaign["creators"]) == ("Spring", [creator["id"], other["id"]])
    options = ("--likes", "10", "--at", "2025-12-24T00:00:00Z", "--campaign", str(campaign["id"]))
    post = read(served, "post", "make", "mia.cli", *options, "--caption", "New #northbay")
    assert (post["likes"], post["comments"], post["published_at"]) == (10, 0, "2025-12-24T00:00:00.000000Z")
    assert (post["hashtags"], post["campaigns"]) == (["northbay"], [campaign["id"]])
    last = read(served, "post", "make", str(creator["id"]), "--from", "-", given='{"shares": 3}')
    assert (last["creator_id"], last["shares"]) == (creator["id"], 3)


def test_accounts_are_connected_ended_and_connected_again(served: Served, world: TestWorld) -> None:
    told(served, "creator", "make", "mia.cli")
    account = read(served, "account", "connect", "mia.cli", "--product", "IDENTITY")
    (listed,) = read(served, "account", "list", "--handle", "mia.cli")["data"]
    assert (listed["id"], listed["status"]) == (account["id"], "CONNECTED")
    assert read(served, "account", "disconnect", account["id"])["status"] == "NOT_CONNECTED"
    assert read(served, "account", "reconnect", account["id"])["status"] == "CONNECTED"
    assert read(served, "account", "expire", account["id"])["status"] == "CONNECTED"
    assert "needs one that is" in failed(served, "account", "reconnect", account["id"])


def test_credits_are_bought_for_the_first_workspace_unless_told(served: Served, world: TestWorld) -> None:
    (before,) = read(served, "wallet", "list")["data"]
    after = read(served, "wallet", "buy", "500")
    assert (after["workspace_id"], after["left"]) == (before["workspace_id"], before["left"] + 500)
    assert f"{after['left'] + 1} left to spend" in told(
        served, "wallet", "buy", "1", "--workspace", after["workspace_id"]
    )
