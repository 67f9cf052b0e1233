import json
from itertools import pairwise
from typing import Any

import pytest

from emulator import resources
from tests.insightiq.discovery.support import LIVE
from tests.insightiq.professional.support import ANALYTICS, INSTAGRAM, LINKEDIN, Directory, analytics, found
from tests.insightiq.support import NOBODY, Another, assert_refused
from tests.support import TestWorld


def merged(sample: Any, shown: Any) -> None:
    """Whatever is shown has the sample's keys in the sample's order; the two lists that are single there are many."""
    if isinstance(sample, dict) and isinstance(shown, dict) and sample:
        assert list(shown) == list(sample)
        for key, value in sample.items():
            merged(value, shown[key])
    elif isinstance(shown, list):
        for entry in shown:
            merged(sample[0] if isinstance(sample, list) else sample, entry)


def test_a_report_has_the_documented_keys_in_the_documented_order(directory: Directory) -> None:
    path = resources.fixtures() / "documented" / "insightiq" / "professional" / "get_professional_analytics.json"
    sample = json.loads(path.read_text())["response"]["body"]
    for report in directory.reports.values():
        merged(sample, report)


def test_a_report_agrees_with_the_search(directory: Directory) -> None:
    same = ("url", "image_url", "follower_count", "engagement_rate", "external_id", "profile_headline", "work_platform")
    for profile in directory.profiles:
        report = directory.reports[profile["url"]]
        assert {key: report[key] for key in same} == {key: profile[key] for key in same}
        assert f"{report['first_name']} {report['last_name']}".strip() == profile["full_name"]
        assert report["profile_summary"] == profile["introduction"]
        assert report["reputation"]["connection_count"] == profile["connection_count"]
        assert [tag["name"] for tag in report["talks_about"]] == profile["talks_about"]
        current = [job["title"] for job in report["work_experiences"] if job["time_period"]["end_date"] is None]
        assert [position["title"] for position in profile["current_positions"]] == current


def test_jobs_follow_one_another_latest_first(directory: Directory) -> None:
    def months(moment: dict[str, int] | None) -> int:
        return 10**6 if moment is None else moment["year"] * 12 + moment["month"]

    for report in directory.reports.values():
        periods = [job["time_period"] for job in report["work_experiences"]]
        for period in periods + [education["time_period"] for education in report["education"]]:
            assert months(period["start_date"]) < months(period["end_date"])
        for later, earlier in pairwise(periods):
            assert months(earlier["end_date"]) <= months(later["start_date"])


def test_recommendations_given_are_received_by_the_other(directory: Directory) -> None:
    given = [(url, each) for url, report in directory.reports.items() for each in report["recommendations_given"]]
    assert given
    for url, each in given:
        received = directory.reports[each["url"]]["recommendations_received"]
        assert [entry["context"] for entry in received if entry["url"] == url] == [each["context"]]
        assert all(entry["description"] not in ("", entry["context"]) for entry in received)


def test_people_seen_beside_a_profile_are_other_profiles_of_the_search(directory: Directory) -> None:
    urls = {profile["url"] for profile in directory.profiles}
    for url, report in directory.reports.items():
        assert {neighbour["url"] for neighbour in report["people_also_viewed"]} <= urls - {url}


def test_people_seen_beside_a_profile_are_told_as_in_their_own_reports(directory: Directory) -> None:
    """Those of the same industry come first."""
    same = ("last_name", "first_name", "profile_headline", "image_url")
    for report in directory.reports.values():
        beside = [(person, directory.reports[person["url"]]) for person in report["people_also_viewed"]]
        for person, own in beside:
            assert {key: person[key] for key in same} == {key: own[key] for key in same}
            assert person["public_identifier"] == own["platform_username"]
            assert person["premium"] is ("PREMIUM_USER" in own["platform_account_type"])
        others = [own["industry"] != report["industry"] for _, own in beside]
        assert others == sorted(others)


def test_a_creator_is_one_by_its_standing_and_a_top_voice_has_influence(directory: Directory) -> None:
    for profile in directory.profiles:
        report = directory.reports[profile["url"]]
        assert report["platform_account_type"] == profile["creator_account_type"]
        assert report["is_creator"] is ("CREATOR" in profile["creator_account_type"])
        assert report["is_influencer"] or "TOP_VOICE" not in profile["creator_account_type"]
        assert report["is_influencer"] or report["follower_count"] < 10_000


def test_contents_are_ordered(directory: Directory) -> None:
    for report in directory.reports.values():
        times = [content["published_at"] for content in report["recent_contents"]]
        likes = [content["engagement"]["like_count"] for content in report["top_contents"]]
        assert times == sorted(times, reverse=True)
        assert likes == sorted(likes, reverse=True)
    for key in ("recent_contents", "top_contents"):
        assert max(len(report[key]) for report in directory.reports.values()) == 5


