"""Contents fetched by jobs: from social platforms, and from people on LinkedIn."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.insightiq.jobs.fetched import (
    COMMENTS,
    COMMENTS_ON_LINKEDIN,
    CONTENTS,
    EVERYTHING,
    FACEBOOK,
    NOWHERE,
    ON_LINKEDIN,
    SNAPCHAT,
    Content,
    all_at_once,
    busy,
    direct,
    linked,
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
    set_rules,
    submit,
    subscribe,
    told,
    wait_for,
)
from tests.insightiq.professional.support import LINKEDIN, analytics
from tests.insightiq.public_content.public import INSTAGRAM, PROFILES, SERVED, TIKTOK, Public, X
from tests.insightiq.support import NOBODY, assert_refused
from tests.support import TestWorld

KEYS = [
    "work_platform", "profile", "engagement", "platform_content_id", "title", "format", "type", "url", "media_url",
    "thumbnail_url", "duration", "description", "published_at", "is_reposted", "audio_track_info", "collaborators",
    "sponsors", "mentions", "links", "hashtags",
]  # fmt: skip
REACTIONS = ["applause_count", "support_count", "love_count", "interest_count", "laugh_count"]
NOBODYS = {platform: url.format("nobody.at.all") for platform, url in PROFILES.items()}


def as_fetched_at_once(content: Content) -> Content:
    """What the call that answers at once says of it too, in that call's words."""
    counts = ("like_count", "comment_count", "view_count", "share_count")
    shared = {key: content[key] for key in KEYS if key not in ("is_reposted", "engagement", "profile", "type")}
    return {**shared, "engagement": {key: content["engagement"][key] for key in counts}}


def test_an_accepted_job_repeats_the_question(world: TestWorld) -> None:
    url = "https://x.com/anybody"
    answer = create(world, CONTENTS, {"work_platform_id": X, "profile_url": url, "content_limit": 7})
    assert answer.status_code == 202
    accepted = answer.json()
    assert list(accepted) == ["id", "profile_url", "content_url", "work_platform", "status", "content_limit"]
    assert (accepted["profile_url"], accepted["content_url"], accepted["content_limit"]) == (url, None, 7)
    assert (accepted["work_platform"]["id"], accepted["status"]) == (X, "IN_PROGRESS")


def test_contents_are_those_that_the_direct_call_gives_at_the_same_time(world: TestWorld) -> None:
    for platform in SERVED.values():
        url = busy(world, platform)
        fetched = whole(world, CONTENTS, {"work_platform_id": platform, "profile_url": url})
        assert fetched["status"] == "SUCCESS"
        answered = Public(world).contents(platform, url.strip("/").rpartition("/")[2].lstrip("@"))
        assert [as_fetched_at_once(each) for each in fetched["data"]] == [as_fetched_at_once(each) for each in answered]
        for each, same in zip(fetched["data"], answered, strict=True):
            assert list(each) == KEYS
            assert each["type"] == (same["type"] or "FEED")
            assert {**same["profile"], **each["profile"]}.keys() == same["profile"].keys() | {"external_id"}
            assert same["profile"].items() >= {k: v for k, v in each["profile"].items() if k != "external_id"}.items()
            assert {each["engagement"][key] for key in REACTIONS} == {None}


def test_a_single_content_is_that_of_its_profile(world: TestWorld) -> None:
    for platform in SERVED.values():
        contents = whole(world, CONTENTS, {"work_platform_id": platform, "profile_url": busy(world, platform)})["data"]
        [first, *_] = [each for each in contents if each["url"]]
        [alone] = whole(world, CONTENTS, {"work_platform_id": platform, "content_url": first["url"]})["data"]
        assert {**alone, "engagement": None} == {**first, "engagement": None}


