"""The inbox's own door: `/_inbox/<world>/<name>` takes whatever is posted there, from anybody."""

import asyncio
import re
from collections.abc import Sequence
from typing import Final

import orjson

from emulator import redaction
from emulator.http import Receive, Request, Response, Scope, read_request
from emulator.refusal import TooLarge
from emulator.webhooks import inbox
from emulator.webhooks.inbox import Answering
from emulator.world.tasks import UnknownWorld
from emulator.world.vendor import Vendor
from emulator.world.worlds import Worlds

_PATH: Final = re.compile(rf"{inbox.PREFIX}/([a-z0-9][a-z0-9-]{{0,62}})/([a-z0-9-]{{1,63}})")


class Receiver:
    """Answers as a user's receiver would: with 200, unless it has been told to fail or to take its time."""

    def __init__(self, worlds: Worlds, vendors: Sequence[Vendor]) -> None:
        self._worlds = worlds
        self._vendors = vendors

    async def answer(self, scope: Scope, receive: Receive) -> Response:
        try:
            request = await read_request(scope, receive)
        except TooLarge as refusal:
            return _problem(413, f"Too large: {refusal}.")
        matched = _PATH.fullmatch(request.path)
        if matched is None:
            return _problem(404, f"An address of the inbox is {inbox.PREFIX}/<world>/<name>.")
        if request.method != "POST":
            return _problem(405, "Webhooks are posted here.", ("allow", "POST"))
        try:
            answering = await asyncio.to_thread(self._take, matched[1], matched[2], request)
        except UnknownWorld:
            return _problem(404, f"There is no world '{matched[1]}'.")
        await asyncio.sleep(answering.delay)  # the time that a slow receiver takes, which is not the world's
        return _answer(answering)

    def _take(self, world: str, name: str, request: Request) -> Answering:
        secrets = [secret for vendor in self._vendors for secret in vendor.secrets(world)]
        headers = redaction.headers(request.headers, secrets)
        verified = self._verified(world, request)
        with self._worlds.change(world) as changed:
            return inbox.take(changed, name, headers, request.body, verified)

    def _verified(self, world: str, request: Request) -> bool | None:
        """By any vendor; None if no vendor sees a signature."""
        headers = {name: request.header(name) for name in request.headers}
        senders = [vendor.webhooks for vendor in self._vendors if vendor.webhooks]
        verdicts = {sender.verified(world, headers, request.body) for sender in senders}
        return True if True in verdicts else False if False in verdicts else None


def _answer(answering: Answering) -> Response:
    """HTTP has no body with some statuses."""
    succeeded = 200 <= answering.status < 300
    body = b"" if answering.status in (204, 304) else orjson.dumps({"ok": succeeded})
    return Response(answering.status, body)


def _problem(status: int, detail: str, *headers: tuple[str, str]) -> Response:
    body = orjson.dumps({"ok": False, "detail": detail})
    return Response(status, body, (("content-type", "application/json"), *headers))
