"""Comments fetched by jobs: below contents of social platforms, and below contents on LinkedIn."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.insightiq.jobs.fetched import (
    COMMENTS,
    COMMENTS_ON_LINKEDIN,
    NOWHERE,
    Content,
    discussed,
    professionals,
    spotlights,
    whole,
)
from tests.insightiq.jobs.support import (
    create,
    fetch,
    job,
    jobs,
    just_before,
    seconds_taken,
    submit,
    subscribe,
    told,
    wait_for,
)
from tests.insightiq.professional.support import LINKEDIN
from tests.insightiq.public_content.public import INSTAGRAM, SERVED, TIKTOK, Public, X
from tests.insightiq.support import NOBODY, assert_refused, everything
from tests.support import TestWorld

KEYS = [
    "work_platform", "id", "commenter_id", "commenter_username", "reply_count", "created_time", "like_count", "text",
    "timestamp",
]  # fmt: skip
KEYS_ON_LINKEDIN = [
    "work_platform", "platform_content_id", "content_url", "comment_url", "text", "engagement", "hashtags",
    "media_urls", "links", "mentions", "commenter_username", "commenter_display_name", "published_at", "metadata",
]  # fmt: skip
ENGAGEMENT = ["like_count", "applause_count", "support_count", "love_count", "interest_count", "reply_count"]
MOST = 600
NOTHING = {INSTAGRAM: "https://www.instagram.com/p/nothing/", X: "https://x.com/anybody/status/1"}


def asked(content: Content, **body: Any) -> dict[str, Any]:
    return {"work_platform_id": content["work_platform"]["id"], "content_url": content["url"], **body}


def fetched(world: TestWorld, body: Any) -> list[dict[str, Any]]:
    accepted = submit(world, COMMENTS, body)
    wait_for(world, accepted)
    data: list[dict[str, Any]] = fetch(world, COMMENTS, accepted, limit=MOST)["data"]
    return data


def as_told_at_once(comment: dict[str, Any]) -> tuple[Any, ...]:
    published = datetime.fromtimestamp(comment["timestamp"], UTC).isoformat()[:19]
    return comment["text"], comment["commenter_username"], comment["like_count"], comment["reply_count"], published


def test_an_accepted_job_repeats_the_question(world: TestWorld) -> None:
    body = {"work_platform_id": X, "content_url": NOTHING[X]}
    for accepted in (create(world, COMMENTS, body), create(world, COMMENTS, {**body, "max_result": "300"})):
        assert accepted.status_code == 202
        assert list(accepted.json()) == ["id", "work_platform", "status", "content_url"]
        assert (accepted.json()["content_url"], accepted.json()["status"]) == (NOTHING[X], "IN_PROGRESS")
    body = {"work_platform_id": LINKEDIN, "content_url": NOWHERE}
    on_linkedin = create(world, COMMENTS_ON_LINKEDIN, body)
    assert on_linkedin.status_code == 202
    assert list(on_linkedin.json()) == ["id", "content_url", "work_platform"]
    assert on_linkedin.json()["work_platform"]["name"] == "LinkedIn"


@pytest.mark.parametrize("platform", SERVED.values(), ids=SERVED)
def test_comments_are_those_that_the_direct_call_gives_at_the_same_time(world: TestWorld, platform: str) -> None:
    content = discussed(world, platform)
    found = fetched(world, asked(content, max_result=MOST))
    direct = Public(world).comments(content)[:MOST]
    assert [list(comment) for comment in found] == [KEYS] * len(direct)
    same = [
        (each["text"], each["commenter_username"], each["like_count"], each["reply_count"], each["published_at"][:19])
        for each in direct
    ]
    assert [as_told_at_once(comment) for comment in found] == same
    for comment in found:
        assert comment["work_platform"] == content["work_platform"]
        assert comment["created_time"] == datetime.fromtimestamp(comment["timestamp"], UTC).strftime("%H:%M:%SZ")
    assert len({comment["id"] for comment in found}) == len(found)


def test_a_comment_has_the_id_that_the_contents_owner_sees(world: TestWorld) -> None:
    accounts = [
        account
        for account in everything(world, "/v1/accounts")
        if account["work_platform"]["id"] == INSTAGRAM and account["status"] == "CONNECTED"
    ]
    for account in accounts:
        listed = world.insightiq("GET", "/v1/social/contents", params={"account_id": account["id"], "limit": 100})
        for content in listed.json()["data"]:
            query = {"account_id": account["id"], "content_id": content["id"], "limit": 5}
            own = world.insightiq("GET", "/v1/social/comments", params=query).json()["data"]
            if own and content["url"]:
                public = {each["id"]: each for each in fetched(world, asked(content, max_result=MOST))}
                for comment in own:
                    same = public[comment["external_id"]]
                    assert (same["text"], same["commenter_id"]) == (comment["text"], comment["commenter_id"])
                return
    raise AssertionError("no account has comments")


def test_spotlights_have_comments_too(world: TestWorld) -> None:
    contents = [each for found in spotlights(world).values() for each in found]
    best = max(contents, key=lambda content: content["engagement"]["comment_count"])
    assert len(fetched(world, asked(best))) >= best["engagement"]["comment_count"] > 0


def test_a_contents_id_does_for_its_address(world: TestWorld) -> None:
    content = discussed(world, TIKTOK)
    by_id = fetched(world, {**asked(content), "content_url": content["platform_content_id"]})
    assert by_id
    assert {each["id"] for each in by_id} >= {each["id"] for each in fetched(world, asked(content, max_result=5))}


def test_no_more_comments_are_fetched_than_asked_for(world: TestWorld) -> None:
    content = discussed(world, INSTAGRAM)
    everything_there = fetched(world, asked(content, max_result=MOST))
    assert len(everything_there) > 3
    for most in (0, 1, "2", 3.0):
        assert len(fetched(world, asked(content, max_result=most))) == int(most)
    assert len(fetched(world, asked(content))) == min(100, len(everything_there))


@pytest.mark.parametrize("most", [601, -1, "601", "-1", "1.5", "x", 1.5, None])
def test_another_number_of_comments_is_refused_and_nothing_is_queued(world: TestWorld, most: Any) -> None:
    body = {"work_platform_id": X, "content_url": NOTHING[X], "max_result": most}
    assert_refused(create(world, COMMENTS, body), 400, "INVALID_FIELDS", "max_result")
    assert jobs(world) == []


def test_pages_follow_one_another_without_gap_or_overlap(world: TestWorld) -> None:
    content = discussed(world, INSTAGRAM)
    accepted = submit(world, COMMENTS, asked(content, max_result=40))
    wait_for(world, accepted)
    comments = fetch(world, COMMENTS, accepted, limit=MOST)["data"]
    assert len(comments) > 10

    @settings(max_examples=25)
    @given(sizes=st.lists(st.integers(1, 12), min_size=len(comments)), far=st.integers(len(comments), 10**18 - 1))
    def hold(sizes: list[int], far: int) -> None:
        read: list[Any] = []
        for size in sizes:
            answer = fetch(world, COMMENTS, accepted, limit=size, offset=len(read))
            assert answer["metadata"] == {"offset": len(read), "limit": size}
            read += answer["data"]
            assert read == comments[: len(read)]
            if len(read) == len(comments):
                break
        assert read == comments
        assert fetch(world, COMMENTS, accepted, offset=far)["data"] == []

    hold()


def test_comments_are_there_at_the_instant_of_the_end_and_not_before(world: TestWorld) -> None:
    accepted = submit(world, COMMENTS, asked(discussed(world, INSTAGRAM)))
    due = job(world, accepted)["due"]
    world.advance(to=just_before(due))
    metadata = {"offset": 0, "limit": 10}
    before = fetch(world, COMMENTS, accepted)
    assert before == {"id": accepted, "status": "IN_PROGRESS", "data": [], "metadata": metadata}
    world.advance(to=due)
    ended = fetch(world, COMMENTS, accepted)
    assert list(ended) == ["id", "status", "data", "metadata"]
    assert (ended["status"], len(ended["data"])) == ("SUCCESS", 10)
    assert 20 <= seconds_taken(job(world, accepted)) <= 90
    world.advance(by="P40D")
    assert fetch(world, COMMENTS, accepted) == ended


@pytest.mark.parametrize(
    ("path", "platform", "url"),
    [
        (COMMENTS, INSTAGRAM, NOTHING[INSTAGRAM]),
        (COMMENTS, X, "IG1234567890"),
        (COMMENTS, X, ""),
        (COMMENTS_ON_LINKEDIN, LINKEDIN, NOWHERE),
        (COMMENTS_ON_LINKEDIN, LINKEDIN, NOTHING[X]),
    ],
)
def test_without_a_content_the_job_fails(world: TestWorld, path: str, platform: str, url: str) -> None:
    subscribe(world, "CONTENT_COMMENTS_FETCH.SUCCESS", "CONTENT_COMMENTS_FETCH.FAILURE")
    created = create(world, path, {"work_platform_id": platform, "content_url": url})
    world.advance(by="PT5M")
    failed = fetch(world, path, created.json()["id"])
    assert (failed["status"], failed["data"]) == ("FAILURE", [])
    assert list(failed)[-1] == "error"
    assert (failed["error"]["code"], failed["error"]["status_code"]) == ("incorrect_content_id", 404)
    assert failed["error"]["request_id"] == created.headers["request-id"]
    assert told(world) == [("CONTENT_COMMENTS_FETCH.FAILURE", failed["id"])]


@pytest.mark.parametrize(
    ("path", "platform", "url"),
    [
        (COMMENTS, LINKEDIN, NOWHERE),
        (COMMENTS, INSTAGRAM, NOWHERE),
        (COMMENTS, NOBODY, NOTHING[X]),
        (COMMENTS_ON_LINKEDIN, X, NOTHING[X]),
        (COMMENTS_ON_LINKEDIN, NOBODY, NOWHERE),
    ],
)
def test_the_wrong_platform_is_refused_and_nothing_is_queued(
    world: TestWorld, path: str, platform: str, url: str
) -> None:
    body = {"work_platform_id": platform, "content_url": url}
    assert_refused(create(world, path, body), 404, "incorrect_work_platform_id")
    assert jobs(world) == []


def test_comments_on_linkedin_are_as_many_as_the_content_has(world: TestWorld) -> None:
    contents = [each for found in professionals(world).values() for each in found]
    best = max(contents, key=lambda content: content["engagement"]["comment_count"])
    subscribe(world, "CONTENT_COMMENTS_FETCH.SUCCESS", "CONTENT_COMMENTS_FETCH.FAILURE")
    ended = whole(world, COMMENTS_ON_LINKEDIN, asked(best))
    assert list(ended) == ["id", "status", "data"]
    assert len(ended["data"]) >= best["engagement"]["comment_count"] > 3
    times = [comment["published_at"] for comment in ended["data"]]
    assert times == sorted(times, reverse=True)
    for comment in ended["data"]:
        assert list(comment) == KEYS_ON_LINKEDIN
        assert list(comment["engagement"]) == ENGAGEMENT
        assert comment["content_url"] == best["url"]
        assert comment["platform_content_id"] == best["platform_content_id"]
        assert comment["published_at"] > best["published_at"]
        assert sum(comment["engagement"][key] for key in ENGAGEMENT[1:-1]) <= comment["engagement"]["like_count"]
    assert len({comment["comment_url"] for comment in ended["data"]}) == len(times)
    assert told(world) == [("CONTENT_COMMENTS_FETCH.SUCCESS", ended["id"])]
    pages = [fetch(world, COMMENTS_ON_LINKEDIN, ended["id"], limit=1, offset=nth)["data"] for nth in range(len(times))]
    assert [{**each, "metadata": None} for page in pages for each in page] == [
        {**each, "metadata": None} for each in ended["data"]
    ]
    assert [page[0]["metadata"] for page in pages] == [{"limit": 1, "offset": nth} for nth in range(len(times))]
    assert fetch(world, COMMENTS_ON_LINKEDIN, ended["id"], offset=len(times))["data"] == []


def test_a_job_is_known_to_its_own_operation_alone(world: TestWorld) -> None:
    accepted = submit(world, COMMENTS, {"work_platform_id": X, "content_url": NOTHING[X]})
    for unknown in (f"{COMMENTS_ON_LINKEDIN}/{accepted}", f"{COMMENTS}/{NOBODY}", f"{COMMENTS}/nothing"):
        assert_refused(world.insightiq("GET", unknown), 404, "incorrect_job_id")
