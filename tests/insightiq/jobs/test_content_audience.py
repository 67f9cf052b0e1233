"""Who reacted to Spotlights on Snapchat."""

from itertools import pairwise
from typing import Any

import pytest

from tests.insightiq.jobs.fetched import AUDIENCES, NOWHERE, SNAPCHAT, Content, spotlights
from tests.insightiq.jobs.support import (
    Answer,
    create,
    fetch,
    job,
    jobs,
    just_before,
    seconds_taken,
    set_rules,
    submit,
    subscribe,
    told,
    wait_for,
)
from tests.insightiq.professional.support import LINKEDIN
from tests.insightiq.public_content.public import INSTAGRAM
from tests.insightiq.support import NOBODY, assert_refused
from tests.support import TestWorld

REPORT = [
    "created_at", "content_urls", "failed_content_urls", "creator_count", "post_count", "total_like_count",
    "total_reach_count",
]  # fmt: skip
CREATOR = [
    "full_name", "platform_profile_name", "url", "image_url", "follower_count", "analysed_post_count", "is_verified",
]  # fmt: skip
POST = [
    "platform_profile_name", "url", "thumbnail_url", "format", "published_at", "title", "like_count", "view_count",
    "share_count", "hashtags",
]  # fmt: skip
EMPTY: dict[str, Any] = {"report": {}, "creators": {}, "posts": {}, "audience": {}}
UNKNOWN = "https://www.snapchat.com/spotlight/nothing"


def publishers(world: TestWorld) -> list[tuple[str, list[Content]]]:
    """Addresses and contents of those who have published, most first."""
    found = [entry for entry in spotlights(world).items() if entry[1]]
    assert len(found) > 1
    assert len(found[0][1]) > 1 or len(found[1][1]) > 1
    return sorted(found, key=lambda entry: -len(entry[1]))


def asked(identifier: str, *urls: str) -> dict[str, Any]:
    return {"work_platform_id": SNAPCHAT, "identifier": identifier, "content_urls": urls}


def ended(world: TestWorld, body: Any) -> Answer:
    accepted = submit(world, AUDIENCES, body)
    wait_for(world, accepted)
    return fetch(world, AUDIENCES, accepted)


def test_an_accepted_job_has_counted_nothing_yet(world: TestWorld) -> None:
    answer = create(world, AUDIENCES, asked("anybody", UNKNOWN))
    assert answer.status_code == 202
    accepted = answer.json()
    assert list(accepted) == ["id", "created_at", "post_count", "total_like_count"]
    assert f"{accepted['created_at']}Z" == world.now()
    assert (accepted["post_count"], accepted["total_like_count"]) == (None, None)


def test_a_report_is_on_the_contents_that_were_asked_for(world: TestWorld) -> None:
    subscribe(world, "CONTENT_AUDIENCE_FETCH.SUCCESS", "CONTENT_AUDIENCE_FETCH.FAILURE")
    address, contents = publishers(world)[0]
    wanted = contents[:4]
    urls = [content["url"] for content in wanted]
    answer = ended(world, asked(address, *urls, UNKNOWN))
    assert list(answer) == ["id", "status", "data"]
    report, [creator], posts = (answer["data"][part] for part in ("report", "creators", "posts"))
    assert (list(report), list(creator)) == (REPORT, CREATOR)
    assert f"{report['created_at']}Z" == world.now()
    assert (report["content_urls"], report["failed_content_urls"]) == ([*urls, UNKNOWN], [UNKNOWN])
    assert (report["creator_count"], report["post_count"]) == (1, len(wanted))
    assert report["total_like_count"] == sum(post["like_count"] for post in posts)
    assert 0 < report["total_reach_count"] < sum(post["view_count"] for post in posts)
    assert (creator["url"], creator["analysed_post_count"]) == (address, len(wanted))
    for post, content in zip(posts, wanted, strict=True):
        assert list(post) == POST
        same = ("url", "thumbnail_url", "format", "published_at", "title")
        assert {key: post[key] for key in same} == {key: content[key] for key in same}
        assert post["hashtags"] == [f"#{name}" for name in content["hashtags"]]
        assert post["like_count"] >= content["engagement"]["like_count"]
    assert told(world) == [("CONTENT_AUDIENCE_FETCH.SUCCESS", answer["id"])]


def test_shares_are_percentages_the_largest_first(world: TestWorld) -> None:
    for address, contents in publishers(world):
        audience = ended(world, asked(address, contents[0]["url"]))["data"]["audience"]
        assert list(audience) == ["gender_age_distribution", "countries"]
        for shares in audience.values():
            assert sum(share["value"] for share in shares) == pytest.approx(100)
            assert all(one["value"] >= next_one["value"] for one, next_one in pairwise(shares[1:]))
        ages = [(share["gender"], share["age_range"]) for share in audience["gender_age_distribution"]]
        assert len({*ages}) == len(ages)


