"""E-mail look-ups: which profiles tell an address."""

from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.insightiq.discovery.support import INSTAGRAM, LIVE, NAMES, search
from tests.insightiq.jobs.support import EMAILS, contacts, create, fetch, finished, job, jobs, submit, wait_for
from tests.insightiq.support import assert_refused
from tests.support import TestWorld


def known(world: TestWorld) -> dict[str, set[tuple[str, str]]]:
    """Platform and user name of the profiles that tell an address, by address."""
    found: dict[str, set[tuple[str, str]]] = {}
    for platform in NAMES:
        for handle, email in contacts(world, platform).items():
            found.setdefault(email, set()).add((NAMES[platform], handle))
    return found


def matches(result: dict[str, Any]) -> dict[str, set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    for match in result["matched_emails"]:
        platform = match["work_platform"]["name"].lower()
        if platform in NAMES.values():
            found.setdefault(match["email"], set()).add((platform, match["platform_username"]))
    return found


def test_an_accepted_look_up_repeats_the_addresses(world: TestWorld) -> None:
    answer = create(world, EMAILS, {"emails": ["ada@example.com", "no address"]})
    assert answer.status_code == 202
    accepted = answer.json()
    assert list(accepted) == ["id", "created_at", "emails", "status"]
    assert accepted["emails"] == ["ada@example.com", "no address"]
    assert accepted["status"] == "IN_PROGRESS"
    assert f"{accepted['created_at']}Z" == world.now()


def test_before_the_end_nothing_is_counted(world: TestWorld) -> None:
    (email, *_) = known(world)
    result = fetch(world, EMAILS, submit(world, EMAILS, {"emails": [email]}))
    report = result["lookup_report"]
    assert list(report) == ["id", "emails", "status", "matched_count", "non_matched_count"]
    assert (report["status"], report["matched_count"], report["non_matched_count"]) == ("IN_PROGRESS", 0, 0)
    assert (result["matched_emails"], result["non_matched_emails"]) == ([], [])
    assert "error" not in result


def test_every_profile_is_found_by_the_address_that_it_tells(world: TestWorld) -> None:
    everybody = known(world)
    assert len(everybody) > 10
    result = finished(world, EMAILS, {"emails": list(everybody)})
    assert matches(result) == everybody
    assert result["lookup_report"]["matched_count"] == len(everybody)
    assert (result["lookup_report"]["non_matched_count"], result["non_matched_emails"]) == (0, [])


def test_a_match_is_the_profile_as_it_is_when_the_job_ends(world: TestWorld) -> None:
    handle, email = next(iter(contacts(world, INSTAGRAM).items()))
    job_id = submit(world, EMAILS, {"emails": [email]})
    world.advance(by="P30D")
    early, late = fetch(world, EMAILS, job_id), finished(world, EMAILS, {"emails": [email]})
    seen = {"identifier": handle, "work_platform_id": INSTAGRAM}
    profile = world.insightiq("GET", LIVE, params=seen).json()
    then, now = (
        next(each for each in result["matched_emails"] if each["url"] == profile["url"]) for result in (early, late)
    )
    keys = ["email", "work_platform", "platform_username", "full_name", "follower_count", "subscriber_count", "url"]
    assert list(now) == [*keys, "image_url", "is_verified"]
    assert {**now, "email": None} == {key: profile.get(key) for key in now}
    assert {**then, "follower_count": 0} == {**now, "follower_count": 0}
    assert then["follower_count"] != now["follower_count"]


def test_a_look_up_without_any_match_succeeds(world: TestWorld) -> None:
    result = finished(world, EMAILS, {"emails": ["nobody@example.org", ""]})
    assert result["lookup_report"]["status"] == "SUCCESS"
    assert result["lookup_report"]["non_matched_count"] == 2
    assert (result["matched_emails"], result["non_matched_emails"]) == ([], ["nobody@example.org", ""])


def test_a_profile_that_tells_no_address_is_not_found(world: TestWorld) -> None:
    """People keep theirs to themselves, even where another profile of theirs tells it."""
    silent = {profile["platform_username"] for profile in search(world) if not profile["contact_details"]}
    assert silent
    result = finished(world, EMAILS, {"emails": list(known(world))})
    on_instagram = {handle for found in matches(result).values() for name, handle in found if name == "instagram"}
    assert on_instagram
    assert not silent & on_instagram


@given(data=st.data())
def test_look_ups_are_exact(world: TestWorld, data: st.DataObject) -> None:
    """Known and unknown addresses, repeated and written in whatever way: each counts once, under its first spelling."""
    everybody = known(world)
    strangers = st.text(max_size=12).map(lambda text: f"{text}@nowhere.example")
    spelt = st.sampled_from(sorted(everybody)).flatmap(lambda each: st.sampled_from([each, each.upper(), f" {each} "]))
    emails = data.draw(st.lists(st.one_of(spelt, strangers), min_size=1, max_size=8))
    result = finished(world, EMAILS, {"emails": emails})
    given_known = [each for each in dict.fromkeys(emails) if each.strip().lower() in everybody]
    assert matches(result) == {each: everybody[each.strip().lower()] for each in given_known}
    assert result["non_matched_emails"] == [each for each in dict.fromkeys(emails) if each not in given_known]
    assert result["lookup_report"]["matched_count"] == len(given_known)
    assert result["lookup_report"]["emails"] == emails


def test_of_one_address_the_largest_profile_comes_first(world: TestWorld) -> None:
    counted = Counter(email for email, found in known(world).items() for _ in found)
    email = counted.most_common(1)[0][0]
    found = finished(world, EMAILS, {"emails": [email]})["matched_emails"]
    sizes = [match["follower_count"] or match["subscriber_count"] for match in found]
    assert len(sizes) > 1
    assert sizes == sorted(sizes, reverse=True)


def test_no_addresses_are_refused_and_nothing_is_queued(world: TestWorld) -> None:
    assert_refused(create(world, EMAILS, {"emails": []}), 400, "INVALID_FIELDS", "emails")
    assert_refused(create(world, EMAILS, {}), 400, "MISSING_FIELDS", "emails")
    assert_refused(create(world, EMAILS, {"emails": [7]}), 400, "INVALID_FIELDS", "emails")
    assert jobs(world) == []


def test_the_result_does_not_change_once_the_job_has_ended(world: TestWorld) -> None:
    job_id = submit(world, EMAILS, {"emails": list(known(world))})
    wait_for(world, job_id)
    first = fetch(world, EMAILS, job_id)
    world.advance(by="P60D")
    assert fetch(world, EMAILS, job_id) == first
    assert job(world, job_id)["status"] == "SUCCESS"
