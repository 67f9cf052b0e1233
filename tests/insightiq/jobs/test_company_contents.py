"""Contents of companies on LinkedIn: pages, days, and the six statuses."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.insightiq.jobs.fetched import (
    COMPANY,
    NOWHERE,
    OF_COMPANIES,
    ON_LINKEDIN,
    Content,
    companies,
    members,
    professionals,
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
from tests.insightiq.professional.support import LINKEDIN, found
from tests.insightiq.public_content.public import INSTAGRAM
from tests.insightiq.support import NOBODY, assert_refused
from tests.support import TestWorld

KEYS = [
    "work_platform", "profile", "audio_track_info", "platform_content_id", "title", "format", "type", "url",
    "media_urls", "duration", "description", "thumbnail_url", "published_at", "is_reposted", "engagement",
    "collaborators", "sponsors", "mentions", "links", "hashtags",
]  # fmt: skip
PROFILE = ["organization_name", "platform_username", "url", "external_id", "image_url", "is_verified"]
SHARED = ["platform_content_id", "format", "type", "description", "published_at", "hashtags", "thumbnail_url"]
UNKNOWN = COMPANY.format("nobody-at-all")
ENDINGS = {
    "SUCCESS": "SUCCESS",
    "PARTIAL_SUCCESS": "SUCCESS",
    "FAILED": "FAILURE",
    "TIMED_OUT": "FAILURE",
    "THROTTLED": "FAILURE",
}


def busiest(world: TestWorld) -> tuple[str, list[Content]]:
    """The address of the page with the most contents, and these."""
    name, contents = max(companies(world).items(), key=lambda entry: len(entry[1]))
    assert len(contents) > 3
    return COMPANY.format(name), contents


def asked(**addresses: Any) -> dict[str, Any]:
    return {"work_platform_id": LINKEDIN, **addresses}


def ids(contents: list[Content]) -> list[str]:
    return [content["platform_content_id"] for content in contents]


def test_an_accepted_job_repeats_the_question(world: TestWorld) -> None:
    answer = create(world, OF_COMPANIES, asked(profile_url=UNKNOWN, from_date="2025-01-01"))
    assert answer.status_code == 202
    accepted = answer.json()
    assert list(accepted) == ["id", "profile_url", "content_url", "work_platform", "status"]
    assert (accepted["profile_url"], accepted["content_url"]) == (UNKNOWN, None)
    assert (accepted["work_platform"]["name"], accepted["status"]) == ("LinkedIn", "IN_PROGRESS")


def test_pages_of_companies_are_there_and_people_have_none(world: TestWorld) -> None:
    pages, everybody = companies(world), members(world)
    assert 3 < len(pages) < len(everybody)
    assert sum(len(contents) for contents in pages.values()) > 10


def test_a_content_is_what_the_profile_of_the_same_name_has_published(world: TestWorld) -> None:
    of_profiles = {each["url"]: each for contents in professionals(world).values() for each in contents}
    names = {profile["url"].rstrip("/").rpartition("/")[2]: profile for profile in found(world)}
    for name, contents in companies(world).items():
        for each in contents:
            same = of_profiles[each["url"]]
            assert list(each) == KEYS
            assert list(each["profile"]) == PROFILE
            assert each["profile"]["organization_name"] == names[name]["full_name"]
            assert each["profile"]["external_id"] == names[name]["external_id"]
            assert (each["profile"]["platform_username"], each["profile"]["url"]) == (name, COMPANY.format(name))
            shared = (
                "platform_content_id",
                "format",
                "type",
                "description",
                "published_at",
                "hashtags",
                "thumbnail_url",
            )
            assert {key: each[key] for key in shared} == {key: same[key] for key in shared}
            assert each["media_urls"] == ([same["media_url"]] if same["media_url"] else [])
            assert [named["username"] for named in each["mentions"]] == [
                named["platform_username"] for named in same["mentions"]
            ]
            assert each["links"] is None or each["links"]["url"] == same["links"][0]["url"]


def test_a_persons_content_is_not_a_companys(world: TestWorld) -> None:
    of_companies = {each["url"] for contents in companies(world).values() for each in contents}
    everything = {each["url"] for contents in professionals(world).values() for each in contents}
    assert everything > of_companies
    failed = whole(world, OF_COMPANIES, asked(content_url=min(everything - of_companies)))
    assert (failed["status"], failed["error"]["code"]) == ("FAILED", "incorrect_content_id")


@pytest.mark.parametrize(
    "form",
    [
        "http://linkedin.com/company/{}", "https://WWW.LinkedIn.com/company/{}/?viewAsMember=true#top",
        "https://de.linkedin.com/company/{}/posts/", "https://www.linkedin.com/company/{}/about",
    ],
)  # fmt: skip
def test_a_page_is_found_by_any_form_of_its_address(world: TestWorld, form: str) -> None:
    url, contents = busiest(world)
    name = url.rstrip("/").rpartition("/")[2]
    for spelt in (name, name.upper()):
        assert ids(whole(world, OF_COMPANIES, asked(profile_url=form.format(spelt)))["data"]) == ids(contents)


@pytest.mark.parametrize(
    "form",
    [
        "https://www.linkedin.com/in/{}/", "https://www.linkedin.com/{}/", "https://www.linkedin.com/company/{}/people/x",
        "https://notlinkedin.com/company/{}/", "ftp://www.linkedin.com/company/{}/", "urn:li:company:{}",
    ],
)  # fmt: skip
def test_another_address_is_not_that_of_a_page(world: TestWorld, form: str) -> None:
    name = busiest(world)[0].rstrip("/").rpartition("/")[2]
    assert whole(world, OF_COMPANIES, asked(profile_url=form.format(name)))["error"]["code"] == "incorrect_profile_id"


def test_contents_are_there_at_the_instant_of_the_end_and_not_before(world: TestWorld) -> None:
    url, _ = busiest(world)
    accepted = submit(world, OF_COMPANIES, asked(profile_url=url))
    due = job(world, accepted)["due"]
    world.advance(to=just_before(due))
    assert fetch(world, OF_COMPANIES, accepted) == {"id": accepted, "status": "IN_PROGRESS", "data": []}
    world.advance(to=due)
    ended = fetch(world, OF_COMPANIES, accepted)
    assert list(ended) == ["id", "status", "data"]
    assert ended["status"] == "SUCCESS"
    assert ended["data"]
    assert 30 <= seconds_taken(job(world, accepted)) <= 180
    world.advance(by="P40D")
    assert fetch(world, OF_COMPANIES, accepted) == ended


def test_pages_follow_one_another_without_gap_or_overlap(world: TestWorld) -> None:
    url, contents = busiest(world)
    accepted = submit(world, OF_COMPANIES, asked(profile_url=url))
    wait_for(world, accepted)
    for limit in range(1, len(contents) + 2):
        starts = range(0, len(contents) + limit, limit)
        pages = [fetch(world, OF_COMPANIES, accepted, limit=limit, offset=start)["data"] for start in starts]
        assert [each for page in pages for each in ids(page)] == ids(contents)
        assert pages[-1] == []
    for beyond in (len(contents), 10**18 - 1):
        assert fetch(world, OF_COMPANIES, accepted, offset=beyond)["data"] == []


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 101}, {"offset": -1}, {"limit": "x"}])
def test_a_page_out_of_bounds_is_refused(world: TestWorld, query: dict[str, Any]) -> None:
    accepted = submit(world, OF_COMPANIES, asked(profile_url=UNKNOWN))
    answer = world.insightiq("GET", f"{OF_COMPANIES}/{accepted}", params=query)
    assert_refused(answer, 400, "INVALID_FIELDS", *query)


def test_days_narrow_the_contents_of_a_page_both_of_them_included(world: TestWorld) -> None:
    url, contents = busiest(world)
    days = [date.fromisoformat(each["published_at"][:10]) for each in contents]
    ends = st.none() | st.sampled_from(days) | st.dates(min(days) - timedelta(3), max(days) + timedelta(3))

    @settings(max_examples=25)
    @given(first=ends, last=ends)
    def hold(first: date | None, last: date | None) -> None:
        given_days = {"from_date": first and str(first), "to_date": last and str(last)}
        wanted = {key: day for key, day in given_days.items() if day}
        ended = whole(world, OF_COMPANIES, asked(profile_url=url, **wanted))
        if first and last and last < first:
            assert (ended["status"], ended["error"]["code"]) == ("FAILED", "INVALID_FIELDS")
            return
        inside = [(first or day) <= day <= (last or day) for day in days]
        assert ids(ended["data"]) == [each for each, kept in zip(ids(contents), inside, strict=True) if kept]

    hold()


def test_days_do_not_narrow_a_single_content(world: TestWorld) -> None:
    _, [content, *_] = busiest(world)
    ended = whole(world, OF_COMPANIES, asked(content_url=content["url"], from_date="2031-01-01"))
    assert ids(ended["data"]) == [content["platform_content_id"]]


def test_two_addresses_give_what_is_at_either_of_them(world: TestWorld) -> None:
    pages = {name: contents for name, contents in companies(world).items() if contents}
    (name, contents), (_, [other, *_]), *_ = pages.items()
    url = COMPANY.format(name)
    twice = whole(world, OF_COMPANIES, asked(profile_url=url, content_url=contents[-1]["url"]))
    assert (twice["status"], ids(twice["data"])) == ("SUCCESS", ids(contents))
    both = whole(world, OF_COMPANIES, asked(profile_url=url, content_url=other["url"]))
    assert both["status"] == "SUCCESS"
    assert {*ids(both["data"])} == {*ids(contents), other["platform_content_id"]}
    times = [each["published_at"] for each in both["data"]]
    assert times == sorted(times, reverse=True)


def test_a_job_with_one_of_two_addresses_wrong_succeeds_in_part(world: TestWorld) -> None:
    url, contents = busiest(world)
    subscribe(world, "CONTENTS_FETCH.SUCCESS", "CONTENTS_FETCH.FAILURE")
    no_content = whole(world, OF_COMPANIES, asked(profile_url=url, content_url=NOWHERE))
    assert (no_content["status"], ids(no_content["data"])) == ("PARTIAL_SUCCESS", ids(contents))
    no_page = whole(world, OF_COMPANIES, asked(profile_url=UNKNOWN, content_url=contents[0]["url"]))
    assert (no_page["status"], ids(no_page["data"])) == ("PARTIAL_SUCCESS", ids(contents[:1]))
    assert "error" not in no_content | no_page
    assert told(world) == [("CONTENTS_FETCH.SUCCESS", each["id"]) for each in (no_content, no_page)]


@pytest.mark.parametrize(
    ("addresses", "code"),
    [
        ({"profile_url": UNKNOWN}, "incorrect_profile_id"),
        ({"content_url": NOWHERE}, "incorrect_content_id"),
        ({"profile_url": UNKNOWN, "content_url": NOWHERE}, "incorrect_profile_id"),
        ({"profile_url": "https://www.instagram.com/company/x/"}, "incorrect_profile_id"),
    ],
)
def test_a_job_without_anything_at_its_addresses_fails(world: TestWorld, addresses: dict[str, str], code: str) -> None:
    subscribe(world, "CONTENTS_FETCH.SUCCESS", "CONTENTS_FETCH.FAILURE")
    created = create(world, OF_COMPANIES, asked(**addresses))
    world.advance(by="PT5M")
    failed = fetch(world, OF_COMPANIES, created.json()["id"])
    assert list(failed) == ["id", "status", "data", "error"]
    assert (failed["status"], failed["data"]) == ("FAILED", [])
    assert (failed["error"]["code"], failed["error"]["status_code"]) == (code, 404)
    assert failed["error"]["request_id"] == created.headers["request-id"]
    assert told(world) == [("CONTENTS_FETCH.FAILURE", failed["id"])]


@pytest.mark.parametrize(("outcome", "ending"), ENDINGS.items())
def test_every_status_can_be_commanded_and_is_told(world: TestWorld, outcome: str, ending: str) -> None:
    url, contents = busiest(world)
    set_rules(world, {"match": {"family": "company_contents_fetch"}, "outcome": outcome, "after": 7.5})
    subscribe(world, "CONTENTS_FETCH.SUCCESS", "CONTENTS_FETCH.FAILURE")
    accepted = submit(world, OF_COMPANIES, asked(profile_url=url))
    world.advance(by="PT7.499999S")
    assert fetch(world, OF_COMPANIES, accepted)["status"] == "IN_PROGRESS"
    assert told(world) == []
    world.advance(by="PT0.000001S")
    ended = fetch(world, OF_COMPANIES, accepted, limit=100)
    assert ended["status"] == outcome
    assert told(world) == [(f"CONTENTS_FETCH.{ending}", accepted)]
    assert ("error" in ended) is (ending == "FAILURE")
    kept = {"SUCCESS": len(contents), "PARTIAL_SUCCESS": -(-len(contents) // 2)}.get(outcome, 0)
    assert ids(ended["data"]) == ids(contents)[:kept]


def test_a_commanded_error_is_the_jobs_own(world: TestWorld) -> None:
    error = {"type": "RATE_LIMIT_EXCEEDED", "code": "too_many_requests", "message": "Slow down", "status": 429}
    set_rules(world, {"match": {"request": {"profile_url": UNKNOWN}}, "outcome": "THROTTLED", "error": error})
    failed = whole(world, OF_COMPANIES, asked(profile_url=UNKNOWN))
    assert failed["status"] == "THROTTLED"
    shown = ("type", "code", "message", "http_status_code")
    assert [failed["error"][key] for key in shown] == list(error.values())


def test_another_platform_or_no_address_is_refused_and_nothing_is_queued(world: TestWorld) -> None:
    for platform in (INSTAGRAM, NOBODY):
        body = {"work_platform_id": platform, "profile_url": UNKNOWN}
        assert_refused(create(world, OF_COMPANIES, body), 404, "incorrect_work_platform_id")
    assert_refused(create(world, OF_COMPANIES, asked()), 400, "INVALID_FIELDS")
    assert_refused(
        create(world, OF_COMPANIES, asked(profile_url=UNKNOWN, to_date="x")), 400, "INVALID_FIELDS", "to_date"
    )
    assert_refused(create(world, OF_COMPANIES, {"profile_url": UNKNOWN}), 400, "MISSING_FIELDS", "work_platform_id")
    assert jobs(world) == []


def test_a_job_is_known_to_its_own_operation_alone(world: TestWorld) -> None:
    accepted = submit(world, OF_COMPANIES, asked(profile_url=UNKNOWN))
    assert_refused(world.insightiq("GET", f"{ON_LINKEDIN}/{accepted}"), 404, "incorrect_job_id")
    assert_refused(world.insightiq("GET", f"{OF_COMPANIES}/{NOBODY}"), 404, "incorrect_job_id")
