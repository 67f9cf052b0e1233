"""How the tests fetch contents, comments and audiences by jobs, and whose there are in a world."""

from typing import Any, Final

from tests.insightiq.discovery.support import NAMES, search
from tests.insightiq.jobs.support import Answer, fetch, submit, wait_for
from tests.insightiq.professional.support import LINKEDIN, found
from tests.insightiq.public_content.public import INSTAGRAM, TIKTOK, YOUTUBE, Public, X
from tests.support import TestWorld

CONTENTS: Final = "/v1/social/creators/async/contents/fetch"
COMMENTS: Final = "/v1/social/creators/async/contents/comments/fetch"
ON_LINKEDIN: Final = "/v1/professional/creators/contents/fetch"
COMMENTS_ON_LINKEDIN: Final = "/v1/professional/creators/contents/comments"
OF_COMPANIES: Final = "/v1/professional/companies/contents/fetch"
AUDIENCES: Final = "/v1/social/creators/contents/audience"

SNAPCHAT: Final = "ee3c8d7a-3207-4f56-945f-f942b34c96e1"
FACEBOOK: Final = "ad2fec62-2987-40a0-89fb-23485972598c"
COMPANY: Final = "https://www.linkedin.com/company/{}/"
NOWHERE: Final = "https://www.linkedin.com/feed/update/urn:li:activity:1/"
EVERYTHING: Final = 100  # at a time; nobody in the world has published as much on one platform

Content = dict[str, Any]

# As contacts name the platforms that the call which answers at once serves too.
LINKS: Final = {INSTAGRAM: "instagram", TIKTOK: "tiktok", YOUTUBE: "youtube", X: "twitter"}


def whole(world: TestWorld, path: str, body: Any) -> Answer:
    """A job, when it has just ended, with all that it fetched."""
    accepted = submit(world, path, body)
    wait_for(world, accepted)
    return fetch(world, path, accepted, limit=EVERYTHING)


def all_at_once(world: TestWorld, path: str, bodies: list[Any]) -> list[Answer]:
    """Several jobs, all of them ended, with all that they fetched."""
    accepted = [submit(world, path, body) for body in bodies]
    world.advance(by="PT5M")
    return [fetch(world, path, each, limit=EVERYTHING) for each in accepted]


def linked(world: TestWorld, kind: str) -> list[str]:
    """The addresses of profiles on another platform that those which searches know tell as a contact."""
    details = [detail for platform in NAMES for each in search(world, platform) for detail in each["contact_details"]]
    urls = sorted({detail["value"] for detail in details if detail["type"] == kind})
    assert urls
    return urls


def direct(world: TestWorld, platform: str) -> dict[str, list[Content]]:
    """By address: the latest contents of linked profiles, from the call that answers at once."""
    urls = linked(world, LINKS[platform])
    return {url: Public(world).fetch(platform, profile_url=url).json()["data"] for url in urls}


def busy(world: TestWorld, platform: str) -> str:
    """The address of a profile that has published at least a page, where there is one; elsewhere of any that has."""
    contents = direct(world, platform)
    most = max(contents, key=lambda url: len(contents[url]))
    assert contents[most]
    return most


def discussed(world: TestWorld, platform: str) -> Content:
    """The content with the most comments among the latest ones."""
    contents = [each for found in direct(world, platform).values() for each in found if each["url"]]
    return max(contents, key=lambda content: content["engagement"]["comment_count"])


def members(world: TestWorld) -> list[str]:
    """The names of everybody on LinkedIn."""
    return [profile["url"].rstrip("/").rpartition("/")[2] for profile in found(world)]


def companies(world: TestWorld) -> dict[str, list[Content]]:
    """By name: the contents of all pages of companies."""
    names = members(world)
    bodies = [{"work_platform_id": LINKEDIN, "profile_url": COMPANY.format(name)} for name in names]
    answers = all_at_once(world, OF_COMPANIES, bodies)
    return {name: answer["data"] for name, answer in zip(names, answers, strict=True) if answer["status"] == "SUCCESS"}


def professionals(world: TestWorld) -> dict[str, list[Content]]:
    """By address: the contents of everybody on LinkedIn."""
    urls = [profile["url"] for profile in found(world)]
    answers = all_at_once(world, ON_LINKEDIN, [{"work_platform_id": LINKEDIN, "profile_url": url} for url in urls])
    assert {answer["status"] for answer in answers} == {"SUCCESS"}
    return {url: answer["data"] for url, answer in zip(urls, answers, strict=True)}


def spotlights(world: TestWorld) -> dict[str, list[Content]]:
    """By address: the contents of everybody on Snapchat."""
    urls = linked(world, "snapchat")
    answers = all_at_once(world, CONTENTS, [{"work_platform_id": SNAPCHAT, "profile_url": url} for url in urls])
    return {url: answer["data"] for url, answer in zip(urls, answers, strict=True)}
