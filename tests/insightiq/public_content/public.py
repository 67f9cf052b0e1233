"""How the tests talk to Public Content, and the profiles that they can know of."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import httpx

from tests.archive.library import fetch_all
from tests.insightiq.support import everything
from tests.support import TestWorld

FETCH: Final = "/v1/social/creators/contents/fetch"
COMMENTS: Final = "/v1/social/creators/contents/comments"
PAGE: Final = 10

INSTAGRAM: Final = "9bb8913b-ddd9-430b-a66a-d74d846e6c66"
TIKTOK: Final = "de55aeec-0dc8-4119-bf90-16b3d1f0c987"
YOUTUBE: Final = "14d9ddf5-51c6-415e-bde6-f8ed36ad7054"
X: Final = "7645460a-96e0-4192-a3ce-a1fc30641f72"
SERVED: Final = {"Instagram": INSTAGRAM, "TikTok": TIKTOK, "YouTube": YOUTUBE, "X": X}
PROFILES: Final = {
    INSTAGRAM: "https://www.instagram.com/{}/",
    TIKTOK: "https://www.tiktok.com/@{}",
    YOUTUBE: "https://www.youtube.com/@{}",
    X: "https://x.com/{}",
}
POSTS: Final = {INSTAGRAM: "https://www.instagram.com/p/{}/", TIKTOK: "https://www.tiktok.com/@any/video/{}"}


@dataclass(frozen=True)
class Public:
    """The public side of a world."""

    world: TestWorld

    def fetch(self, platform: str, **body: Any) -> httpx.Response:
        return self.world.insightiq("POST", FETCH, json={"work_platform_id": platform, **body})

    def contents(self, platform: str, handle: str, **body: Any) -> list[dict[str, Any]]:
        """All of a profile's, page by page."""
        found: list[dict[str, Any]] = []
        for offset in range(1000):
            url = PROFILES[platform].format(handle)
            page = self.fetch(platform, profile_url=url, offset=offset, **body).json()["data"]
            found += page
            if len(page) < PAGE:
                return found
        raise AssertionError("a thousand pages")

    def content(self, content: dict[str, Any]) -> dict[str, Any]:
        """The same post once more, by its own address."""
        [found] = self.fetch(content["work_platform"]["id"], content_url=content["url"]).json()["data"]
        assert isinstance(found, dict)
        return found

    def ask_comments(self, platform: str, url: str, **body: Any) -> httpx.Response:
        return self.world.insightiq("POST", COMMENTS, json={"work_platform_id": platform, "content_url": url, **body})

    def comments(self, content: dict[str, Any]) -> list[dict[str, Any]]:
        """All of a post's, page by page."""
        found: list[dict[str, Any]] = []
        for offset in range(10_000):
            page = self.ask_comments(content["work_platform"]["id"], content["url"], offset=offset).json()["data"]
            found += page
            if len(page) < PAGE:
                return found
        raise AssertionError("ten thousand pages")

    def owners(self) -> list[tuple[str, str]]:
        """Platform and handle of profiles on the platforms that are served."""
        return self._owners

    @cached_property
    def _owners(self) -> list[tuple[str, str]]:
        """Those of connected accounts, and whoever on X is called like somebody that Archive has captured."""
        accounts = everything(self.world, "/v1/accounts")
        names = [(account["work_platform"]["id"], account["platform_username"]) for account in accounts]
        handles = {handle.replace(".", "_") for _, handle in self.captured}
        guesses = [(X, handle) for handle in sorted(handles) if (X, handle) not in names]
        found = [guess for guess in guesses if self.fetch(X, profile_url=PROFILES[X].format(guess[1])).is_success]
        return [name for name in names if name[0] in PROFILES] + found

    def some(self, platform: str, **wanted: Any) -> dict[str, Any]:
        """A post of the platform that has an address, of somebody who has posted there."""
        for owned, handle in self.owners():
            if owned == platform:
                for content in self.contents(platform, handle):
                    if content["url"] and wanted.items() <= content.items():
                        return content
        raise AssertionError(f"nobody has posted on {platform}")

    @cached_property
    def captured(self) -> dict[tuple[str, str], list[dict[str, Any]]]:
        """What Archive has captured by the time of the first look, by the platform's id here and the handle."""
        platforms = {"INSTAGRAM": INSTAGRAM, "TIKTOK": TIKTOK}
        found: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for shop in self.world.credentials["archive"]["shop_ids"]:
            for item in fetch_all(self.world, **{"SHOP-ID": str(shop)}):
                found.setdefault((platforms[item["provider"]], item["creator"]["accountName"]), []).append(item)
        return found
