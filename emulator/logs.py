"""Structured log lines: one JSON object a line, on standard error."""

import logging
import sys
from datetime import UTC, datetime
from typing import Any

import orjson

from emulator import redaction
from emulator.journal import Exchange
from emulator.settings import LogLevel

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}

_exchanges = logging.getLogger("emulator.exchange")


def configure(level: LogLevel) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonLines())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for noisy in (
        "uvicorn",
        "uvicorn.error",
        "httpx",
        "httpcore",
    ):  # the latter would show addresses with their secrets
        logging.getLogger(noisy).setLevel(max(logging.WARNING, logging.getLogger().level))


def exchange(passed: Exchange) -> None:
    if not _exchanges.isEnabledFor(logging.INFO):
        return
    answer, request = passed.answer, passed.request
    fields = {
        "world": answer.world and answer.world.name,
        "vendor": passed.vendor,
        "operation": answer.operation,
        "method": request.method,
        "path": redaction.without(request.path, passed.secrets),
        "query": redaction.query(request.query, passed.secrets),
        "status": answer.response.status,
        "milliseconds": passed.microseconds / 1000,
    }
    _exchanges.info("exchange", extra=fields)


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        line |= {name: value for name, value in vars(record).items() if name not in _STANDARD}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return orjson.dumps(line, default=str).decode()
