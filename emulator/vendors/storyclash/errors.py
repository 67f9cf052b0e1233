"""Which status errors come with: the one choice that a world has about them (facts/storyclash.md, sections 1 and 6).

The only error that was seen in life, a bad token, came with HTTP 200; that the others do too is assumed. What is not a
question of this API at all, such as an unknown path, has a proper status in any case.
"""

from dataclasses import replace
from typing import Final

from emulator.exchange import Answer, Api
from emulator.http import Request
from emulator.refusal import Refusal
from emulator.world.worlds import Worlds

_ANY_PATH: Final = (400, 401, 429)
_KNOWN_PATH: Final = (404,)


class WithChosenErrors:
    """An API whose errors have proper statuses, and here have those that the world wants; strangers, the server."""

    def __init__(self, api: Api, worlds: Worlds) -> None:
        self.name = api.name
        self._api = api
        self._worlds = worlds

    def answer(self, request: Request) -> Answer:
        """Raises Behind."""
        answer = self._api.answer(request)
        ours = _ANY_PATH if answer.operation is None else (*_ANY_PATH, *_KNOWN_PATH)
        if answer.response.status not in ours or self._worlds.chosen(answer.world, self.name, "errors") == "proper":
            return answer
        return replace(answer, response=replace(answer.response, status=200))

    def refuse(self, refusal: Refusal, path: str) -> Answer:
        return self._api.refuse(refusal, path)