def test_the_figures_of_contents_grow_with_time(another: Another) -> None:
    world = another()
    before = {profile["url"]: analytics(world, profile["url"]).json() for profile in found(world)}
    world.advance(by="P30D")
    compared = 0
    for url, earlier in before.items():
        report = analytics(world, url).json()
        assert report["updated_at"] == world.now().removesuffix("Z") > earlier["updated_at"]
        for then, now in zip(earlier["recent_contents"], report["recent_contents"], strict=True):
            assert then["url"] == now["url"]
            assert all(now["engagement"][key] >= count for key, count in then["engagement"].items())
            compared += 1
    assert compared


def test_followers_are_those_of_the_live_profile_at_any_time(another: Another) -> None:
    """So are those of the people seen beside a profile."""
    world = another()
    for distance in ("PT0S", "P10D", "P90D"):
        world.advance(by=distance)
        reports = {profile["url"]: analytics(world, profile["url"]).json() for profile in found(world)}
        assert any(report["people_also_viewed"] for report in reports.values())
        for url, report in reports.items():
            asked = {"identifier": url, "work_platform_id": LINKEDIN}
            live = world.insightiq("GET", LIVE, params=asked).json()
            assert report["follower_count"] == report["reputation"]["follower_count"] == live["follower_count"]
            for person in report["people_also_viewed"]:
                assert person["reputation"] == {"follower_count": reports[person["url"]]["follower_count"]}
    assert [report["follower_count"] for report in reports.values()] != [
        profile["follower_count"] for profile in found(world)
    ]


def test_a_report_is_the_same_when_asked_again(world: TestWorld) -> None:
    url = found(world)[0]["url"]
    assert analytics(world, url).json() == analytics(world, url).json()


def test_an_address_is_understood_in_the_forms_that_people_copy(world: TestWorld) -> None:
    url = found(world)[0]["url"]
    handle = url.rstrip("/").rpartition("/")[2]
    report = analytics(world, url).json()
    for form in (
        f"https://www.linkedin.com/in/{handle}", f"http://linkedin.com/in/{handle.upper()}/?trk=x#about",
        f"https://de.linkedin.com/in/{handle}/", f"https://www.linkedin.com/in/{handle}/fr", f"https://WWW.LinkedIn.com/in/%{ord(handle[0]):02x}{handle[1:]}",
    ):  # fmt: skip
        assert analytics(world, form).json() == report


@pytest.mark.parametrize(
    "form",
    [
        "https://www.linkedin.com/in/nobody-at-all/", "https://www.linkedin.com/company/{handle}/",
        "https://notlinkedin.com/in/{handle}/", "https://linkedin.com.example.com/in/{handle}/",
        "https://www.linkedin.com/{handle}/", "https://www.linkedin.com/in/{handle}/details/",
        "https://www.linkedin.com/in/", "https://www.linkedin.com", "ftp://www.linkedin.com/in/{handle}/",
        "https://www.instagram.com/{handle}/", "urn:li:person:{handle}", "https://www.linkedin.com/in/%00{handle}",
    ],
)  # fmt: skip
def test_an_address_without_profile_is_not_found(world: TestWorld, form: str) -> None:
    handle = found(world)[0]["url"].rstrip("/").rpartition("/")[2]
    assert_refused(analytics(world, form.format(handle=handle)), 404, "incorrect_profile_id")


def test_a_profile_of_another_world_is_not_found(world: TestWorld, another: Another) -> None:
    ours = {profile["url"] for profile in found(world)}
    foreign = [profile["url"] for profile in found(another(seed=2)) if profile["url"] not in ours]
    assert_refused(analytics(world, foreign[0]), 404, "incorrect_profile_id")


def test_the_platform_id_may_be_written_in_capitals(world: TestWorld) -> None:
    [first, *_] = found(world, work_platform_id=LINKEDIN.upper())
    assert analytics(world, first["url"], LINKEDIN.upper()).json() == analytics(world, first["url"]).json()


@pytest.mark.parametrize("platform", [INSTAGRAM, NOBODY])
def test_other_platforms_are_not_served(world: TestWorld, platform: str) -> None:
    assert_refused(analytics(world, found(world)[0]["url"], platform), 404, "incorrect_work_platform_id")


@pytest.mark.parametrize(
    "body", [{}, {"profile_url": "https://www.linkedin.com/in/x/"}, {"work_platform_id": LINKEDIN}]
)
def test_missing_keys_are_refused(world: TestWorld, body: dict[str, str]) -> None:
    assert_refused(world.insightiq("POST", ANALYTICS, json=body), 400, "MISSING_FIELDS")


@pytest.mark.parametrize(
    "wrong",
    [{"profile_url": "not an address"}, {"profile_url": 5}, {"work_platform_id": "x"}, {"work_platform_id": None}],
)
def test_wrong_values_are_refused(world: TestWorld, wrong: dict[str, Any]) -> None:
    body = {"profile_url": "https://www.linkedin.com/in/x/", "work_platform_id": LINKEDIN, **wrong}
    assert_refused(world.insightiq("POST", ANALYTICS, json=body), 400, "INVALID_FIELDS")
