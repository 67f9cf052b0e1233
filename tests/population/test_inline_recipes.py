"""Recipes that come with a request: checked as files are, and worlds like any other."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.contract.document import load
from emulator.settings import Settings
from tests.population.recipes import world_of
from tests.storyclash.reports import fetch_reports
from tests.support import Server, TestWorld, running

EPOCH = "2026-01-01T00:00:00Z"
MIA: dict[str, Any] = {"handle": "mia", "platforms": {"TikTok": 48_200}, "posts": 12, "connected": True}
SHOPS = [{"id": 5, "name": "Five"}]
RECIPE: dict[str, Any] = {"epoch": EPOCH, "clock": "frozen", "named_creators": [MIA], "shops": SHOPS}
USER = {
    "id": "11111111-1111-4111-8111-111111111111",
    "name": "Own User",
    "external_id": "own-1",
    "created_at": "2025-06-01T10:00:00.000000",
    "updated_at": "2025-06-01T10:00:00.000000",
    "status": "ACTIVE",
}


def answers(world: TestWorld) -> list[Any]:
    asked = ("/v1/users", "/v1/accounts", "/v1/profiles")
    return [world.insightiq("GET", path, params={"limit": 100}).json() for path in asked]


def refused(server: Server, recipe: object) -> str:
    answer = server.client.post("/_emulator/worlds", json={"recipe": recipe})
    assert answer.status_code == 400
    return str(answer.json()["detail"])


def origin(server: Server, world: TestWorld) -> str:
    return server.emulator.control.worlds.get(world.name).origin


def test_a_recipe_that_comes_with_the_request_makes_the_world_of_its_file(server: Server, tmp_path: Path) -> None:
    world = server.world(recipe=RECIPE)
    assert world.control("GET").json()["recipe"] == "inline"
    with world_of(tmp_path, **RECIPE) as other:
        assert answers(world) == answers(other)
    assert answers(world)[1]["data"][0]["platform_username"] == "mia"


def test_recipes_that_mean_the_same_share_their_population(server: Server) -> None:
    """However the profiles are said, and whatever stands for what is left out."""
    longer = {**MIA, "profiles": [{"platform": "TikTok", "followers": 48_200}], "connected": ["TikTok"]}
    del longer["platforms"]
    one, two, three = (
        server.world(recipe={**RECIPE, "named_creators": [said], **more})
        for said, more in ((MIA, {}), (longer, {"creators": 0}), ({**MIA, "posts": 13}, {}))
    )
    assert origin(server, one) == origin(server, two) != origin(server, three)


def test_it_is_reset_forked_and_exported_like_any_other(server: Server) -> None:
    world = server.world(recipe=RECIPE, name="inline-first")
    before = answers(world)
    export = world.control("GET", "/export").json()
    world.insightiq("POST", "/v1/users", json={"name": "A", "external_id": "a"})
    assert answers(world) != before
    fork = server.world(**{"from": {"world": world.name}})
    assert answers(fork) == answers(world)
    world.control("POST", "/reset")
    assert answers(world) == before
    with running(Settings(recipe="empty")) as elsewhere:
        imported = elsewhere.world(name="inline-again", **{"from": {"export": export}})
        assert answers(imported) == before
        imported.control("POST", "/creators", json={"handle": "ann"})
        assert imported.control("GET").json()["recipe"] == "inline"


def test_it_outlives_its_server(tmp_path: Path) -> None:
    with running(Settings(recipe="empty", state=tmp_path / "state.db")) as server:
        world = server.world(recipe=RECIPE, name="kept")
        world.control("POST", "/creators", json={"handle": "ann", "connected": True})
        before = answers(world)
    with running(Settings(recipe="empty", state=tmp_path / "state.db")) as server:
        world = TestWorld("kept", server.client.get("/_emulator/worlds/kept").json()["credentials"], server.client)
        assert answers(world) == before
        post = world.control("POST", "/posts", json={"creator": "mia"}).json()
        assert post["platform"] == "TikTok"


def test_objects_stand_in_it_as_lists(server: Server) -> None:
    world = server.world(recipe={"epoch": EPOCH, "objects": {"insightiq": {"users": [USER]}}})
    assert answers(world)[0]["data"] == [USER]


@pytest.mark.parametrize(
    ("recipe", "seen"),
    [
        ("No such", "recipe"),
        ("nowhere", "no recipe is called 'nowhere'"),
        (5, "recipe"),
        ({"creatorz": 3}, "body recipe.creatorz: unknown key; did you mean 'creators'?"),
        ({"creators": 200_001}, "body recipe.creators: is int 200001; allowed: a whole number from 0 to 200000"),
        (
            {"named_creators": [{"handle": "a", "platforms": {"Instgram": 5}}]},
            "body recipe.named_creators.0.platforms.Instgram: is str 'Instgram'; did you mean 'Instagram'?",
        ),
        ({"named_creators": [{"handle": "a" * 101}]}, "body recipe.named_creators.0.handle: is str"),
        ({"named_creators": [{"handle": str(n)} for n in range(10_001)]}, "allowed: 0 to 10000 creators"),
        ({"creators": 1, "posts": 5_000_000, "named_creators": [MIA]}, "recipe.named_creators: have 12 posts; allowed"),
        ({"shops": [{"id": n, "name": "a"} for n in range(1, 1002)]}, "recipe.shops: has 1001 entries"),
        (
            {"named_campaigns": [{"name": "x", "brand": "nobody"}]},
            "body recipe.named_campaigns.0.brand: 'nobody' is not known; there is none",
        ),
        (
            {"objects": {"insightiq": {"users": "users.json"}}},
            "insightiq.users: is str 'users.json'; only",
        ),
        ({"objects": {"insightiq": {"users": "/etc/passwd"}}}, "put the list of objects here"),
        (
            {"objects": {"insightiq": {"users": [{**USER, "status": "GONE"}]}}},
            "recipe.objects.insightiq.users.0.status: ",
        ),
        ({"objects": {"insightik": {}}}, "body recipe.objects.insightik: unknown key; did you mean 'insightiq'?"),
    ],
)
def test_a_bad_one_is_told_with_its_place_and_makes_nothing(server: Server, recipe: object, seen: str) -> None:
    before = server.client.get("/_emulator/worlds").json()
    assert seen in refused(server, recipe)
    assert server.client.get("/_emulator/worlds").json() == before


KEYS = list(load("control")["components"]["schemas"]["CreatorOrder"]["properties"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
# Things to be said of creators and campaigns, one of each group at a time, that go together.
GROUPS: list[list[dict[str, Any]]] = [
    [
        {},
        {"platforms": {"Instagram": 5, "Discord": 1}, "connected": True, "posts": 3},
        {"platforms": {"Discord": 7, "Spotify": 2_000_000_000}, "connected": {"Spotify": "NOT_CONNECTED"}},
        {
            "platforms": {"LinkedIn": {"followers": 2, "average_likes": 9}, "YouTube": 0},
            "connected": ["LinkedIn"],
            "posts": 9,
        },
        {"profiles": [{"platform": "YouTube", "monthly_growth": 1, "engagement_rate": 0}], "posts": 2},
        {
            "profiles": [
                {"platform": "TikTok", "handle": "other", "external_id": "7", "avatar_url": "https://a.example/b"}
            ]
        },
    ],
    [
        {},
        {"kind": "brand"},
        {"kind": "media", "name": "A B"},
        {"gender": "MALE", "born": "2199-04-12"},
        {"name": "\u674e"},
    ],
    [{}, {"city": "Berlin"}, {"country": "FR", "city": "Paris"}, {"country": "US", "language": "pt"}],
    [
        {},
        {"topics": ["beauty"]},
        {"tracked": False, "email": "a@example.com", "website": "https://a.example", "phone": "1"},
    ],
]
PERIODS: list[dict[str, Any]] = [
    {},
    {"starts": -3},
    {"starts": "1970-01-01", "ends": "2026-01-31"},
    {"starts": "2025-12-24T10:00:00+02:00", "ends": 2920.0},
]
PARTS: list[dict[str, Any]] = [
    {"creators": ["@MIA"], "kind": "report"},
    {"creators": [{"creator": "mia", "clicks": 2_000_000_000}], "topic": "beauty"},
    {"creators": [{"creator": "mia", "new_customers": 5, "revenue": 0.5}], "folder": "F"},
]


def together(*groups: list[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.tuples(*map(st.sampled_from, groups)).map(lambda parts: {k: v for each in parts for k, v in each.items()})


@settings(max_examples=40)
@given(mia=together(*GROUPS), ann=together(*GROUPS), spring=together(PERIODS, PARTS), creators=st.integers(0, 2))
def test_whatever_may_be_said_makes_a_world_that_answers(
    server: Server, mia: dict[str, Any], ann: dict[str, Any], spring: dict[str, Any], creators: int
) -> None:
    """A recipe says of one creator what is asked for with the API of the next one; both are shown in the same way."""
    joining = {key: value for key, value in ann.items() if key != "posts"}
    named = {"named_creators": [{"handle": "mia", **mia}], "named_campaigns": [{"name": "Spring", **spring}]}
    recipe = {"shops": SHOPS, "creators": creators, **named}
    world = server.world(recipe=recipe, epoch=EPOCH, clock={"mode": "frozen"}, limits={"storyclash": "off"})
    assert world.control("POST", "/creators", json={"handle": "Zoe.x_1", **joining}).status_code in (201, 400)
    assert world.control("POST", "/campaigns", json={"name": "Fall", **spring}).status_code == 201
    for _ in range(2):
        answers(world)
        reports = fetch_reports(world)
        assert [len(report.creators) for report in reports] == [1, 1]
        assert reports[0].campaign["from"] == reports[1].campaign["from"]
        assert "errors" not in world.archive("{mediaItems {totalCount}}")
        assert not [task for task in world.advance(by="P2D")["ran"] if "error" in task]
    world.control("DELETE")


@settings(max_examples=100)
@given(
    recipe=st.fixed_dictionaries(
        {}, optional=dict.fromkeys(("clock", "platforms", "shops", "objects", "named_campaigns", "countries"), JSON)
    )
    | st.fixed_dictionaries({"named_creators": st.lists(st.dictionaries(st.sampled_from(KEYS), JSON), max_size=2)})
)
def test_whatever_comes_is_a_world_or_told(server: Server, recipe: dict[str, Any]) -> None:
    """The client holds every answer to the contract, which knows no server errors here."""
    answer = server.client.post("/_emulator/worlds", json={"recipe": recipe, "epoch": EPOCH})
    assert answer.status_code in (201, 400)
    if answer.status_code == 201:
        server.client.delete(f"/_emulator/worlds/{answer.json()['name']}")


def test_the_objects_of_an_export_are_checked_too(server: Server) -> None:
    """Somebody who makes up an export gets as far as somebody who makes up a recipe."""
    from hashlib import sha256

    import orjson

    from emulator.world.population import packed, recipe_of

    world = server.world(recipe={"epoch": EPOCH})
    export = world.control("GET", "/export").json()
    forged, _ = recipe_of({"epoch": EPOCH, "objects": {"insightiq": {"users": [{"id": 5}]}}})
    assert forged is not None
    export["recipe"] = orjson.loads(packed(forged))
    del export["digest"]
    export["digest"] = sha256(orjson.dumps(export, option=orjson.OPT_SORT_KEYS)).hexdigest()
    answer = server.client.post("/_emulator/worlds", json={"name": "forged", "from": {"export": export}})
    assert answer.status_code == 400
    assert "body from.export.recipe.objects.insightiq.users.0" in answer.json()["detail"]
