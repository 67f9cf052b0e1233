"""Objects that a recipe brings along as JSON: they are found, listed and filtered as all others."""

import json
from pathlib import Path
from typing import Any

import pytest

from emulator.settings import Settings
from emulator.world.plan import Plan
from emulator.world.population import RecipeError
from tests.population.recipes import first_world, refusal, world_of, write_recipe
from tests.storyclash.reports import fetch_reports
from tests.support import Server, TestWorld, running

ID = "11111111-1111-4111-8111-111111111111"
USER = {
    "name": "Own User",
    "external_id": "own-1",
    "id": ID,
    "created_at": "2025-06-01T10:00:00.000000",
    "updated_at": "2025-06-01T10:00:00.000000",
    "status": "ACTIVE",
}


@pytest.fixture(scope="module")
def samples(server: Server) -> dict[str, Any]:
    """Objects as a world shows them, which another world is to show as its own."""
    world = server.world(clock={"mode": "frozen"}, limits={"storyclash": "off"})
    account = world.insightiq("GET", "/v1/accounts", params={"status": "CONNECTED"}).json()["data"]
    account = next(each for each in account if each["work_platform"]["name"] == "Instagram")
    by_account = {"account_id": account["id"]}
    taken = {
        "users": [world.insightiq("GET", f"/v1/users/{account['user']['id']}").json()],
        "accounts": [account],
        "profiles": world.insightiq("GET", "/v1/profiles", params=by_account).json()["data"],
        "contents": world.insightiq("GET", "/v1/social/contents", params=by_account).json()["data"],
    }
    campaign = world.storyclash("/external-api/campaigns").json()[0]
    data = world.storyclash(f"/external-api/campaign/{campaign['id']}").json()
    world.control("DELETE")
    return {"insightiq": taken, "storyclash": {"campaigns": [data]}}


