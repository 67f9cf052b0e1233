"""What a test makes has exactly the properties asked for, whichever vendor shows it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.contract.document import load
from emulator.testing import Emulator, Refused, Server, in_process, seeds

INSTAGRAM = "9bb8913b-ddd9-430b-a66a-d74d846e6c66"
SEARCH = "/v1/social/creators/profiles/search"
ITEMS = """query($name: String!) {mediaItems(first: 50, filter: {creatorAccountName: [$name]}) {
  nodes {externalId caption hashtags engagement {likeCount viewCount} creator {followersCount verified}}}}"""

HANDLES = st.from_regex(r"[a-z][a-z0-9]{2,11}", fullmatch=True)


@pytest.fixture(scope="module")
def there() -> Iterator[Server]:
    with in_process(listen=False) as server:
        yield server


@pytest.fixture(params=["empty", "default"])
def world(there: Server, request: pytest.FixtureRequest) -> Iterator[Emulator]:
    with there.world(recipe=request.param, clock={"mode": "frozen"}) as world:
        yield world


def asked(world: Emulator, query: str, **variables: Any) -> Any:
    answer = world.client("archive").post("/api/v1", json={"query": query, "variables": variables}).json()
    assert "errors" not in answer, answer
    return answer["data"]


def found(world: Emulator, followers: int) -> list[str]:
    """Who has as many followers on Instagram, as InsightIQ's search tells."""
    body = {
        "work_platform_id": INSTAGRAM,
        "follower_count": {"min": followers, "max": followers},
        "sort_by": {"field": "FOLLOWER_COUNT", "order": "DESCENDING"},
    }
    answer = world.client("insightiq").post(SEARCH, json=body).json()
    return [each["platform_username"] for each in answer["data"]]


@given(
    handle=HANDLES, followers=st.integers(1_000, 9_999_999), likes=st.integers(0, 10**6), views=st.integers(0, 10**7)
)
@settings(max_examples=15)
def test_all_vendors_show_what_was_asked_for(
    there: Server, handle: str, followers: int, likes: int, views: int
) -> None:
    with there.world(recipe="empty") as world:
        creator = world.seed.creator(handle, name="Mia Moreau", followers=followers, verified=True)
        campaign = world.seed.campaign("Spring", creators=[{"creator": creator, "cost": 450}])
        caption = "Look at this #northbay"
        post = world.seed.post(
            creator, kind="Reel", caption=caption, likes=likes, views=views, campaigns=[campaign["id"]]
        )
        account = world.seed.account(creator)
        world.advance("PT10M")
        assert found(world, followers) == [handle]
        (content,) = world.client("insightiq").get(f"/v1/social/contents?account_id={account['id']}").json()["data"]
        assert (content["external_id"], content["engagement"]["like_count"]) == (post["external_id"], likes)
        (item,) = asked(world, ITEMS, name=handle)["mediaItems"]["nodes"]
        assert item == {
            "externalId": post["external_id"],
            "caption": caption,
            "hashtags": ["northbay"],
            "engagement": [{"likeCount": likes, "viewCount": views}],
            "creator": {"followersCount": followers, "verified": True},
        }
        shown = world.client("storyclash").get(f"/external-api/campaign/{campaign['id']}?page=1").json()
        assert [(each["id"], each["metrics"]["likes"]) for each in shown["posts"]] == [(post["id"], likes)]
        assert [(each["name"], each["cost"]) for each in shown["creators"]] == [("Mia Moreau", 450)]


def test_figures_stay_as_they_were_asked_for(world: Emulator) -> None:
    creator = world.seed.creator("mia.moreau", followers=48_200)
    world.seed.post(creator, likes=77)
    world.advance("P90D")
    (item,) = asked(world, ITEMS, name="mia.moreau")["mediaItems"]["nodes"]
    assert item["engagement"][0]["likeCount"] == 77
    assert item["creator"]["followersCount"] == 48_200


def test_a_post_to_come_is_published_in_time_with_its_events(world: Emulator) -> None:
    creator = world.seed.creator("mia.moreau")
    account = world.seed.account(creator)
    world.advance("PT1H")
    named = {"name": "kit", "url": world.webhooks.url, "events": ["CONTENTS.ADDED"]}
    world.client("insightiq").post("/v1/webhooks", json=named)
    post = world.seed.post(creator, published_at=world.now + timedelta(hours=2), likes=5)
    assert asked(world, ITEMS, name="mia.moreau")["mediaItems"]["nodes"] == []
    world.advance("PT2H")
    assert len(asked(world, ITEMS, name="mia.moreau")["mediaItems"]["nodes"]) == 1
    ours = {"data": {"account_id": account["id"]}}
    world.webhooks.wait_for("CONTENTS.ADDED", within=timedelta(days=2), json=ours)
    (content,) = world.client("insightiq").get(f"/v1/social/contents?account_id={account['id']}").json()["data"]
    assert (content["external_id"], content["engagement"]["like_count"]) == (post["external_id"], 5)


