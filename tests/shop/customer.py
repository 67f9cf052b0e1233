"""Somebody who uses the sample application, by its own addresses."""

import asyncio
from dataclasses import dataclass
from typing import Any

import httpx

from emulator.testing import Emulator
from tests.shop.application import Shop

EVENTS = ["ACCOUNTS.CONNECTED", "PROFILES.ADDED", "PROFILE_ANALYTICS.SUCCESS", "PROFILE_ANALYTICS.FAILURE"]


@dataclass(frozen=True)
class Customer:
    shop: Shop
    address: str
    emulator: Emulator

    def watch(self) -> None:
        asyncio.run(self.shop.watch(self.address, EVENTS))

    def accounts(self) -> list[str]:
        return asyncio.run(self.shop.accounts())

    def order(self, handle: str) -> Any:
        return self.ask("POST", "/reports", json={"handle": handle}).json()

    def ask(self, method: str, path: str, **content: Any) -> httpx.Response:
        return asyncio.run(self.asked(method, path, **content))

    async def asked(self, method: str, path: str, **content: Any) -> httpx.Response:
        transport = httpx.ASGITransport(self.shop)
        async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as client:
            return await client.request(method, path, **content)