def shown(world: TestWorld, path: str, **wanted: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = world.insightiq("GET", path, params={"limit": 100, **wanted}).json()["data"]
    return found


def test_what_one_world_shows_another_shows_too(tmp_path: Path, samples: dict[str, Any]) -> None:
    taken = samples["insightiq"]
    with world_of(tmp_path, objects=samples) as world:
        assert shown(world, "/v1/users") == taken["users"]
        assert shown(world, "/v1/accounts") == taken["accounts"]
        assert shown(world, "/v1/profiles") == taken["profiles"]
        account = taken["accounts"][0]
        contents = {each["id"]: each for each in shown(world, "/v1/social/contents", account_id=account["id"])}
        assert contents == {each["id"]: each for each in taken["contents"]}
        (report,) = fetch_reports(world)
        data = samples["storyclash"]["campaigns"][0]
        assert (report.campaign, report.posts, report.creators) == (data["campaign"], data["posts"], data["creators"])


def test_they_are_found_one_by_one_and_filtered(tmp_path: Path, samples: dict[str, Any]) -> None:
    taken = samples["insightiq"]
    account, content = taken["accounts"][0], taken["contents"][0]
    with world_of(tmp_path, creators=6, posts=40, connected_users=4, objects=samples) as world:
        for kind, path in (("users", "users"), ("accounts", "accounts"), ("profiles", "profiles")):
            assert world.insightiq("GET", f"/v1/{path}/{taken[kind][0]['id']}").json() == taken[kind][0]
        assert world.insightiq("GET", f"/v1/social/contents/{content['id']}").json() == content
        wanted = {"user_id": account["user"]["id"], "work_platform_id": account["work_platform"]["id"]}
        assert shown(world, "/v1/accounts", **wanted) == [account]
        assert shown(world, "/v1/users", external_id=taken["users"][0]["external_id"]) == taken["users"]
        assert shown(world, "/v1/users") != taken["users"]


def test_they_live_with_the_world(tmp_path: Path, samples: dict[str, Any]) -> None:
    """What the API does with accounts, contents and time it does with these too, as far as the rows go."""
    account = samples["insightiq"]["accounts"][0]
    with world_of(tmp_path, objects=samples) as world:
        assert world.insightiq("POST", "/v1/profiles/refresh", json={"account_id": account["id"]}).status_code < 300
        assert (
            world.insightiq("POST", "/v1/social/contents/refresh", json={"account_id": account["id"]}).status_code < 300
        )
        assert not [task for task in world.advance(by="P2D")["ran"] if "error" in task]
        assert world.insightiq("POST", f"/v1/accounts/{account['id']}/disconnect").status_code == 200
        assert shown(world, "/v1/accounts")[0]["status"] == "NOT_CONNECTED"


def test_a_campaign_may_come_in_pages(tmp_path: Path, samples: dict[str, Any]) -> None:
    (data,) = samples["storyclash"]["campaigns"]
    (tmp_path / "pages.json").write_text(json.dumps([{**data, "posts": data["posts"][at::2]} for at in range(2)]))
    with world_of(tmp_path, objects={"storyclash": {"campaigns": "pages.json"}}) as world:
        (report,) = fetch_reports(world)
        assert sorted(post["id"] for post in report.posts) == sorted(post["id"] for post in data["posts"])
        assert report.creators == data["creators"]


def test_comments_and_figures_stay_as_they_are(tmp_path: Path, samples: dict[str, Any]) -> None:
    account, content = samples["insightiq"]["accounts"][0], samples["insightiq"]["contents"][0]
    figures = {**dict.fromkeys(content["engagement"]), "like_count": 3, "dislike_count": 77}
    content = {**content, "engagement": figures}
    comment = {
        **{key: content[key] for key in ("created_at", "updated_at", "published_at", "user", "account")},
        "work_platform": content["work_platform"],
        "id": ID,
        "external_id": "1",
        "text": "Ours alone",
        "content": {key: content[key] for key in ("id", "url", "published_at")},
    }
    objects = {"insightiq": {**samples["insightiq"], "contents": [content], "comments": [comment]}}
    with world_of(tmp_path, objects=objects) as world:
        wanted = {"account_id": account["id"], "content_id": content["id"]}
        assert shown(world, "/v1/social/comments", **wanted) == [comment]
        assert shown(world, "/v1/social/comments", **wanted, to_date="2020-01-01") == []
        world.insightiq("POST", "/v1/social/contents/refresh", json={"account_id": account["id"]})
        assert not [task for task in world.advance(by="P8D")["ran"] if "error" in task]
        assert world.insightiq("GET", f"/v1/social/contents/{content['id']}").json()["engagement"] == figures


def test_one_with_the_id_of_a_generated_one_takes_its_place(tmp_path: Path) -> None:
    fields = {"creators": 3, "posts": 30, "brands": 1, "campaigns": 1, "connected_users": 3}
    with world_of(tmp_path, **fields) as world:
        first = shown(world, "/v1/users")[0]
        campaign = fetch_reports(world)[0].campaign
    changed = {**first, "name": "Somebody else"}
    data = {"campaign": {**campaign, "name": "Ours"}, "posts": [], "creators": [], "hasMoreResults": False}
    objects = {"insightiq": {"users": [changed]}, "storyclash": {"campaigns": [data]}}
    with world_of(tmp_path, **fields, objects=objects) as world:
        users = shown(world, "/v1/users")
        assert len(users) == 3
        assert changed in users
        (report,) = fetch_reports(world)
        assert (report.campaign["name"], report.posts, report.creators) == ("Ours", [], [])


def test_they_come_from_a_file_beside_the_recipe(tmp_path: Path) -> None:
    (tmp_path / "users.json").write_text(json.dumps([USER]))
    with world_of(tmp_path, objects={"insightiq": {"users": "users.json"}}) as world:
        assert shown(world, "/v1/users") == [USER]


@pytest.mark.parametrize(
    ("objects", "complaint"),
    [
        ({"insightik": {}}, "objects.insightik: unknown key; did you mean 'insightiq'?"),
        ({"archive": {"item": []}}, "objects.archive.item: unknown key; did you mean 'items'?"),
        ({"insightiq": {"user": []}}, "objects.insightiq.user: unknown key; did you mean 'users'?"),
        ({"insightiq": []}, "objects.insightiq: is list []; allowed: a mapping of kinds to objects"),
        ({"insightiq": {"users": {}}}, "objects.insightiq.users: is dict {}; allowed: a list of objects"),
        ({"insightiq": {"users": ["x"]}}, "objects.insightiq.users.0: is str 'x'; allowed: an object"),
        ({"insightiq": {"users": [{**USER, "status": "GONE"}]}}, "objects.insightiq.users.0.status: "),
        ({"insightiq": {"users": [{"id": ID}]}}, 'objects.insightiq.users.0: "name" is a required property'),
        ({"insightiq": {"users": [USER, USER]}}, f"users.1: has the id '{ID}', as objects.insightiq.users.0 has"),
        (
            {"insightiq": {"users": [{**USER, "status": "GONE"}]}},
            'users.0.status: is "GONE"; allowed: ACTIVE',
        ),
        ({"insightiq": {"users": "nowhere.json"}}, "nowhere.json cannot be read as JSON"),
        ({"storyclash": {"campaigns": [{"campaign": {}}]}}, "objects.storyclash.campaigns.0"),
    ],
)
def test_what_the_contract_does_not_allow_is_told_with_its_place(tmp_path: Path, objects: Any, complaint: str) -> None:
    assert complaint in refusal(tmp_path, objects)


ACCOUNT: dict[str, Any] = {
    "id": "22222222-2222-4222-8222-222222222222",
    "created_at": "2025-06-01T10:00:00.000000",
    "updated_at": "2025-06-01T10:00:00.000000",
    "user": {"id": ID, "name": "Own User"},
    "work_platform": {
        "id": "9bb8913b-ddd9-430b-a66a-d74d846e6c66",
        "name": "Instagram",
        "logo_url": "https://x.example",
    },
    "platform_username": "own",
    "status": "CONNECTED",
    "platform_profile_name": "Own",
    "platform_profile_id": "1",
    "data": {},
}


@pytest.mark.parametrize("people", [{}, {"creators": 3, "connected_users": 2}])
def test_a_reference_to_nobody_is_told(tmp_path: Path, people: dict[str, Any]) -> None:
    """Whom the population has is known when it is made: then it is told, and nothing of it is left."""
    message = refusal(tmp_path, {"insightiq": {"accounts": [ACCOUNT]}}, **people)
    assert f"objects.insightiq.accounts.0.user.id: is '{ID}', and there is no user with this id; bring it" in message
    elsewhere = {**ACCOUNT, "work_platform": {**ACCOUNT["work_platform"], "id": ID}}
    message = refusal(tmp_path, {"insightiq": {"users": [USER], "accounts": [elsewhere]}}, **people)
    assert "objects.insightiq.accounts.0.work_platform.id: is" in message
    with world_of(tmp_path, objects={"insightiq": {"users": [USER], "accounts": [ACCOUNT]}}, **people) as world:
        assert world.insightiq("GET", f"/v1/accounts/{ACCOUNT['id']}").json() == ACCOUNT


def test_an_account_of_a_generated_user_is_fine(tmp_path: Path) -> None:
    people = {"creators": 3, "connected_users": 2}
    with world_of(tmp_path, **people) as world:
        user = shown(world, "/v1/users")[0]
    account = {**ACCOUNT, "user": {"id": user["id"], "name": user["name"]}}
    with world_of(tmp_path, objects={"insightiq": {"accounts": [account]}}, **people) as world:
        assert account in shown(world, "/v1/accounts", user_id=user["id"])


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "users.json").open("wb") as file:
        file.truncate(65 * 2**20)
    assert "users.json is larger than 64 MiB" in refusal(tmp_path, {"insightiq": {"users": "users.json"}})


def test_nothing_is_left_of_a_world_whose_objects_are_refused(tmp_path: Path) -> None:
    path = write_recipe(tmp_path, objects={"insightiq": {"users": [{"id": ID}]}})
    with running(Settings(recipe="empty", state=tmp_path / "state.db")) as server:
        with pytest.raises(RecipeError):
            server.emulator.control.worlds.create(Plan("other", recipe=str(path)))
        assert [world["name"] for world in server.client.get("/_emulator/worlds").json()["data"]] == ["default"]
        assert first_world(server).now()
