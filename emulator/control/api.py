"""Requests to the control API: who may make them, and their errors (RFC 9457)."""

import hmac
from http import HTTPStatus
from typing import Any, Final

import orjson

from emulator import refusal
from emulator.contract.binder import bind, handlers_of
from emulator.contract.document import load
from emulator.contract.operation import Operation
from emulator.contract.wording import worded
from emulator.control import (
    accounts,
    archive,
    clock,
    faults,
    inbox,
    jobs,
    journal,
    members,
    server,
    snapshots,
    webhooks,
    worlds,
)
from emulator.control.control import Control, Problem
from emulator.http import MAX_BODY, Request, Response
from emulator.refusal import Refusal, Violation
from emulator.rest import encoded, match, options
from emulator.settings import is_loopback
from emulator.words import sentence

PREFIX: Final = "/_emulator"
_PARTS: Final = (
    accounts, archive, clock, faults, inbox, jobs, journal, members, server, snapshots, webhooks, worlds,
)  # fmt: skip
_LARGEST: Final = 67_108_864  # bytes of a body; the largest are exported worlds


class ControlApi:
    """Meant to be called in a worker thread, as some of its work takes long."""

    def __init__(self, control: Control) -> None:
        self._control = control
        self._routes = bind(load("control"), handlers_of(*_PARTS))

    def answer(self, request: Request) -> Response:
        found = match(self._routes, request)
        if request.method == "OPTIONS" and found.methods:
            return options(found)
        try:
            bound = found.target()
            if bound.operation.id != "get_health":
                self._authorize(request)
            _check_names(bound.operation, request)
            result = bound.handler(self._control, **found.arguments(request))
        except Refusal as cause:
            return self.refuse(cause)
        return _succeeded(bound.operation.status, result)

    def most(self, request: Request) -> int:
        """How long a body may be; strangers have nothing large to say."""
        if (request.method, request.path) != ("POST", f"{PREFIX}/worlds"):
            return MAX_BODY
        try:
            self._authorize(request)
        except Problem:
            return MAX_BODY
        return _LARGEST

    def refuse(self, cause: Refusal) -> Response:
        problem = cause if isinstance(cause, Problem) else _problem(cause)
        title = HTTPStatus(problem.status).phrase
        shown = {"type": "about:blank", "title": title, "status": problem.status, "detail": str(problem)}
        headers = (("content-type", "application/problem+json"), *problem.headers)
        return Response(problem.status, orjson.dumps(shown), headers)

    def _authorize(self, request: Request) -> None:
        """With a token, whoever knows it; without, only what this machine itself sends to a loopback address.

        A web page in the user's browser could name such a server too: it would come with another host or origin.
        """
        token = self._control.settings.control_token
        if token is not None:
            scheme, _, given = request.header("authorization").partition(" ")
            if scheme.lower() != "bearer" or not hmac.compare_digest(given.strip().encode(), token.encode()):
                wanted = "This server wants its control token: send the header 'Authorization: Bearer <token>'."
                raise Problem(401, wanted, **{"www-authenticate": "Bearer"})
        elif not all(is_loopback(url) for url in _named(request)):
            raise Problem(403, "Without a control token, only requests to a loopback address are answered here.")


def _check_names(operation: Operation, request: Request) -> None:
    """The contract closes the query, so that a misspelt name is told and not passed over."""
    known = [parameter.name for parameter in operation.parameters if parameter.place == "query"]
    for name in request.query_fields():
        if name not in known:
            raise Problem(400, f"Unknown query parameter '{name[:100]}'. Known: {', '.join(known) or 'none'}.")


def _succeeded(status: int, result: Any) -> Response:
    if status == HTTPStatus.NO_CONTENT:
        return Response(status, b"", ())
    headers: tuple[tuple[str, str], ...] = (("content-type", "application/json"),)
    if status == HTTPStatus.CREATED and "credentials" in result:
        headers += (("location", f"{PREFIX}/worlds/{result['name']}"),)
    return Response(status, encoded(result), headers)


def _named(request: Request) -> list[str]:
    """Whom the request says it is for and from; a sandboxed page's origin is `null`."""
    return [f"//{host}" for host in request.headers.get("host", ())] + list(request.headers.get("origin", ()))


def _problem(cause: Refusal) -> Problem:
    match cause:
        case refusal.NoSuchPath():
            return Problem(404, "There is no such path; the paths are listed at /docs.")
        case refusal.MethodNotAllowed():
            return Problem(405, f"Allowed here: {cause.allow}.", allow=cause.allow)
        case refusal.TooLarge():
            return Problem(413, f"Too large: {cause}.")
        case refusal.Broken():
            return Problem(500, "The emulator failed; its log says more.")
        case refusal.UnsupportedMediaType():
            return Problem(415, f"Send JSON with the content type application/json, not {cause}.")
        case refusal.Malformed():
            return Problem(400, f"The body is not JSON: {cause}.")
        case refusal.Invalid():
            return Problem(400, sentence("; ".join(_worded(each) for each in cause.violations)[:500]))
        case _:
            return Problem(400, f"{str(cause)[:500]}.")


def _worded(violation: Violation) -> str:
    """Of what the contract does not allow, with the place in the alternative that was meant."""
    steps, message = [violation.field] if violation.field else [], violation.message
    if violation.error is not None:
        place, message = worded(violation.error, load("control"))
        steps += [str(step) for step in place[len(violation.error.instance_path) :]]
    return f"{' '.join(filter(None, (violation.location, '.'.join(steps))))}: {message}"