def test_members_are_part_of_what_is_kept(world: Emulator) -> None:
    """A snapshot has them, a fork has them, an import has them, and the next one has the same ids."""
    world.snapshot("before")
    first = world.seed.creator("mia.moreau")
    world.snapshot("after")
    second = world.seed.creator("ann")
    with world.fork(snapshot="after") as fork:
        assert fork.seed.creator("ann") == second
    world.rollback("before")
    assert world.seed.creator("mia.moreau") == first
    world.reset()
    assert world.seed.creator("mia.moreau") == first


def test_worlds_do_not_share_their_members(there: Server) -> None:
    """Same seed, same ids, other people."""
    with there.world(name="one") as one, there.world(name="two") as two:
        creators = [each.seed.creator(topics=[topic]) for each, topic in ((one, "beauty"), (two, "gaming"))]
        assert creators[0]["id"] == creators[1]["id"]
        for each, creator in zip((one, two), creators, strict=True):
            each.seed.account(creator)
            each.advance("PT1H")
        audiences = [each.client("insightiq").get("/v1/audience").json() for each in (one, two)]
    with there.world(name="two") as alone:
        alone.seed.account(alone.seed.creator(topics=["gaming"]))
        alone.advance("PT1H")
        assert alone.client("insightiq").get("/v1/audience").json() == audiences[1]


def test_a_creator_comes_with_accounts_that_were_connected_before(world: Emulator) -> None:
    platforms = {"Instagram": {"followers": 48_200, "handle": "mia_on_ig"}, "TikTok": 7_000, "YouTube": 90}
    connected = {"Instagram": "CONNECTED", "TikTok": "SESSION_EXPIRED"}
    world.advance("P3D")
    creator = world.seed.creator("mia.moreau", name="Mia Moreau", platforms=platforms, connected=connected)
    insightiq = world.client("insightiq")
    (user,) = [each for each in insightiq.get("/v1/users?limit=100").json()["data"] if each["name"] == "Mia Moreau"]
    accounts = insightiq.get(f"/v1/accounts?user_id={user['id']}").json()["data"]
    assert {each["username"]: each["status"] for each in accounts} == {
        "mia_on_ig": "CONNECTED",
        "mia.moreau": "SESSION_EXPIRED",
    }
    (account,) = [each for each in accounts if each["status"] == "CONNECTED"]
    (profile,) = insightiq.get(f"/v1/profiles?account_id={account['id']}").json()["data"]
    assert profile["reputation"]["follower_count"] == 48_200
    post = world.seed.post(creator, platform="Instagram", kind="Post", likes=5)
    world.advance("P1DT1H")
    (content,) = insightiq.get(f"/v1/social/contents?account_id={account['id']}").json()["data"]
    assert content["external_id"] == post["external_id"]
    with pytest.raises(Refused, match="was connected before"):
        world.seed.account(creator)


def test_followers_grow_if_that_is_asked_for(world: Emulator) -> None:
    world.advance("P45D")
    world.seed.creator("mia.moreau", followers=48_200, monthly_growth=0.1)
    query = '{creator(accountName: "mia.moreau") {followersCount}}'
    assert abs(asked(world, query)["creator"]["followersCount"] - 48_200) <= 1
    world.advance("P30D")
    assert abs(asked(world, query)["creator"]["followersCount"] - 53_020) <= 2


def test_figures_follow_from_those_that_are_asked_for(world: Emulator) -> None:
    """The rate from the likes; what follows from clicks, for those who sell something."""
    creator = world.seed.creator("mia.moreau", followers=10_000, average_likes=965)
    body = {"work_platform_id": INSTAGRAM, "follower_count": {"min": 10_000, "max": 10_000}}
    body |= {"sort_by": {"field": "FOLLOWER_COUNT", "order": "DESCENDING"}}
    shown = world.client("insightiq").post(SEARCH, json=body).json()["data"]
    (mia,) = [each for each in shown if each["platform_username"] == "mia.moreau"]
    assert mia["engagement_rate"] == 10.0
    campaign = world.seed.campaign("Spring", creators=[{"creator": creator, "clicks": 100_000}])
    data = world.client("storyclash").get(f"/external-api/campaign/{campaign['id']}?page=1").json()
    (part,) = data["creators"]
    assert part["linkData"]["linkClicks"] == 100_000
    assert 100 < part["shopData"]["nrOfConversionsTotal"] < 30_000


def test_many_posts_of_one_moment_are_as_many_items(world: Emulator) -> None:
    creator, soon = world.seed.creator("mia.moreau"), world.now + timedelta(minutes=1)
    posts = [world.seed.post(creator, kind="Reel", published_at=soon, likes=n) for n in range(20)]
    after = world.seed.post(creator, kind="Reel", published_at=soon + timedelta(seconds=1), likes=20)
    world.advance("PT5M")
    items = asked(world, ITEMS, name="mia.moreau")["mediaItems"]["nodes"]
    assert {each["externalId"] for each in items} == {each["external_id"] for each in [*posts, after]}