@pytest.mark.parametrize(("content_type", "types"), [("REELS", {"REELS"}), ("IGTV", set()), ("STORY", {"STORY"})])
def test_a_content_type_narrows_to_its_contents(world: TestWorld, content_type: str, types: set[str]) -> None:
    body = {"work_platform_id": INSTAGRAM, "profile_url": busy(world, INSTAGRAM)}
    everything, narrowed = all_at_once(world, CONTENTS, [body, {**body, "content_type": content_type}])
    wanted = [each["platform_content_id"] for each in everything["data"] if each["type"] in types]
    assert [each["platform_content_id"] for each in narrowed["data"]] == wanted


def test_a_limit_counts_on_the_platforms_that_have_it(world: TestWorld) -> None:
    url, contents = max(spotlights(world).items(), key=lambda entry: len(entry[1]))
    assert len(contents) > 1
    for limit in (0, 1, len(contents), 10**20):
        body = {"work_platform_id": SNAPCHAT, "profile_url": url, "content_limit": limit}
        ids = [each["platform_content_id"] for each in whole(world, CONTENTS, body)["data"]]
        assert ids == [each["platform_content_id"] for each in contents][:limit]
    asked = {"work_platform_id": TIKTOK, "profile_url": busy(world, TIKTOK), "content_limit": 1}
    assert len(whole(world, CONTENTS, asked)["data"]) > 1


def test_facebook_and_snapchat_are_served_by_jobs(world: TestWorld) -> None:
    for platform, kind in ((FACEBOOK, "facebook"), (SNAPCHAT, "snapchat")):
        bodies = [{"work_platform_id": platform, "profile_url": url} for url in linked(world, kind)]
        found = [each for answer in all_at_once(world, CONTENTS, bodies) for each in answer["data"]]
        assert found
        assert {each["work_platform"]["id"] for each in found} == {platform}
        for each in found:
            again = whole(world, CONTENTS, {"work_platform_id": platform, "content_url": each["url"]})["data"]
            assert [one["platform_content_id"] for one in again] == [each["platform_content_id"]]


def test_spotlights_are_films_of_snapchat_alone(world: TestWorld) -> None:
    for contents in spotlights(world).values():
        for each in contents:
            assert (each["type"], each["format"]) == ("SPOTLIGHT", "VIDEO")
            assert each["engagement"]["view_count"] >= each["engagement"]["like_count"]


def test_pages_follow_one_another_without_gap_or_overlap(world: TestWorld) -> None:
    """Whatever the sizes of the pages are, and however far a client goes beyond the end."""
    accepted = submit(world, CONTENTS, {"work_platform_id": INSTAGRAM, "profile_url": busy(world, INSTAGRAM)})
    wait_for(world, accepted)
    everything = fetch(world, CONTENTS, accepted, limit=EVERYTHING)["data"]
    assert len(everything) > 10
    assert fetch(world, CONTENTS, accepted)["data"] == everything[:10]

    @settings(max_examples=25)
    @given(sizes=st.lists(st.integers(1, 12), min_size=len(everything)), far=st.integers(len(everything), 10**18 - 1))
    def hold(sizes: list[int], far: int) -> None:
        read: list[Content] = []
        for size in sizes:
            read += fetch(world, CONTENTS, accepted, limit=size, offset=len(read))["data"]
            assert read == everything[: len(read)]
            if len(read) == len(everything):
                break
        assert read == everything
        assert fetch(world, CONTENTS, accepted, offset=far)["data"] == []

    hold()


@pytest.mark.parametrize(("path", "fewest", "most"), [(CONTENTS, 20, 90), (ON_LINKEDIN, 30, 180)])
def test_contents_are_there_at_the_instant_of_the_end_and_not_before(
    world: TestWorld, path: str, fewest: int, most: int
) -> None:
    if path == CONTENTS:
        platform, url = TIKTOK, busy(world, TIKTOK)
    else:
        platform, url = LINKEDIN, next(url for url, contents in professionals(world).items() if contents)
    accepted = submit(world, path, {"work_platform_id": platform, "profile_url": url})
    due = job(world, accepted)["due"]
    world.advance(to=just_before(due))
    assert fetch(world, path, accepted) == {"id": accepted, "status": "IN_PROGRESS", "data": []}
    world.advance(to=due)
    ended = fetch(world, path, accepted)
    assert list(ended) == ["id", "status", "data"]
    assert ended["status"] == "SUCCESS"
    assert ended["data"]
    assert fewest <= seconds_taken(job(world, accepted)) <= most
    world.advance(by="P40D")
    assert fetch(world, path, accepted) == ended


