"""One request and its answer, whoever made it: a check, a recording, another program."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson


@dataclass(frozen=True)
class Asked:
    """`url` is absolute; the names of `headers` are in lower case."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    @property
    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.url).query, keep_blank_values=True)

    @cached_property
    def json(self) -> Any:
        """None for a body that is not JSON."""
        return _parsed(self.body)


@dataclass(frozen=True)
class Answered:
    """The names of `headers` are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @cached_property
    def json(self) -> Any:
        """None for a body that is not JSON."""
        return _parsed(self.body)

    @property
    def successful(self) -> bool:
        return 200 <= self.status < 300


@dataclass(frozen=True)
class Exchange:
    """A request and its answer."""

    asked: Asked
    answered: Answered

    @property
    def json(self) -> Any:
        return self.answered.json

    @property
    def status(self) -> int:
        return self.answered.status


def _parsed(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