def test_posts_on_linkedin_are_in_the_professional_report(world: Emulator) -> None:
    creator = world.seed.creator("mia-moreau", platforms={"LinkedIn": 5_000})
    platforms = world.client("insightiq").get("/v1/work-platforms?limit=100").json()["data"]
    (linkedin,) = [each["id"] for each in platforms if each["name"] == "LinkedIn"]
    body = {"work_platform_id": linkedin, "profile_url": creator["profiles"][0]["url"]}

    def told() -> list[tuple[str, int]]:
        report = world.client("insightiq").post("/v1/professional/creators/profiles/analytics", json=body).json()
        return [(each["description"], each["engagement"]["like_count"]) for each in report["recent_contents"]]

    assert told() == []
    world.seed.post(creator, caption="First #northbay", likes=7)
    world.seed.post(creator, caption="Second", likes=3, published_at=world.now + timedelta(hours=1))
    assert told() == [("First #northbay", 7)]
    world.advance("PT2H")
    assert told() == [("Second", 3), ("First #northbay", 7)]


def test_the_kit_passes_on_whatever_can_be_said_of_a_profile() -> None:
    said = load("control")["components"]["schemas"]["ProfileOrder"]["properties"]
    assert {*seeds._OF_PROFILES} == {*said} - {"platform", "handle"}


@pytest.mark.emulator(recipe={"named_creators": [{"handle": "mia", "platforms": {"TikTok": 5}, "connected": True}]})
def test_a_marker_holds_a_recipe(emulator: Emulator) -> None:
    (account,) = emulator.client("insightiq").get("/v1/accounts").json()["data"]
    assert account["platform_username"] == "mia"


@pytest.mark.parametrize(
    ("path", "body", "seen"),
    [
        ("creators", {"followers": 3}, '"followers" is not known; allowed: name'),
        ("creators", {"topics": ["beatuy"]}, "body topics.0: is str 'beatuy'; did you mean 'beauty'?"),
        ("creators", {"country": "XX"}, "body country: is str 'XX'; allowed: US, CA"),
        ("creators", {"country": "FR", "city": "Berlin"}, "body city: is 'Berlin', which is not in FR, but in DE"),
        (
            "creators",
            {"profiles": [{"platform": "Myspace"}]},
            "body profiles.0.platform: is str 'Myspace'; allowed: Instagram, TikTok",
        ),
        ("creators", {"handle": "mia.moreau"}, "'mia.moreau' is taken on Instagram"),
        ("creators", {"profiles": [{"platform": "TikTok"}] * 2}, "two of them are on one platform"),
        ("creators", {"platforms": {"Instagram": 1}, "profiles": [{"platform": "TikTok"}]}, "beside profiles"),
        ("creators", {"platforms": {"Instagram": {"folowers": 1}}}, "body platforms.Instagram.folowers: unknown key"),
        ("creators", {"connected": ["TikTok"]}, "body connected.TikTok: is no platform of the creator's"),
        ("creators", {"kind": "brand", "gender": "MALE"}, "body gender: is 'MALE', and only a person has one"),
        ("posts", {}, "creator"),
        ("posts", {"creator": "nobody"}, "nobody is called 'nobody' in this world"),
        ("posts", {"creator": "mia.moreau", "platform": "TikTok"}, "cannot post on TikTok, but on Instagram"),
        ("posts", {"creator": "mia.moreau", "kind": "Rel"}, "body kind: 'Rel' is not known; did you mean 'Reel'?"),
        ("posts", {"creator": "mia.moreau", "kind": "Post", "views": 3}, "only films have views"),
        ("posts", {"creator": "mia.moreau", "campaigns": [1]}, "there is no campaign 1"),
        ("campaigns", {"creators": ["nobody"]}, "body creators.0: nobody is called 'nobody'"),
        ("campaigns", {"creators": ["mia.moreau", "mia.moreau"]}, "one of them is named twice"),
        ("campaigns", {"starts": "2026-02-01T00:00:00Z", "ends": "2026-01-01T00:00:00Z"}, "body ends: is 2026-01-01T"),
        (
            "campaigns",
            {"creators": [{"creator": "mia.moreau", "orders": 1, "new_customers": 2}]},
            "2 are more than the 1 orders",
        ),
    ],
)
def test_what_cannot_be_made_is_told_and_changes_nothing(
    world: Emulator, path: str, body: dict[str, Any], seen: str
) -> None:
    world.seed.creator("mia.moreau")
    before = world.export()["tables"]
    with pytest.raises(Refused) as refused:
        world._control.post(path, body=body)
    assert seen in str(refused.value)
    assert refused.value.status == 400
    assert world.export()["tables"] == before