@pytest.mark.parametrize("platform", SERVED.values(), ids=SERVED)
def test_an_address_at_which_there_is_nothing_makes_the_job_fail(world: TestWorld, platform: str) -> None:
    subscribe(world, "CONTENTS_FETCH.SUCCESS", "CONTENTS_FETCH.FAILURE")
    created = create(world, CONTENTS, {"work_platform_id": platform, "profile_url": NOBODYS[platform]})
    world.advance(by="PT5M")
    failed = fetch(world, CONTENTS, created.json()["id"])
    assert list(failed) == ["id", "status", "data", "error"]
    assert (failed["status"], failed["data"]) == ("FAILURE", [])
    answered = Public(world).fetch(platform, profile_url=NOBODYS[platform]).json()["error"]
    assert failed["error"] == answered | {"request_id": created.headers["request-id"]}
    assert told(world) == [("CONTENTS_FETCH.FAILURE", failed["id"])]


def test_success_is_told_when_the_job_ends(world: TestWorld) -> None:
    platform, url = TIKTOK, busy(world, TIKTOK)
    people = list(professionals(world))
    subscribe(world, "CONTENTS_FETCH.SUCCESS", "CONTENTS_FETCH.FAILURE")
    social = submit(world, CONTENTS, {"work_platform_id": platform, "profile_url": url})
    wait_for(world, social)
    on_linkedin = submit(world, ON_LINKEDIN, {"work_platform_id": LINKEDIN, "profile_url": people[0]})
    assert told(world) == [("CONTENTS_FETCH.SUCCESS", social)]
    wait_for(world, on_linkedin)
    assert told(world)[1:] == [("CONTENTS_FETCH.SUCCESS", on_linkedin)]


@pytest.mark.parametrize("outcome", ["SUCCESS", "FAILURE"])
@pytest.mark.parametrize(
    ("path", "family", "event"),
    [
        (CONTENTS, "contents_fetch", "CONTENTS_FETCH"),
        (ON_LINKEDIN, "professional_contents_fetch", "CONTENTS_FETCH"),
        (COMMENTS, "comments_fetch", "CONTENT_COMMENTS_FETCH"),
        (COMMENTS_ON_LINKEDIN, "professional_comments_fetch", "CONTENT_COMMENTS_FETCH"),
    ],
)
def test_every_status_can_be_commanded_and_is_told(
    world: TestWorld, path: str, family: str, event: str, outcome: str
) -> None:
    on_linkedin = path in (ON_LINKEDIN, COMMENTS_ON_LINKEDIN)
    contents = professionals(world).values() if on_linkedin else direct(world, TIKTOK).values()
    content = next(each for found in contents for each in found if each["engagement"]["comment_count"])
    set_rules(world, {"match": {"family": family}, "outcome": outcome, "after": 7.5})
    subscribe(world, f"{event}.SUCCESS", f"{event}.FAILURE")
    body = {"work_platform_id": content["work_platform"]["id"], "content_url": content["url"]}
    accepted = submit(world, path, body)
    world.advance(by="PT7.499999S")
    assert fetch(world, path, accepted)["status"] == "IN_PROGRESS"
    assert told(world) == []
    world.advance(by="PT0.000001S")
    ended = fetch(world, path, accepted)
    assert ended["status"] == outcome
    assert ("error" in ended) is not bool(ended["data"])
    assert ("error" in ended) is (outcome == "FAILURE")
    assert told(world) == [(f"{event}.{outcome}", accepted)]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (CONTENTS, {"work_platform_id": LINKEDIN, "profile_url": "https://www.linkedin.com/in/anybody/"}),
        (CONTENTS, {"work_platform_id": INSTAGRAM, "profile_url": "https://www.linkedin.com/in/anybody/"}),
        (CONTENTS, {"work_platform_id": X, "content_url": NOWHERE}),
        (CONTENTS, {"work_platform_id": NOBODY, "profile_url": NOBODYS[X]}),
        (ON_LINKEDIN, {"work_platform_id": INSTAGRAM, "profile_url": NOBODYS[INSTAGRAM]}),
        (ON_LINKEDIN, {"work_platform_id": NOBODY, "content_url": NOWHERE}),
    ],
)
def test_the_wrong_platform_is_refused_and_nothing_is_queued(world: TestWorld, path: str, body: Any) -> None:
    assert_refused(create(world, path, body), 404, "incorrect_work_platform_id")
    assert jobs(world) == []


