"""Campaigns: their list, their posts and their creators."""

from typing import Any

from tests.storyclash.reports import CAMPAIGNS, Report, fetch
from tests.support import Server, TestWorld

PLATFORMS = {"Instagram": "Instagram", "TikTok": "Tiktok", "Facebook": "Facebook", "Twitter": "Twitter",
             "Youtube": "Youtube"}  # fmt: skip
KINDS = {
    "Instagram": {"Post", "Story", "Reel"},
    "TikTok": {"Video"},
    "Facebook": {"Post", "Video"},
    "Twitter": {"Post"},
    "Youtube": {"Video", "Shorts"},
}


def names_of(creator: dict[str, Any]) -> dict[str, str]:
    """A creator's screen names by the platforms of posts."""
    return {platform: creator[f"{key.lower()}Name"] for platform, key in PLATFORMS.items()}


def moments(report: Report) -> range:
    return range(report.campaign["from"], report.campaign["to"] + 1)


def test_the_list_has_every_campaign_and_market_report_by_rising_id(unlimited: TestWorld) -> None:
    campaigns = unlimited.storyclash(CAMPAIGNS).json()
    ids = [campaign["id"] for campaign in campaigns]
    assert ids == sorted(set(ids))
    assert [campaign["type"] for campaign in campaigns].count(1) == 3
    assert [campaign["type"] for campaign in campaigns].count(2) == 1
    assert len({campaign["customer"] for campaign in campaigns}) == 1


def test_an_empty_world_has_no_campaigns(server: Server) -> None:
    assert server.world(recipe="empty").storyclash(CAMPAIGNS).json() == []


def test_a_campaign_looks_the_same_in_the_list_and_in_its_data(reports: list[Report]) -> None:
    for report in reports:
        assert report.fetch()["campaign"] == report.campaign


def test_a_campaign_has_a_folder_with_name_and_id_or_none_at_all(reports: list[Report]) -> None:
    for report in reports:
        assert (report.campaign["folderName"] is None) is (report.campaign["folderId"] is None)


def test_posts_come_by_rising_id_and_only_once(reports: list[Report]) -> None:
    for report in reports:
        ids = [post["id"] for post in report.posts]
        assert ids == sorted(set(ids))
        assert ids


def test_every_post_lies_in_the_campaigns_own_period(reports: list[Report]) -> None:
    for report in reports:
        assert report.campaign["from"] < report.campaign["to"]
        assert all(report.campaign["from"] <= post["date"] <= report.campaign["to"] for post in report.posts)


def test_creators_come_whole_with_those_who_posted_nothing(reports: list[Report]) -> None:
    silent = 0
    for report in reports:
        ids = [creator["id"] for creator in report.creators]
        authors = {post["creator_id"] for post in report.posts}
        assert ids == sorted(set(ids))
        assert authors <= set(ids)
        quiet = next(at for at in moments(report) if at not in {post["date"] for post in report.posts})
        assert report.fetch(**{"from": quiet, "to": quiet}) == {
            "campaign": report.campaign, "posts": [], "creators": report.creators, "hasMoreResults": False
        }  # fmt: skip
        silent += len(set(ids) - authors)
    assert silent


def test_an_author_is_on_the_platform_of_the_post(reports: list[Report]) -> None:
    for report in reports:
        creators = {creator["id"]: creator for creator in report.creators}
        for post in report.posts:
            assert names_of(creators[post["creator_id"]])[post["platform"]]


def test_a_mentioned_creator_of_the_campaign_is_linked_and_nobody_else_is(crowded: list[Report]) -> None:
    linked = 0
    for report in crowded:
        for post in report.posts:
            for mention in post["mentions"]:
                handle = mention["handle"].removeprefix("@")
                assert f"@{handle}" == mention["handle"]
                assert mention["handle"] in post["text"].split()
                known = [c["id"] for c in report.creators if names_of(c)[post["platform"]] == handle]
                assert [mention[key] for key in ("creator_id",) if key in mention] == known
                linked += len(known)
    assert linked


def test_names_addresses_and_follower_counts_belong_together(reports: list[Report]) -> None:
    for report in reports:
        for creator in report.creators:
            for platform, name in names_of(creator).items():
                key = PLATFORMS[platform]
                assert bool(name) is bool(creator[f"url{key}"]) is (creator[f"followers{key}"] is not None)
                assert name in creator[f"url{key}"]


def test_a_post_is_of_a_kind_that_its_platform_has(reports: list[Report]) -> None:
    for post in (post for report in reports for post in report.posts):
        assert post["type"] in KINDS[post["platform"]]
        assert (post["postType"] != "") is (post["platform"] in {"Instagram", "Facebook", "Twitter"})
        assert (post["directLink"] == "") is (post["type"] == "Story")


def test_some_creators_have_an_alias_which_is_the_same_in_every_campaign(crowded: list[Report]) -> None:
    aliases: dict[int, set[str | None]] = {}
    for report in crowded:
        for creator in report.creators:
            aliases.setdefault(creator["id"], set()).add(creator.get("alias"))
            assert creator.get("alias") != ""
    assert all(len(each) == 1 for each in aliases.values())
    assert 0 < sum(each != {None} for each in aliases.values()) < len(aliases) / 2


def test_some_posts_have_tags_and_some_have_none(reports: list[Report]) -> None:
    tags = [post["tags"] for report in reports for post in report.posts]
    assert {tag for each in tags for tag in each} == {"Paid", "Approved"}
    assert [] in tags


def test_links_lead_to_the_campaigns_page(reports: list[Report]) -> None:
    for report in reports:
        url = report.campaign["url"]
        assert url.endswith(f"/{report.campaign['id']}")
        assert all(post["linkToPost"] == f"{url}?postId={post['id']}" for post in report.posts)
        assert all(creator["linkToCreator"] == f"{url}?creatorId={creator['id']}" for creator in report.creators)


def test_the_figures_of_a_post_follow_from_one_another(reports: list[Report]) -> None:
    for report in reports:
        creators = {creator["id"]: creator for creator in report.creators}
        for post in report.posts:
            figures = post["metrics"]
            followers = creators[post["creator_id"]][f"followers{PLATFORMS[post['platform']]}"]
            assert figures["interactions"] == figures["likes"] + figures["comments"] + figures["shares"]
            assert figures["engagementRate"] == round(100 * figures["interactions"] / followers, 2)
            assert (figures["videoLength"] == 0) is (post["postType"] in {"Photo", "Status"})
            assert figures["videoLength"] > 0 or figures["videoViews"] == 0
            assert figures["likes"] <= figures["estimatedReach"]


def test_a_market_report_watches_a_topic_that_many_of_its_posts_are_about(reports: list[Report]) -> None:
    [report] = [report for report in reports if report.campaign["type"] == 2]
    assert len({post["creator_id"] for post in report.posts}) > 1
    assert len(report.posts) > 20


def test_a_campaign_of_another_world_is_not_found(server: Server, reports: list[Report]) -> None:
    stranger = server.world(recipe="empty")
    assert fetch(stranger, reports[0].campaign["id"]) == {"message": "Campaign not found"}
