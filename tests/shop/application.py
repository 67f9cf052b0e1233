"""A sample application: it watches creators for a brand, by way of all three vendors.

Plain ASGI. It knows its vendors by variables of the environment, keeps everything in memory, and has one address for
webhooks:

    POST /hooks/insightiq     events of connected accounts and finished reports
    POST /hooks/archive       new posts
    POST /reports             {"handle": ...}: orders a report on a profile of Instagram
    GET  /creators/{handle}   what all vendors say of a creator
    GET  /campaigns/{id}      likes and costs of a campaign
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import httpx

INSTAGRAM = "9bb8913b-ddd9-430b-a66a-d74d846e6c66"
ANALYTICS = "/v1/social/creators/async/profiles/analytics"
TRUSTED = httpx.create_ssl_context()  # reading certificates takes longer than most calls: once is enough
CREATOR = "query($name: String!) {creator(accountName: $name) {accountName followersCount verified}}"


class NotSaid(Exception):
    """A vendor did not tell what was asked; `status` is what our own client gets."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class Shop:
    """The application; `environment` are the variables that `emulator env` prints, or those of production."""

    def __init__(self, environment: Mapping[str, str], transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._environment = environment
        self._transport = transport
        self.events: list[dict[str, Any]] = []
        self.reports: dict[str, dict[str, Any]] = {}
        self.posts: list[str] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        body = b""
        while (message := await receive()).get("more_body", False):
            body += message["body"]
        body += message.get("body", b"")
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        status, answer = await self._answered(scope["method"], scope["path"], headers, body)
        content = json.dumps(answer).encode()
        start = [(b"content-type", b"application/json"), (b"content-length", str(len(content)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": start})
        await send({"type": "http.response.body", "body": content})

    async def _answered(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> tuple[int, Any]:
        try:
            match method, path.strip("/").split("/"):
                case "POST", ["hooks", "insightiq"]:
                    return await self._told(headers, body)
                case "POST", ["hooks", "archive"]:
                    self.posts.append(json.loads(body)["external_id"])
                    return 200, {}
                case "POST", ["reports"]:
                    return 202, await self.order(json.loads(body)["handle"])
                case "GET", ["creators", handle]:
                    return 200, await self.creator(handle)
                case "GET", ["campaigns", number]:
                    return 200, await self.campaign(int(number))
        except NotSaid as error:
            return error.status, {"error": str(error)}
        return 404, {"error": "not found"}

    async def watch(self, address: str, events: list[str]) -> str:
        """Have InsightIQ tell of events at our address; the webhook's id."""
        named = {"name": "shop", "url": f"{address}/hooks/insightiq", "events": events}
        return str((await self._insightiq("POST", "/v1/webhooks", json=named))["id"])

    async def order(self, handle: str) -> dict[str, Any]:
        job = await self._insightiq("POST", ANALYTICS, json={"identifier": handle, "work_platform_id": INSTAGRAM})
        return {"id": job["id"], "status": job["status"]}

    async def creator(self, handle: str) -> dict[str, Any]:
        """Followers as Archive counts them, and those of a report, if one has come."""
        answer = await self._archive(CREATOR, name=handle)
        if answer["creator"] is None:
            raise NotSaid(404, f"nobody is called {handle}")
        report = self.reports.get(handle)
        return {"followers": answer["creator"]["followersCount"], "reported": report and report["follower_count"]}

    async def campaign(self, number: int) -> dict[str, Any]:
        """All pages of it."""
        likes, cost, page, more = 0, 0, 1, True
        while more:
            shown = await self._storyclash(f"/external-api/campaign/{number}", page=page)
            likes += sum(post["metrics"]["likes"] for post in shown["posts"])
            cost = sum(creator["cost"] or 0 for creator in shown["creators"])
            page, more = page + 1, shown["hasMoreResults"]
        return {"name": shown["campaign"]["name"], "likes": likes, "cost": cost}

    async def accounts(self) -> list[str]:
        """Names of all connected accounts, page by page."""
        found: list[str] = []
        while page := (await self._insightiq("GET", "/v1/accounts", params={"limit": 10, "offset": len(found)}))[
            "data"
        ]:
            found += [account["platform_username"] for account in page]
        return found

    async def _told(self, headers: Mapping[str, str], body: bytes) -> tuple[int, Any]:
        """Trusts nobody, and takes every event once, however often it comes."""
        digest = hmac.new(self._environment["INSIGHTIQ_PASSWORD"].encode(), body, hashlib.sha256).hexdigest()
        if digest not in headers.get("webhook-signatures", "").split(","):
            return 401, {"error": "forged"}
        event = json.loads(body)
        if event["id"] not in [known["id"] for known in self.events]:
            self.events.append(event)
            if event["event"] == "PROFILE_ANALYTICS.SUCCESS":
                await self._fetch(UUID(event["data"]["job_id"]))
        return 200, {}

    async def _fetch(self, job: UUID) -> None:
        report = await self._insightiq("GET", f"{ANALYTICS}/{job}")
        self.reports[report["profile"]["platform_username"]] = report["profile"]

    async def _insightiq(self, method: str, path: str, **content: Any) -> Any:
        key = self._environment["INSIGHTIQ_USERNAME"], self._environment["INSIGHTIQ_PASSWORD"]
        return self._said(await self._asked(method, self._environment["INSIGHTIQ_URL"] + path, auth=key, **content))

    async def _archive(self, query: str, **variables: Any) -> Any:
        headers = {"authorization": f"Bearer {self._environment['ARCHIVE_TOKEN']}"}
        address, content = self._environment["ARCHIVE_URL"] + "/api/v1", {"query": query, "variables": variables}
        answer = self._said(await self._asked("POST", address, headers=headers, json=content))
        if "errors" in answer:
            raise NotSaid(502, answer["errors"][0]["message"])
        return answer["data"]

    async def _storyclash(self, path: str, **query: Any) -> Any:
        asked = {"token": self._environment["STORYCLASH_TOKEN"], **query}
        answer = self._said(await self._asked("GET", self._environment["STORYCLASH_URL"] + path, params=asked))
        if "message" in answer:
            raise NotSaid(503 if "Rate Limit" in answer["message"] else 502, answer["message"])
        return answer

    async def _asked(self, method: str, address: str, **content: Any) -> httpx.Response:
        async with httpx.AsyncClient(transport=self._transport, verify=TRUSTED, timeout=20) as client:
            return await client.request(method, address, **content)

    def _said(self, answer: httpx.Response) -> Any:
        if answer.is_error:
            raise NotSaid(502, f"{answer.request.url.path} answers {answer.status_code}")
        return answer.json()
