"""What becomes of imports: who is told what and when, and what campaigns show then."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from emulator.contract.document import load
from emulator.world.population import Cast, Profile, load_recipe, populate
from tests.population.recipes import world_of, write_recipe
from tests.storyclash.imports import (
    KEYS,
    call,
    callbacks,
    campaigns,
    ended,
    inbox,
    members,
    rule,
    started,
    strangers,
)
from tests.storyclash.reports import fetch
from tests.support import Server, TestWorld, validator

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
CODES = load("storyclash")["components"]["schemas"]["ImportStatus"]["x-codes"]
CALLBACK = {"$ref": "#/components/schemas/ImportCallback"}
MIXED = {
    "epoch": "2026-01-01T00:00:00Z",
    "creators": 160,
    "posts": 3000,
    "history_days": 900,
    "later_posts": False,
    "platforms": {"Instagram": 60, "TikTok": 5, "YouTube": 5},
    "brands": 1,
    "campaigns": 1,
}


@pytest.fixture
def world(server: Server) -> Iterator[TestWorld]:
    """Without rate limits."""
    made = server.world(clock={"mode": "frozen"}, limits={"storyclash": "off"})
    yield made
    made.control("DELETE")


def campaign_of(world: TestWorld) -> dict[str, Any]:
    """One that is running."""
    return next(each for each in campaigns(world) if each["type"] == 1)


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestWorld, Cast]]:
    """A world with creators of whom some are private, silent, or have been silent for long; and who they are."""
    folder = tmp_path_factory.mktemp("mixed")
    cast = populate(load_recipe(str(write_recipe(folder, **MIXED))), 1, EPOCH)
    with world_of(folder, **MIXED) as world:
        yield world, cast


def expected(cast: Cast, profile: Profile, now: datetime) -> str:
    (creator,) = (each for each in cast.creators if each.id == profile.creator_id)
    published = [post.published_at for post in cast.posts_of(creator) if post.profile.id == profile.id]
    if profile.private:
        return "PRIVATE"
    if not published:
        return "NO_CONTENT"
    if max(published) < now - timedelta(days=365):
        return "NO_RECENT_CONTENT"
    known = any(creator.id in campaign.creator_ids for campaign in cast.campaigns)
    return "FOUND_EXISTING" if known else "CREATED_NEW"


def test_the_status_follows_from_what_the_profile_is(mixed: tuple[TestWorld, Cast]) -> None:
    world, cast = mixed
    profiles = [each for creator in cast.creators for each in creator.profiles if each.platform in KEYS]
    for profile in profiles:
        started(world, **{KEYS[profile.platform]: profile.handle}, webhook=inbox(world))
    world.advance(by="PT10M")
    by_name = {(KEYS[each.platform], each.handle): each for each in profiles}
    told, seen = callbacks(world), set()
    for callback in told:
        ((key, name),) = ((key, value) for key, value in callback["requestData"][0].items() if key != "webhook")
        profile = by_name[key, name]
        assert callback["statusName"] == expected(cast, profile, EPOCH + timedelta(minutes=10))
        assert callback["feedId"] == profile.id
        seen.add(callback["statusName"])
    assert len(told) == len(profiles)
    assert seen == {"PRIVATE", "NO_CONTENT", "NO_RECENT_CONTENT", "FOUND_EXISTING", "CREATED_NEW"}
    world.control("POST", "/reset")


def test_a_fan_base_under_fifty_is_too_small(mixed: tuple[TestWorld, Cast]) -> None:
    """By then, somebody whose audience shrinks has lost nearly all of it."""
    world, cast = mixed
    shrinking = min((each for creator in cast.creators for each in creator.profiles if each.platform == "Instagram"
                     and not each.private), key=lambda each: each.monthly_growth)  # fmt: skip
    later = datetime(2096, 1, 1, tzinfo=UTC)
    assert shrinking.followers_at(later) < 50
    world.advance(to=later.isoformat())
    (callback,) = ended(world, instagramName=shrinking.handle)
    assert (callback["status"], callback["statusName"]) == (308, "TOO_SMALL_FANBASE")
    world.control("POST", "/reset")


@pytest.mark.parametrize(
    "name", ["two words", "https://www.instagram.com/somebody/", "ein-ähm", "x" * 65, "a/b", "@@x"]
)
def test_a_text_that_no_handle_can_be_is_an_invalid_one(world: TestWorld, name: str) -> None:
    (callback,) = ended(world, instagramName=name)
    assert (callback["status"], callback["statusName"], callback["feedId"]) == (306, "INVALID_HANDLE", 0)


def test_nobody_of_that_name_is_not_found(world: TestWorld) -> None:
    (callback,) = ended(world, instagramName="nobody.of.this.name")
    assert (callback["status"], callback["statusName"], callback["feedId"]) == (304, "NOT_FOUND", 0)


@pytest.mark.parametrize("status", [each for each in CODES if each != "NEEDS_REVIEW"])
def test_every_status_can_be_commanded(world: TestWorld, status: str) -> None:
    rule(world, match={"vendor": "storyclash"}, outcome=status)
    (callback,) = ended(world, instagramName=strangers(world)[0])
    assert (callback["status"], callback["statusName"]) == (CODES[status], status)
    (job,) = world.control("GET", "/jobs").json()["data"]
    assert job["status"] == status


def test_a_review_is_followed_by_another_callback(world: TestWorld) -> None:
    campaign, handle = campaign_of(world), strangers(world)[0]
    rule(world, match={"family": "creator_import"}, outcome="NEEDS_REVIEW")
    (first,) = ended(world, instagramName=handle, campaign=campaign["id"])
    assert (first["status"], first["statusName"]) == (401, "NEEDS_REVIEW")
    assert handle not in [each["instagramName"] for each in members(world, campaign["id"])]
    world.advance(by="P1D")
    _, second = callbacks(world)
    assert second == {**first, "status": 102, "statusName": "CREATED_NEW", "feedId": second["feedId"]}
    assert second["feedId"]
    assert handle in [each["instagramName"] for each in members(world, campaign["id"])]


def test_a_review_can_end_badly(world: TestWorld) -> None:
    rule(world, match={"family": "creator_import"}, outcome="NEEDS_REVIEW")
    started(world, instagramName=strangers(world)[0], webhook=inbox(world))
    world.advance(by="PT10M")
    rule(world, match={"family": "creator_import_review"}, outcome="BLACKLISTED")
    world.advance(by="P1D")
    assert [each["statusName"] for each in callbacks(world)] == ["NEEDS_REVIEW", "BLACKLISTED"]


def test_an_import_ends_on_the_worlds_clock(world: TestWorld) -> None:
    campaign = campaign_of(world)
    before = members(world, campaign["id"])
    started(world, instagramName=strangers(world)[0], campaign=campaign["id"], webhook=inbox(world))
    (job,) = world.control("GET", "/jobs").json()["data"]
    world.advance(to=(datetime.fromisoformat(job["due"]) - timedelta(microseconds=1)).isoformat())
    assert (callbacks(world), members(world, campaign["id"])) == ([], before)
    world.advance(by=0.000001)
    assert len(callbacks(world)) == 1
    assert len(members(world, campaign["id"])) == len(before) + 1


def test_an_imported_creator_stands_in_the_campaign_with_the_fields_and_nowhere_else(world: TestWorld) -> None:
    first, *others = campaigns(world)
    before = {each["id"]: members(world, each["id"]) for each in (first, *others)}
    fields = before[first["id"]][0]["additionalFields"]
    given = [{"id": field["id"], "value": json.dumps(field["value"])} for field in fields]
    handle = strangers(world)[0]
    (callback,) = ended(
        world, instagramName=f"@{handle.upper()}", campaign=first["id"], list=7, additional_fields=given
    )
    assert callback["statusName"] == "CREATED_NEW"
    (added,) = [each for each in members(world, first["id"]) if each not in before[first["id"]]]
    assert added["instagramName"] == handle
    assert added["additionalFields"] == fields
    assert added["linkToCreator"] == f"{first['url']}?creatorId={added['id']}"
    assert added["shopData"]["codeUsages"] == added["linkData"]["linkClicks"] == 0
    assert [each["id"] for each in members(world, first["id"])] == sorted(
        [added["id"], *(each["id"] for each in before[first["id"]])]
    )
    assert all(members(world, each["id"]) == before[each["id"]] for each in others)


def test_whoever_is_there_already_stays_once_and_gets_new_values(world: TestWorld) -> None:
    campaign = campaign_of(world)
    before = members(world, campaign["id"])
    creator = next(each for each in before if each["instagramName"])
    field = next(each for each in creator["additionalFields"] if isinstance(each["value"], str))
    asked = {"campaign": campaign["id"], "additional_fields": [{"id": field["id"], "value": '"changed"'}]}
    (callback,) = ended(world, instagramName=creator["instagramName"], **asked)
    assert callback["statusName"] == "FOUND_EXISTING"
    changed = [{**each, "value": "changed"} if each == field else each for each in creator["additionalFields"]]
    wanted = [{**each, "additionalFields": changed} if each == creator else each for each in before]
    assert members(world, campaign["id"]) == wanted


def test_importing_twice_finds_what_the_first_one_has_made(world: TestWorld) -> None:
    campaign, handle = campaign_of(world), strangers(world)[0]
    (first,) = ended(world, instagramName=handle)
    assert handle not in [each["instagramName"] for each in members(world, campaign["id"])]
    (second,) = ended(world, instagramName=handle, campaign=campaign["id"])
    shown = members(world, campaign["id"])
    (third,) = ended(world, instagramName=handle, campaign=campaign["id"])
    assert [each["statusName"] for each in (first, second, third)] == ["CREATED_NEW", *["FOUND_EXISTING"] * 2]
    assert first["feedId"] == second["feedId"] == third["feedId"]
    assert members(world, campaign["id"]) == shown
    assert [each["instagramName"] for each in shown].count(handle) == 1


def test_each_platform_of_a_call_is_told_by_itself(world: TestWorld) -> None:
    campaign = campaign_of(world)
    names = {"instagramName": "nobody.at.all", "tiktokName": "x x", "youtubeName": "nobody2", "facebookName": "n"}
    told = ended(world, **names, campaign=campaign["id"])
    assert sorted(each["statusName"] for each in told) == ["INVALID_HANDLE", *["NOT_FOUND"] * 3]
    assert len({each["packageId"] for each in told}) == 1
    assert len({each["entryId"] for each in told}) == 4
    assert all(each["requestData"] == told[0]["requestData"] for each in told)
    (other,) = ended(world, instagramName="nobody.at.all")
    assert other["packageId"] != told[0]["packageId"]


def test_two_platforms_of_one_creator_are_one_member(world: TestWorld) -> None:
    campaign = campaign_of(world)
    before = len(members(world, campaign["id"]))
    both = set(strangers(world)) & set(strangers(world, "TikTok"))
    for handle in sorted(both)[:4]:
        ended(world, instagramName=handle, tiktokName=handle, campaign=campaign["id"])
    shown = members(world, campaign["id"])
    assert len({each["id"] for each in shown}) == len(shown) > before
    assert {(each["instagramName"], each["tiktokName"]) for each in shown} & {(each, each) for each in both}


def test_without_a_webhook_nobody_is_told_and_the_import_is_done(world: TestWorld) -> None:
    campaign, handle = campaign_of(world), strangers(world)[0]
    started(world, instagramName=handle, campaign=campaign["id"])
    world.advance(by="PT10M")
    assert callbacks(world) == []
    assert handle in [each["instagramName"] for each in members(world, campaign["id"])]


def test_a_callback_is_as_the_contract_says(world: TestWorld) -> None:
    for callback in ended(world, instagramName=strangers(world)[0], tiktokName="nobody"):
        assert list(validator("storyclash", json.dumps(CALLBACK)).iter_errors(callback)) == []


def test_a_failed_callback_is_not_repeated_unless_the_world_says_so(world: TestWorld) -> None:
    world.control("PUT", "/inbox/default", json={"status": 500})
    started(world, instagramName="nobody", webhook=inbox(world))
    world.advance(by="P1D")
    world.control("PUT", "/webhook-settings", json={"storyclash": {"retry_seconds": [60]}})
    started(world, instagramName="nobody", webhook=inbox(world))
    world.advance(by="P1D")
    second, first = world.control("GET", "/deliveries").json()["data"]
    assert (len(first["attempts"]), first["state"]) == (1, "dead")
    assert (len(second["attempts"]), second["state"]) == (2, "dead")


def test_a_reset_undoes_imports(world: TestWorld) -> None:
    campaign = campaign_of(world)
    before = members(world, campaign["id"])
    handle = strangers(world)[0]
    ended(world, instagramName=handle, campaign=campaign["id"])
    world.control("POST", "/reset")
    assert members(world, campaign["id"]) == before
    assert ended(world, instagramName=handle)[0]["statusName"] == "CREATED_NEW"


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[TestWorld]:
    """Everybody talks about the one brand."""
    fields = {
        "creators": 12,
        "posts": 1500,
        "history_days": 60,
        "brands": 1,
        "campaigns": 1,
        "creators_per_campaign": 2,
    }
    with world_of(tmp_path, **fields) as world:
        yield world


def test_an_imported_creator_brings_posts_for_the_campaign_and_goes_on_to(busy: TestWorld) -> None:
    (campaign,) = campaigns(busy)
    before = fetch(busy, campaign["id"])
    for handle in strangers(busy):
        started(busy, instagramName=handle, campaign=campaign["id"])
    busy.advance(by="PT10M")
    after = fetch(busy, campaign["id"])
    old = {post["id"] for post in before["posts"]}
    authors = {each["id"] for each in after["creators"]} - {each["id"] for each in before["creators"]}
    brought = [post for post in after["posts"] if post["creator_id"] in authors]
    assert old < {post["id"] for post in after["posts"]}
    assert brought
    brand = {mention["handle"] for post in before["posts"] for mention in post["mentions"] if "brand" in str(mention)}
    assert all(brand & {mention["handle"] for mention in post["mentions"]} for post in brought)
    busy.advance(by="P20D")
    later = fetch(busy, campaign["id"])["posts"]
    fresh = {post["id"] for post in later} - {post["id"] for post in after["posts"]}
    assert any(post["creator_id"] in authors for post in later if post["id"] in fresh)
    assert all(campaign["from"] <= post["date"] <= campaign["to"] for post in later)


def test_imports_run_whatever_the_call_asks_first(world: TestWorld) -> None:
    """A call that is refused leaves no job behind."""
    assert call(world, instagramName="x", campaign=1).json() == {"message": "Campaign not found"}
    assert world.control("GET", "/jobs").json()["data"] == []