def test_each_profile_and_each_choice_of_contents_has_an_audience_of_its_own(world: TestWorld) -> None:
    (address, contents), (other, others), *_ = publishers(world)
    urls = [content["url"] for content in contents[:2]]
    audiences = [
        ended(world, body)["data"]["audience"]
        for body in (asked(address, urls[0]), asked(address, *urls), asked(other, others[0]["url"]))
    ]
    assert audiences[0] != audiences[1]
    assert audiences[2] not in audiences[:2]
    assert ended(world, asked(address, *reversed(urls)))["data"]["audience"] == audiences[1]


def test_a_profile_is_named_by_address_or_user_name(world: TestWorld) -> None:
    address, [content, *_] = publishers(world)[0]
    name = address.rpartition("/")[2]
    for identifier in (address, f"{address}/?x=1", f"https://snapchat.com/@{name}", name, name.upper(), f"@{name}"):
        answer = ended(world, asked(identifier, content["url"]))
        assert answer["data"]["creators"][0]["url"] == address


def test_the_same_content_counts_once(world: TestWorld) -> None:
    address, [content, *_] = publishers(world)[0]
    again = f"https://www.snapchat.com/@x/spotlight/{content['platform_content_id']}?y=1"
    report = ended(world, asked(address, content["url"], again, content["url"]))["data"]["report"]
    assert (report["post_count"], report["failed_content_urls"]) == (1, [])
    assert report["content_urls"] == [content["url"], again]


def test_the_audience_is_there_at_the_instant_of_the_end_and_not_before(world: TestWorld) -> None:
    address, [content, *_] = publishers(world)[0]
    accepted = submit(world, AUDIENCES, asked(address, content["url"]))
    due = job(world, accepted)["due"]
    world.advance(to=just_before(due))
    assert fetch(world, AUDIENCES, accepted) == {"id": accepted, "status": "IN_PROGRESS", "data": EMPTY}
    world.advance(to=due)
    answer = fetch(world, AUDIENCES, accepted)
    assert answer["status"] == "SUCCESS"
    assert 20 <= seconds_taken(job(world, accepted)) <= 90
    world.advance(by="P40D")
    assert fetch(world, AUDIENCES, accepted) == answer


def test_contents_that_cannot_be_told_make_the_job_fail(world: TestWorld) -> None:
    (address, [content, *_]), (_, [strange, *_]), *_ = publishers(world)
    subscribe(world, "CONTENT_AUDIENCE_FETCH.SUCCESS", "CONTENT_AUDIENCE_FETCH.FAILURE")
    wrong = {
        "incorrect_identifier": asked("nobody.at.all", content["url"]),
        "incorrect_content_id": asked(address, UNKNOWN, NOWHERE),
        "INVALID_FIELDS": asked(address, content["url"], strange["url"]),
    }
    for code, body in wrong.items():
        created = create(world, AUDIENCES, body)
        wait_for(world, created.json()["id"])
        failed = fetch(world, AUDIENCES, created.json()["id"])
        assert list(failed) == ["id", "status", "data", "error"]
        assert (failed["status"], failed["data"]) == ("FAILURE", EMPTY)
        assert failed["error"]["code"] == failed["error"]["error_code"] == code
        assert failed["error"]["request_id"] == created.headers["request-id"]
        assert told(world)[-1] == ("CONTENT_AUDIENCE_FETCH.FAILURE", failed["id"])


def test_failure_can_be_commanded(world: TestWorld) -> None:
    address, [content, *_] = publishers(world)[0]
    set_rules(world, {"match": {"family": "content_audience"}, "outcome": "FAILURE", "times": 1})
    answers = [ended(world, asked(address, content["url"])) for _ in range(2)]
    assert [answer["status"] for answer in answers] == ["FAILURE", "SUCCESS"]
    assert [answer["data"] == EMPTY for answer in answers] == [True, False]


@pytest.mark.parametrize("platform", [INSTAGRAM, LINKEDIN, NOBODY])
def test_another_platform_is_refused_and_nothing_is_queued(world: TestWorld, platform: str) -> None:
    body = {**asked("anybody", UNKNOWN), "work_platform_id": platform}
    assert_refused(create(world, AUDIENCES, body), 404, "incorrect_work_platform_id")
    assert jobs(world) == []


@pytest.mark.parametrize("count", [0, 6, 50])
def test_no_or_too_many_contents_are_refused_and_nothing_is_queued(world: TestWorld, count: int) -> None:
    assert_refused(
        create(world, AUDIENCES, asked("anybody", *[UNKNOWN] * count)), 400, "INVALID_FIELDS", "content_urls"
    )
    assert jobs(world) == []


def test_unknown_jobs_are_refused(world: TestWorld) -> None:
    for unknown in (NOBODY, "nothing"):
        assert_refused(world.insightiq("GET", f"{AUDIENCES}/{unknown}"), 404, "incorrect_job_id")
