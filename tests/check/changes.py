"""Small changes that make an answer, a request or a webhook wrong."""

from collections.abc import Callable, Sequence
from typing import Any

from tests.check.mutating import Answer, Answering, Ask, Asking, Deliver, Delivering

Edit = Callable[[Any], Any]


def at(path: str, edit: Edit, statuses: range | Sequence[int] = range(200, 300)) -> Answer:
    """Edits what stands at a path of the body, with `*` for every member of a list, if it is there."""

    def change(_: Asking, answering: Answering) -> None:
        if answering.status in statuses and answering.body:
            answering.json = _edited(answering.json, path.split(".") if path else [], edit)

    return change


class Gone:
    """The value of a key that is to be left out."""


def _edited(value: Any, steps: list[str], edit: Edit) -> Any:
    if not steps:
        return edit(value)
    step, *rest = steps
    if isinstance(value, list):
        chosen = range(len(value)) if step == "*" else [int(step)] if step.isdigit() and int(step) < len(value) else []
        edited = [_edited(each, rest, edit) if index in chosen else each for index, each in enumerate(value)]
        return [each for each in edited if each is not Gone]
    if not isinstance(value, dict) or (step not in value and rest):
        return value
    edited_member = _edited(value.get(step), rest, edit)
    kept = {key: edited_member if key == step else each for key, each in value.items()}
    if step not in value and edited_member is not Gone:
        kept[step] = edited_member
    return {key: each for key, each in kept.items() if each is not Gone}


def put(path: str, value: Any, statuses: range | Sequence[int] = range(200, 300)) -> Answer:
    return at(path, lambda _: value, statuses)


def drop(path: str, statuses: range | Sequence[int] = range(200, 300)) -> Answer:
    return at(path, lambda _: Gone, statuses)


def as_text(path: str) -> Answer:
    return at(path, str)


def status(number: int, instead_of: range | Sequence[int] = range(200, 300)) -> Answer:
    def change(_: Asking, answering: Answering) -> None:
        if answering.status in instead_of:
            answering.status = number

    return change


def header(name: str, value: str | None, statuses: range | Sequence[int] = range(200, 300)) -> Answer:
    """Another value, or none at all."""

    def change(_: Asking, answering: Answering) -> None:
        if answering.status in statuses:
            answering.headers.pop(name, None)
            if value is not None:
                answering.headers[name] = value

    return change


def body(content: bytes, statuses: range | Sequence[int] = range(200, 300)) -> Answer:
    def change(_: Asking, answering: Answering) -> None:
        if answering.status in statuses:
            answering.body = content

    return change


def both(one: Answer, other: Answer) -> Answer:
    def change(asking: Asking, answering: Answering) -> None:
        one(asking, answering)
        other(asking, answering)

    return change


def once(change: Answer) -> Answer:
    """Not the first time, but every other time from then on."""
    calls = [0]

    def later(asking: Asking, answering: Answering) -> None:
        calls[0] += 1
        if calls[0] % 2 == 0:
            change(asking, answering)

    return later


def without(name: str) -> Ask:
    """The server does not see this parameter, or this key of the body."""

    def change(asking: Asking) -> None:
        asking.query.pop(name, None)
        if asking.body and isinstance(asking.json, dict) and name in asking.json:
            asking.json = {key: each for key, each in asking.json.items() if key != name}

    return change


def shifted(name: str, by: int) -> Ask:
    """The server sees another number."""

    def change(asking: Asking) -> None:
        if asking.query.get(name, "").isdigit():
            asking.query[name] = str(max(0, int(asking.query[name]) + by))
        given = asking.json if asking.body and asking.method != "GET" else None
        if isinstance(given, dict) and isinstance(given.get(name), int):
            asking.json = {**given, name: max(0, given[name] + by)}

    return change


def trusting(replacement: dict[str, str], query: dict[str, str] | None = None) -> Ask:
    """The server takes everybody for somebody."""

    def change(asking: Asking) -> None:
        asking.headers.update(replacement)
        asking.query.update(query or {})

    return change


def argument(name: str, edit: Edit) -> Ask:
    """The server sees another variable of a GraphQL request; Gone for none."""

    def change(asking: Asking) -> None:
        given = asking.json
        variables = given.get("variables") or {}
        if name in variables:
            given["variables"] = {k: v for k, v in (variables | {name: edit(variables[name])}).items() if v is not Gone}
            asking.json = given

    return change


def in_webhook(path: str, edit: Edit) -> Deliver:
    """The body is changed, and signed no more: `resigned` would sign it again."""

    def change(delivering: Delivering) -> None:
        delivering.json = _edited(delivering.json, path.split("."), edit)

    return change
