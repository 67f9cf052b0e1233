"""Exchanges of a run as a HAR file, secrets left out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import orjson

from emulator import __version__
from emulator.check.exchange import Exchange
from emulator.check.report import redacted

# HAR wants a moment for every entry. None is kept: the same run gives the same file.
_MOMENT = "1970-01-01T00:00:00.000Z"
_TIMES = {"send": 0, "wait": 0, "receive": 0}


@dataclass
class Recorder:
    """Told of every exchange by the target."""

    exchanges: list[Exchange] = field(default_factory=list)

    def __call__(self, _vendor: str, exchange: Exchange) -> None:
        self.exchanges.append(exchange)

    def har(self, secrets: Sequence[str]) -> bytes:
        entries = [_entry(redacted(each, secrets)) for each in self.exchanges]
        creator = {"name": "creator-api-emulator", "version": __version__}
        log = {"version": "1.2", "creator": creator, "entries": entries}
        return orjson.dumps({"log": log}, option=orjson.OPT_INDENT_2)


def _entry(shown: dict[str, Any]) -> dict[str, Any]:
    sizes = {"headersSize": -1, "bodySize": -1, "httpVersion": "HTTP/1.1", "cookies": []}
    request = {"method": shown["method"], "url": shown["url"], "headers": _pairs(shown["request_headers"].items())}
    request["queryString"] = _pairs(parse_qsl(urlsplit(shown["url"]).query, keep_blank_values=True))
    if shown["request_body"]:
        kind = shown["request_headers"].get("content-type", "")
        request["postData"] = {"mimeType": kind, "text": shown["request_body"]}
    text = shown["body"]
    content = {"size": len(text.encode()), "mimeType": shown["headers"].get("content-type", ""), "text": text}
    response = {"status": shown["status"], "statusText": "", "headers": _pairs(shown["headers"].items())}
    response |= {"content": content, "redirectURL": ""}
    return {
        "startedDateTime": _MOMENT,
        "time": 0,
        "request": request | sizes,
        "response": response | sizes,
        "cache": {},
        "timings": _TIMES,
    }


def _pairs(items: Any) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in items]