@pytest.mark.parametrize("path", [CONTENTS, ON_LINKEDIN])
def test_a_body_that_names_nothing_or_too_much_is_refused(world: TestWorld, path: str) -> None:
    for body in ({}, {"work_platform_id": X}, {"profile_url": NOBODYS[X]}):
        assert_refused(create(world, path, body), 400, "MISSING_FIELDS")
    both = {"work_platform_id": X, "profile_url": NOBODYS[X], "content_url": NOBODYS[X]}
    assert_refused(create(world, path, both), 400, "INVALID_FIELDS")
    assert jobs(world) == []


def test_a_job_is_known_to_its_own_operation_alone(world: TestWorld) -> None:
    accepted = submit(world, CONTENTS, {"work_platform_id": X, "profile_url": NOBODYS[X]})
    for unknown in (f"{ON_LINKEDIN}/{accepted}", f"{CONTENTS}/{NOBODY}"):
        assert_refused(world.insightiq("GET", unknown), 404, "incorrect_job_id")


def test_contents_on_linkedin_are_those_of_the_analytics(world: TestWorld) -> None:
    seen = 0
    for url, contents in professionals(world).items():
        report = analytics(world, url).json()
        again = whole(world, ON_LINKEDIN, {"work_platform_id": LINKEDIN, "profile_url": url})["data"]
        assert [each["url"] for each in again] == [each["url"] for each in contents]
        assert [each["url"] for each in contents[:5]] == [each["url"] for each in report["recent_contents"]]
        for each, told_there in zip(contents, report["recent_contents"], strict=False):
            assert list(each) == KEYS
            assert each["profile"]["platform_username"] == report["platform_username"]
            assert each["profile"]["external_id"] == report["external_id"]
            same = ("description", "thumbnail_url", "published_at")
            assert [each[key] for key in same] == [told_there[key] for key in same]
            seen += 1
    assert seen > 10


def test_reactions_on_linkedin_are_a_part_of_the_likes_and_never_fall(world: TestWorld) -> None:
    before = {each["url"]: each["engagement"] for contents in professionals(world).values() for each in contents}
    world.advance(by="P20D")
    after = {each["url"]: each["engagement"] for contents in professionals(world).values() for each in contents}
    for url, counts in before.items():
        assert sum(after[url][key] for key in REACTIONS) <= after[url]["like_count"]
        assert all(after[url][key] >= count for key, count in counts.items() if count is not None)
    assert any(counts[key] for counts in after.values() for key in REACTIONS)


@pytest.mark.parametrize(
    "form", ["{}", "{}?trackingInfo=1", "https://de.linkedin.com/posts/x_any-words-activity-{id}-aB1c"]
)
def test_a_content_on_linkedin_is_found_by_any_form_of_its_address(world: TestWorld, form: str) -> None:
    [first, *_] = [each for contents in professionals(world).values() for each in contents]
    url = form.format(first["url"], id=first["platform_content_id"])
    [alone] = whole(world, ON_LINKEDIN, {"work_platform_id": LINKEDIN, "content_url": url})["data"]
    assert {**alone, "engagement": None, "profile": None} == {**first, "engagement": None, "profile": None}
