"""What the tests of Creator Discovery share: searches, whole results, dictionaries."""

from typing import Any, Final

import httpx

from tests.support import TestWorld

SEARCH: Final = "/v1/social/creators/profiles/search"
QUICK: Final = "/v1/social/creators/profiles/quick-search"
LIVE: Final = "/v1/social/creators/profiles"
CONTACTS: Final = "/v1/social/creators/profiles/contact-info"
DICTIONARY: Final = "/v1/social/creators/dictionary"

INSTAGRAM: Final = "9bb8913b-ddd9-430b-a66a-d74d846e6c66"
YOUTUBE: Final = "14d9ddf5-51c6-415e-bde6-f8ed36ad7054"
TIKTOK: Final = "de55aeec-0dc8-4119-bf90-16b3d1f0c987"
TWITCH: Final = "e4de6c01-5b78-4fc0-a651-24f44134457b"
ADSENSE: Final = "3e6f4cdd-2119-4125-aa0d-86eee4e20fcc"
NAMES: Final = {INSTAGRAM: "instagram", YOUTUBE: "youtube", TIKTOK: "tiktok", TWITCH: "twitch"}

Profile = dict[str, Any]


def ask(world: TestWorld, platform: str = INSTAGRAM, path: str = SEARCH, /, **filters: Any) -> httpx.Response:
    order = {"field": "FOLLOWER_COUNT", "order": "DESCENDING"}
    return world.insightiq("POST", path, json={"work_platform_id": platform, "sort_by": order, "limit": 400, **filters})


def search(world: TestWorld, platform: str = INSTAGRAM, path: str = SEARCH, /, **filters: Any) -> list[Profile]:
    answer = ask(world, platform, path, **filters)
    assert answer.status_code == 200, answer.text
    found: list[Profile] = answer.json()["data"]
    return found


def handles(world: TestWorld, platform: str = INSTAGRAM, /, **filters: Any) -> list[str]:
    return [profile["platform_username"] for profile in search(world, platform, **filters)]


def look_up(world: TestWorld, name: str, **parameters: Any) -> Any:
    answer = world.insightiq("GET", f"{DICTIONARY}/{name}", params=parameters)
    assert answer.status_code == 200, answer.text
    return answer.json()


def locations(world: TestWorld) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    while page := look_up(world, "locations", limit=100, offset=len(found))["locations"]:
        found += page
    return found


def names(world: TestWorld, dictionary: str, key: str = "name") -> list[str]:
    return [entry[key] for entry in look_up(world, dictionary)[dictionary]]
