"""Exchanges that were captured elsewhere: a HAR file, a VCR cassette, or a folder of such files."""

import zlib
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx
import orjson
import yaml

from emulator.check import catalogue
from emulator.check.exchange import Answered, Asked, Exchange
from emulator.check.plan import Check, Contract, Outcome
from emulator.check.report import Report, report
from emulator.check.rest import RestContract
from emulator.check.run import Run
from emulator.check.session import Wish
from emulator.check.target import Target
from emulator.contract.document import ContractError

SUFFIXES = (".har", ".json", ".yaml", ".yml")


class RecordingError(Exception):
    """A recording cannot be read; the message says where and why."""


def check(path: Path, wish: Wish) -> Report:
    """Raises RecordingError."""
    try:
        contracts = catalogue.contracts(wish.vendors)
    except (catalogue.UnknownVendor, ContractError) as error:
        raise RecordingError(str(error)) from None
    with httpx.Client() as client:
        run = Run(Target(str(path), client, {}), contracts, wish.options)
        for number, exchange in enumerate(exchanges(path), start=1):
            run.outcomes.append(_held(run, number, exchange))
        return report(run, ["responses"], wish.baseline, [each.rpartition("/")[2] for each in wish.only], recorded=True)


def _held(run: Run, number: int, exchange: Exchange) -> Outcome:
    contract, operation = _operation(run.contracts, exchange)
    name = f"{contract.vendor}/{operation.id}" if contract else "?/?"
    words = f"{exchange.asked.method} {exchange.asked.path} is answered as the contract says."
    check = Check(f"{name}/recorded.{number}", "responses", words, lambda _: None)
    if operation is None:
        where = f"{exchange.asked.method} {exchange.asked.path}"
        return Outcome(check, "skipped", f"no operation of the contracts is {where}")
    found = list(contract.hold(operation, exchange))
    for each in found:
        run.report(each)
    run.coverage.add(contract, operation, exchange)
    return Outcome(check, "failed" if found else "held")


def _operation(contracts: Mapping[str, Sequence[Contract]], exchange: Exchange) -> tuple[Any, Any]:
    """By method and path alone: the host may have been another one."""
    asked = exchange.asked
    for contract in (each for found in contracts.values() for each in found):
        operation: Any = None
        if isinstance(contract, RestContract):
            operation = contract.operation_of(asked.method, asked.path)
        elif asked.path == contract.path:
            operation = contract.operation_of(asked.json)
        if operation is not None:
            return contract, operation
    return None, None


def exchanges(path: Path) -> Iterator[Exchange]:
    """Those of a file, or of every file of a folder in the order of their names. Raises RecordingError."""
    files = sorted(each for each in path.rglob("*") if each.suffix in SUFFIXES) if path.is_dir() else [path]
    if not files:
        raise RecordingError(f"{path} holds no files that end in {', '.join(SUFFIXES)}")
    for file in files:
        try:
            yield from _read(_parsed(file))
        except (KeyError, TypeError, ValueError, AttributeError, zlib.error, Base64Error) as error:
            raise RecordingError(f"{file}: not an exchange as expected: {type(error).__name__} {error}") from None


def _parsed(file: Path) -> Any:
    try:
        if file.suffix in (".yaml", ".yml"):
            return yaml.safe_load(file.read_bytes())
        return orjson.loads(file.read_bytes())
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise RecordingError(f"{file}: {' '.join(str(error).split())}") from None


def _read(content: Any) -> Iterator[Exchange]:
    if isinstance(content, list):
        for each in content:
            yield from _read(each)
    elif "log" in content:
        yield from map(_of_har, content["log"]["entries"])
    elif "interactions" in content:
        yield from map(_of_cassette, content["interactions"])
    else:
        yield _of_file(content)


def _of_file(node: Any) -> Exchange:
    """As our reports in JSON show exchanges: method, url, status; headers and bodies, if there are some."""
    asked = Asked(node["method"], node["url"], _headers(node.get("request_headers")), _bytes(node.get("request_body")))
    return Exchange(asked, _answered(int(node["status"]), _headers(node.get("headers")), _bytes(node.get("body"))))


def _of_har(node: Any) -> Exchange:
    request, response = node["request"], node["response"]
    body = (request.get("postData") or {}).get("text", "")
    asked = Asked(request["method"], request["url"], _headers(request["headers"]), _bytes(body))
    content = response.get("content", {})
    text = _bytes(content.get("text"))
    text = b64decode(text) if content.get("encoding") == "base64" else text
    headers = _headers(response["headers"])
    if "content-type" not in headers and content.get("mimeType"):
        headers["content-type"] = content["mimeType"]
    return Exchange(asked, _answered(int(response["status"]), headers, text))


def _of_cassette(node: Any) -> Exchange:
    """As vcrpy writes it, and as go-vcr does, which has `url` and `code`."""
    request, response = node["request"], node["response"]
    url = request["uri"] if "uri" in request else request["url"]
    asked = Asked(request["method"], url, _headers(request.get("headers")), _bytes(request.get("body")))
    status = response["status"]["code"] if isinstance(response.get("status"), dict) else response["code"]
    return Exchange(asked, _answered(int(status), _headers(response.get("headers")), _bytes(response.get("body"))))


def _answered(status: int, headers: Mapping[str, str], body: bytes) -> Answered:
    """Recorders keep bodies as they came, or as they were read; only the former are still compressed."""
    if body.startswith(b"\x1f\x8b"):
        body = zlib.decompress(body, wbits=31)
    return Answered(status, headers, body)


def _headers(given: Any) -> dict[str, str]:
    """A list of names and values, or a mapping whose values may be lists."""
    if isinstance(given, list):
        return {each["name"].lower(): each["value"] for each in given}
    flat = {name: value if isinstance(value, list) else [value] for name, value in (given or {}).items()}
    return {name.lower(): ", ".join(map(str, values)) for name, values in flat.items()}


def _bytes(given: Any) -> bytes:
    match given:
        case None:
            return b""
        case bytes():
            return given
        case str():
            return given.encode()
        case {"base64_string": str() as text}:
            return b64decode(text)
        case {"string": inner}:
            return _bytes(inner)
        case _:
            return orjson.dumps(given)
