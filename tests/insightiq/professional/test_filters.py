"""Each filter against a plain predicate on what the search and the analytics show of a profile."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.insightiq.professional.support import Directory, found, topics

Shown = dict[str, Any]
Holds = Callable[[Directory, Any, Shown, Shown], bool]  # (directory, the filter's value, result, report)

MOST_TAGS: Final = 10  # in a report
RANGES: Final = ("follower_count", "average_likes", "average_comments", "average_shares")


def _within(key: str) -> Holds:
    def holds(_: Directory, wanted: Any, profile: Shown, report: Shown) -> bool:
        return bool(wanted.get("min", -1) <= report[key] <= wanted.get("max", 10**12))

    return holds


def _at(directory: Directory, wanted: Any, profile: Shown, report: Shown) -> bool:
    places = set(profile["creator_location"].values())
    return any(term["name"] in places for term in directory.terms["locations"] if term["id"] in wanted)


def _talks(directory: Directory, wanted: Any, profile: Shown, report: Shown) -> bool:
    ids = {directory.id_of("talks-about", name) for name in profile["talks_about"]}
    return {entry["name"] for entry in wanted} <= ids


def _names(key: str) -> Holds:
    return lambda _directory, wanted, _profile, report: (
        {entry["name"] for entry in wanted} <= {tag["name"] for tag in report[key]}
    )


def _cut_off(asked: Mapping[str, Any], report: Shown) -> bool:
    """Whether the report shows only the most frequent of what is asked for, so that it cannot tell."""
    return any(name in asked and len(report[f"top_{name}"]) == MOST_TAGS for name in ("hashtags", "mentions"))


def _worked(directory: Directory, wanted: Any, profile: Shown, report: Shown) -> bool:
    jobs = [(directory.id_of("companies", job["company"]["name"]), job["title"]) for job in report["work_experiences"]]
    return all(
        any(entry.get("company", company) == company and entry.get("title", "") in title for company, title in jobs)
        for entry in wanted
    )


def _studied(directory: Directory, wanted: Any, profile: Shown, report: Shown) -> bool:
    studies = [
        {
            "institute": directory.id_of("education-institutes", education["school"]["name"]),
            "degree": directory.id_of("education-degrees", education["degree"]),
        }
        for education in report["education"]
    ]
    return all(any(entry.items() <= study.items() for study in studies) for entry in wanted)


HOLDS: Final[Mapping[str, Holds]] = {
    **{key: _within(key) for key in RANGES},
    "has_contact_details": lambda _d, wanted, _p, report: bool(report["contact_details"]) is wanted,
    "engagement_rate": lambda _d, wanted, profile, _r: profile["engagement_rate"] >= float(wanted["percentage_value"]),
    "creator_location_names": _at,
    "bio_phrase": lambda _d, wanted, profile, _r: wanted.casefold() in profile["introduction"].casefold(),
    "hashtags": _names("top_hashtags"),
    "mentions": _names("top_mentions"),
    "talks_about": _talks,
    "creator_account_type": lambda _d, wanted, profile, _r: bool({*wanted} & {*profile["creator_account_type"]}),
    "work_experiences": _worked,
    "education": _studied,
}


@st.composite
def filters(draw: st.DrawFn, directory: Directory) -> dict[str, Any]:
    """Values taken from one profile of the world, so that results are common; a few names of filters."""
    profile = draw(st.sampled_from(directory.profiles))
    values = _values(draw, directory, profile, directory.reports[profile["url"]])
    names = draw(st.sets(st.sampled_from(sorted(values)), min_size=1, max_size=3))
    return {name: values[name] for name in names}


def _values(draw: st.DrawFn, directory: Directory, profile: Shown, report: Shown) -> dict[str, Any]:
    ranges = {key: draw(_range(report[key])) for key in RANGES}
    place = draw(st.sampled_from(sorted(profile["creator_location"].values())))
    subject = draw(st.sampled_from(profile["talks_about"]))
    lists = {
        "hashtags": [{"name": tag["name"]} for tag in report["top_hashtags"][:1]],
        "mentions": [{"name": tag["name"], "type": "COMPANY"} for tag in report["top_mentions"][:1]],
        "creator_account_type": profile["creator_account_type"],
        "work_experiences": [draw(_job(directory, job)) for job in report["work_experiences"][:2]],
        "education": [draw(_education(directory, education)) for education in report["education"][:2]],
    }
    return {
        **ranges,
        "has_contact_details": draw(st.booleans()),
        "engagement_rate": {"percentage_value": str(draw(st.sampled_from([profile["engagement_rate"], 0, 1.5, 3])))},
        "creator_location_names": [directory.id_of("locations", place)],
        "bio_phrase": draw(st.sampled_from(profile["introduction"].split())).upper(),
        "talks_about": [{"name": directory.id_of("talks-about", subject)}],
        **{name: entries for name, entries in lists.items() if entries},
    }


def _range(number: int) -> st.SearchStrategy[dict[str, int]]:
    return st.sampled_from([{"min": number}, {"max": number}, {"min": number, "max": number}, {"min": number + 1}, {}])


def _job(directory: Directory, job: Shown) -> st.SearchStrategy[dict[str, str]]:
    whole = {"title": job["title"], "company": directory.id_of("companies", job["company"]["name"])}
    return st.sampled_from([whole, {"title": whole["title"].split()[-1]}, {"company": whole["company"]}, {}])


def _education(directory: Directory, education: Shown) -> st.SearchStrategy[dict[str, str]]:
    institute = directory.id_of("education-institutes", education["school"]["name"])
    degree = directory.id_of("education-degrees", education["degree"])
    return st.sampled_from([{"institute": institute, "degree": degree}, {"institute": institute}, {"degree": degree}])


@settings(max_examples=100)
@given(data=st.data())
def test_the_results_are_exactly_the_profiles_that_every_filter_holds_for(directory: Directory, data: Any) -> None:
    asked = data.draw(filters(directory))
    results = found(directory.world, **asked)
    assert results == [profile for profile in directory.profiles if profile in results]
    for profile in directory.profiles:
        report = directory.reports[profile["url"]]
        holds = all(HOLDS[name](directory, value, profile, report) for name, value in asked.items())
        assert (profile in results) is holds or (_cut_off(asked, report) and not holds)


@settings(max_examples=50)
@given(data=st.data())
def test_one_more_filter_never_adds_a_result(directory: Directory, data: Any) -> None:
    fewer, more = data.draw(filters(directory)), data.draw(filters(directory))
    wide = found(directory.world, **fewer)
    for profile in found(directory.world, **(more | fewer)):
        assert profile in wide


@pytest.mark.parametrize("key", ["hashtags", "talks_about", "mentions", "work_experiences", "education"])
def test_one_more_entry_of_a_list_never_adds_a_result(directory: Directory, key: str) -> None:
    kinds = {"talks_about": "talks-about", "work_experiences": "companies", "education": "education-institutes"}
    if key in kinds:
        field = {"talks_about": "name", "work_experiences": "company", "education": "institute"}[key]
        entries = [{field: term["id"]} for term in directory.terms[kinds[key]]]
    else:
        names = sorted({tag["name"] for report in directory.reports.values() for tag in report[f"top_{key}"]})
        entries = [{"name": name, "type": "COMPANY"} for name in names]
    for first, second in pairwise(entries[:9]):
        both = found(directory.world, **{key: [first, second]})
        one, other = found(directory.world, **{key: [first]}), found(directory.world, **{key: [second]})
        assert both == [profile for profile in one if profile in other]


def test_empty_lists_and_objects_narrow_nothing(directory: Directory) -> None:
    lists = ("creator_location_names", "hashtags", "talks_about", "mentions", "creator_account_type", "education")
    asked: dict[str, Any] = {name: [] for name in lists} | {"follower_count": {}, "bio_phrase": ""}
    assert found(directory.world, **asked) == directory.profiles


def test_jobs_hold_title_and_company_at_once(directory: Directory) -> None:
    for report in directory.reports.values():
        first, *others = report["work_experiences"] or [None]
        for other in (other for other in others if first["title"] not in other["title"]):
            crossed = {"title": first["title"], "company": directory.id_of("companies", other["company"]["name"])}
            urls = [profile["url"] for profile in found(directory.world, work_experiences=[crossed])]
            assert report["url"] not in urls


def test_content_counts_split_the_profiles(directory: Directory) -> None:
    for bound in (0, 100, 400, 10_000):
        above, below = (
            found(directory.world, content_count={"min": bound + 1}),
            found(directory.world, content_count={"max": bound}),
        )
        assert sorted(p["url"] for p in above + below) == sorted(p["url"] for p in directory.profiles)


def test_the_last_post_is_at_or_after_the_moment(directory: Directory) -> None:
    dated = [report for report in directory.reports.values() if report["recent_contents"]]
    assert dated
    for report in dated:
        last = report["recent_contents"][0]["published_at"]
        for moment, within in (
            (last, True),
            (f"{last}Z", True),
            (f"{last[:19]}+00:00", True),
            ("2030-01-01T00:00:00", False),
        ):
            urls = [profile["url"] for profile in found(directory.world, last_post_timestamp=moment)]
            assert (report["url"] in urls) is within


def test_a_moment_with_a_zone_is_that_moment(directory: Directory) -> None:
    for report in directory.reports.values():
        for content in report["recent_contents"]:
            moment = datetime.fromisoformat(content["published_at"]).replace(tzinfo=UTC)
            east = moment.astimezone(timezone(timedelta(hours=9))).isoformat()
            in_utc = found(directory.world, last_post_timestamp=content["published_at"])
            assert found(directory.world, last_post_timestamp=east) == in_utc


@given(text=st.text(max_size=12) | st.sampled_from(["%", "_", "\0", "x" * 60_000, "\\", "'"]))
def test_any_text_in_a_filter_is_only_text(directory: Directory, text: str) -> None:
    expected = [profile for profile in directory.profiles if text.casefold() in profile["introduction"].casefold()]
    assert found(directory.world, bio_phrase=text) == expected
    if text.casefold() != "":
        assert found(directory.world, work_experiences=[{"title": f"\0{text}"}]) == []
        assert found(directory.world, hashtags=[{"name": f"#{text}"}]) == []


@pytest.mark.parametrize("number", [2**63 - 1, 2**63, 2**64 - 1, 1e300])
def test_bounds_may_be_as_large_as_numbers_get(directory: Directory, number: float) -> None:
    assert found(directory.world, follower_count={"max": number, "min": -number}) == directory.profiles
    assert found(directory.world, follower_count={"min": number}) == []


def test_subjects_and_locations_are_found_by_name_too(directory: Directory) -> None:
    for term in directory.terms["talks-about"]:
        by_id = found(directory.world, talks_about=[{"name": term["id"]}])
        assert by_id == found(directory.world, talks_about=[{"name": term["name"].upper()}]) != []
    for term in directory.terms["locations"]:
        by_id = found(directory.world, creator_location_names=[term["id"].upper()])
        assert by_id == found(directory.world, creator_location_names=[term["name"]]) != []


def test_a_topic_finds_whoever_talks_about_one_of_its_parts(directory: Directory) -> None:
    for topic in topics(directory.world):
        parts = {part["name"] for part in topic["sub_topics"]}
        expected = [profile for profile in directory.profiles if parts & {*profile["talks_about"]}]
        assert found(directory.world, talks_about=[{"name": topic["id"]}]) == expected != []


def test_every_company_institute_and_degree_of_the_dictionaries_finds_somebody(directory: Directory) -> None:
    for term in directory.terms["companies"]:
        assert found(directory.world, work_experiences=[{"company": term["id"]}])
    for term in directory.terms["education-institutes"]:
        assert found(directory.world, education=[{"institute": term["id"]}])
    for term in directory.terms["education-degrees"]:
        assert found(directory.world, education=[{"degree": term["id"]}])
