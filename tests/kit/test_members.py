"""What a test makes has exactly the properties asked for, whichever vendor shows it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.testing import Emulator, Refused, Server, in_process

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


@pytest.mark.parametrize(
    ("path", "body", "seen"),
    [
        ("creators", {"followers": 3}, "'followers' was unexpected"),
        ("creators", {"topics": ["beatuy"]}, "body topics.0: 'beatuy' is not known; did you mean 'beauty'?"),
        ("creators", {"country": "XX"}, "body country: 'XX' is not known; allowed: US, CA"),
        ("creators", {"country": "FR", "city": "Berlin"}, "body city: 'Berlin' is not known"),
        ("creators", {"profiles": [{"platform": "Myspace"}]}, "body profiles.0.platform: 'Myspace'"),
        ("creators", {"handle": "mia.moreau"}, "'mia.moreau' is taken on Instagram"),
        ("creators", {"profiles": [{"platform": "TikTok"}] * 2}, "two of them are on one platform"),
        ("posts", {}, "creator"),
        ("posts", {"creator": "nobody"}, "nobody is called 'nobody' in this world"),
        ("posts", {"creator": "mia.moreau", "platform": "TikTok"}, "cannot post on TikTok, but on Instagram"),
        ("posts", {"creator": "mia.moreau", "kind": "Rel"}, "body kind: 'Rel' is not known; did you mean 'Reel'?"),
        ("posts", {"creator": "mia.moreau", "kind": "Post", "views": 3}, "only films have views"),
        ("posts", {"creator": "mia.moreau", "campaigns": [1]}, "there is no campaign 1"),
        ("campaigns", {"creators": ["nobody"]}, "body creators.0: nobody is called 'nobody'"),
        ("campaigns", {"creators": ["mia.moreau", "mia.moreau"]}, "one of them is named twice"),
        ("campaigns", {"starts": "2026-02-01T00:00:00Z", "ends": "2026-01-01T00:00:00Z"}, "is not after its beginning"),
        ("campaigns", {"creators": [{"creator": "mia.moreau", "new_customers": 2}]}, "2 are more than the 0 orders"),
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
