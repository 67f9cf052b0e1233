from tests.insightiq.engagement.support import CONTENTS, FETCHED, GROUPS, accounts, ask, day, listed
from tests.insightiq.support import everything
from tests.support import TestWorld

KEYS = [
    "id", "created_at", "updated_at", "user", "account", "work_platform", "engagement", "external_id", "title",
    "format", "type", "url", "description", "visibility", "thumbnail_url", "published_at", "platform_profile_id",
    "platform_profile_name", "item_count", "media_url", "media_urls",
]  # fmt: skip
TYPES = {"Instagram": "ALBUM", "Facebook": "ALBUM", "YouTube": "PLAYLIST"}


def test_groups_have_every_documented_key_in_its_order(world: TestWorld) -> None:
    groups = [group for account in everything(world, "/v1/accounts") for group in listed(world, GROUPS, account)]
    assert {group["work_platform"]["name"] for group in groups} >= {"Instagram", "YouTube"}
    for group in groups:
        assert list(group) == KEYS
        assert len(group["engagement"]) == 12
        assert group["type"] == TYPES[group["work_platform"]["name"]]
        assert group["item_count"] == len(group["media_urls"]) > 0
        assert group["media_url"] == group["media_urls"][0]


def test_a_playlist_has_the_figures_of_its_videos_together(world: TestWorld) -> None:
    found = 0
    for account in accounts(world, "YouTube"):
        for path in (CONTENTS, GROUPS):
            ask(world, path, account, day(world.now(), -365))
        world.advance(by=FETCHED)
        videos = {video["media_url"]: video for video in listed(world, CONTENTS, account)}
        for group in listed(world, GROUPS, account):
            found += 1
            members = [videos[address] for address in group["media_urls"]]
            assert group["published_at"] == min(video["published_at"] for video in members)
            for name in ("like_count", "comment_count", "view_count", "impression_organic_count"):
                assert group["engagement"][name] == sum(video["engagement"][name] for video in members)
        assert sum(group["item_count"] for group in listed(world, GROUPS, account)) == len(videos)
    assert found > 3


def test_an_album_on_instagram_is_a_post_of_several_pictures(world: TestWorld) -> None:
    for account in accounts(world, "Instagram"):
        contents = {content["external_id"]: content for content in listed(world, CONTENTS, account)}
        for group in listed(world, GROUPS, account):
            content = contents[group["external_id"]]
            assert group["id"] != content["id"]
            assert group["item_count"] > 1
            assert (group["url"], group["published_at"]) == (content["url"], content["published_at"])
            for name, value in group["engagement"].items():
                assert value == content["engagement"][name]


def test_groups_are_listed_latest_first_and_narrowed_by_days(world: TestWorld) -> None:
    for account in accounts(world, "Instagram", "YouTube"):
        whole = listed(world, GROUPS, account)
        assert whole == sorted(whole, key=lambda group: (group["published_at"], group["id"]), reverse=True)
        for group in whole:
            published = day(group["published_at"])
            kept = listed(world, GROUPS, account, from_date=published, to_date=published)
            assert kept == [each for each in whole if day(each["published_at"]) == published]
