"""Lists: pages without gap or overlap, echoes, filters, order, and objects that look alike wherever they are read."""

from collections.abc import Iterator
from typing import Any

from emulator.check.asking import ask
from emulator.check.exchange import Exchange
from emulator.check.filtering import Filter, filters_of, kept_by, wanted
from emulator.check.hints import dig, hints
from emulator.check.plan import Check, Contract, Need, Skipped
from emulator.check.rest import Operation, RestContract
from emulator.check.rule import Rule
from emulator.check.run import Run
from emulator.check.values import Arguments, good

MOST_PAGES = 4


def checks(contract: Contract) -> Iterator[Check]:
    if not isinstance(contract, RestContract):
        return
    jobs = set(hints(contract.vendor).table("jobs").get("of", {}).values())
    for operation in contract.operations.values():
        if operation.safe and operation.id not in jobs:
            yield from _checks(contract, operation)


def _checks(contract: RestContract, operation: Operation) -> Iterator[Check]:
    told = hints(contract.vendor)
    if {"limit", "offset"} <= set(operation.names):
        words = "Its pages leave no gap and do not overlap; limit and offset are kept, and told again."
        yield _check(contract, operation, "paging", words, lambda run: paging(run, contract, operation))
    if filters_of(contract, operation):
        yield _check(
            contract, operation, "filters", "Filters are honoured.", lambda run: _filters(run, contract, operation)
        )
    if operation.id in told.table("order"):
        yield _check(contract, operation, "order", "The order is kept.", lambda run: _order(run, contract, operation))
    listing = _listing(contract, operation)
    if listing is not None:
        words = f"An object is the same here and in {listing.id}."
        yield _check(contract, operation, "listed", words, lambda run: _listed(run, contract, operation, listing))
    words = "The same question, asked again at the same moment, has the same answer."
    yield _check(contract, operation, "repeated", words, lambda run: _repeated(run, contract, operation))


def _check(contract: RestContract, operation: Operation, name: str, words: str, run: Any) -> Check:
    needs = frozenset[Need]({"own world"}) if name == "repeated" else frozenset[Need]()
    return Check(f"{contract.vendor}/{operation.id}/{name}", "behaviour", words, run, needs)


def paging(run: Run, contract: RestContract, operation: Operation, base: Arguments | None = None) -> None:
    """`base` are arguments that lead to a list; pages are compared with one long answer."""
    base = good(run, contract, operation).arguments if base is None else base
    base = {name: value for name, value in base.items() if name not in ("limit", "offset")}
    most = _most(operation)
    whole = _rows(contract, operation, ask(run, contract, operation, base | {"limit": most}))
    if whole is None:
        raise Skipped("the answer holds no list")
    rule = operation.rule("paging.limit", "An answer holds as many as the limit says, and no more.")
    usual = operation.schema("limit").get("default")
    if usual is not None:
        exchange = ask(run, contract, operation, base)
        came, due = len(_rows(contract, operation, exchange) or ()), min(int(usual), len(whole))
        run.expect(came == due, rule, f"{came} without a limit", due, exchange)
        _echo(run, contract, operation, {"limit": int(usual), "offset": 0}, exchange)
    _pages(run, contract, operation, base, whole)
    _end(run, contract, operation, base, whole, most)


def _pages(run: Run, contract: RestContract, operation: Operation, base: Arguments, whole: list[Any]) -> None:
    size = max(1, min(3, len(whole) // 2))
    limit = operation.rule("paging.limit", "An answer holds as many as the limit says, and no more.")
    pages = operation.rule("paging.pages", "Pages go on where the last one ended.")
    for number in range(MOST_PAGES):
        if number * size > len(whole):
            return
        asked = {"limit": size, "offset": number * size}
        exchange = ask(run, contract, operation, base | asked)
        page, due = _rows(contract, operation, exchange) or [], whole[number * size : (number + 1) * size]
        run.expect(len(page) <= size, limit, f"{len(page)} for a limit of {size}", size, exchange)
        if page != due:
            again = _rows(contract, operation, ask(run, contract, operation, base | {"limit": max(len(whole), 1)}))
            if again != whole and not run.target.own:
                raise Skipped("the list changed while its pages were read")
            run.expect(False, pages, _difference(page, due), f"the objects from {number * size} on", exchange)
        run.coverage.rules.add(pages.id)
        _echo(run, contract, operation, asked, exchange)


def _end(run: Run, contract: RestContract, operation: Operation, base: Arguments, whole: list[Any], most: int) -> None:
    if len(whole) >= most or "x-sum" in (operation.body or {}):
        return
    asked = {"limit": 1, "offset": len(whole)}
    exchange = ask(run, contract, operation, base | asked)
    rule = operation.rule("paging.end", "Beyond the last object, the list is empty.")
    run.expect(not _rows(contract, operation, exchange), rule, exchange.answered.body[:120], "no objects", exchange)


def _echo(run: Run, contract: RestContract, operation: Operation, asked: Arguments, exchange: Exchange) -> None:
    """`of` maps paths of the answer to what was asked for; `except` names operations that are known not to tell."""
    told = hints(contract.vendor).table("echo")
    if not told or operation.id in told.get("except", ()) or not exchange.answered.successful:
        return
    rule = operation.rule("paging.echo", "The answer repeats what was asked for.", told["evidence"], told["source"])
    there = set(contract.fields(operation))
    for path, name in told["of"].items():
        if path not in there:
            continue
        came = dig(exchange.json, path)
        run.expect(str(came) == str(asked[name]), rule, f"{path} is {came!r}", asked[name], exchange)


def _most(operation: Operation) -> int:
    """As many as one answer can hold, within reason."""
    return min(int(operation.schema("limit").get("maximum", 100)), 1000)


def _rows(contract: RestContract, operation: Operation, exchange: Exchange) -> list[Any] | None:
    """Without what a row tells about its page, as one list has it."""
    told = hints(contract.vendor).table("rows")
    answer = exchange.json
    place = told.get("of", {}).get(operation.id, told.get("at", "data"))
    found = answer if isinstance(answer, list) else dig(answer, place)
    if not isinstance(found, list):
        return None
    apart = set(told.get("apart", ()))
    return [{k: v for k, v in row.items() if k not in apart} if isinstance(row, dict) else row for row in found]


def _difference(page: list[Any], due: list[Any]) -> str:
    def names(rows: list[Any]) -> list[Any]:
        return [row.get("id", row) if isinstance(row, dict) else row for row in rows]

    return f"{names(page)} instead of {names(due)}"


def _filters(run: Run, contract: RestContract, operation: Operation) -> None:
    base = good(run, contract, operation).arguments
    most = {"limit": _most(operation)} if "limit" in operation.names else {}
    for each in filters_of(contract, operation):
        if each.by in operation.required:
            _exactly(run, contract, operation, each, base)
            continue
        free = {name: value for name, value in base.items() if name != each.by} | most
        exchange = ask(run, contract, operation, free)
        rows = dig(exchange.json, each.rows)
        value = wanted(each, rows if isinstance(rows, list) else [])
        if value is None:
            continue
        narrowed = ask(run, contract, operation, free | {each.by: value})
        _kept(
            run,
            operation.rule(f"filter.{each.by}", "The filter is honoured.", each.evidence),
            each,
            value,
            rows,
            narrowed,
        )


def _exactly(run: Run, contract: RestContract, operation: Operation, each: Filter, base: Arguments) -> None:
    """What has to be asked for comes, all of it, and nothing else."""
    exchange = ask(run, contract, operation, base)
    rows, value = dig(exchange.json, each.rows), base[each.by]
    came = [dig(row, each.field) for row in rows] if isinstance(rows, list) else []
    rule = operation.rule(f"filter.{each.by}", "What is asked for comes, and nothing else.", each.evidence)
    wanted_all = value if isinstance(value, list) else [value]
    run.expect(set(came) <= set(wanted_all), rule, came, value, exchange)
    if isinstance(value, list):
        run.expect(set(came) == set(value), rule, came, value, exchange)


def _kept(run: Run, rule: Rule, each: Any, value: Any, rows: list[Any], exchange: Exchange) -> None:
    """What came fits, and of what fits nothing is left out that was seen before."""
    came = dig(exchange.json, each.rows)
    if not isinstance(came, list):
        run.expect(False, rule, exchange.answered.body[:120], f"a list, narrowed by {each.by}={value}", exchange)
        return
    strangers = [row for row in came if not kept_by(each, value, row)]
    run.expect(not strangers, rule, f"{dig((strangers or [None])[0], each.field)!r} for {value!r}", value, exchange)
    due = [row for row in rows if kept_by(each, value, row)]
    missing = [row for row in due if not any(dig(row, each.field) == dig(other, each.field) for other in came)]
    run.expect(
        len(came) >= min(len(due), 1) and not missing, rule, f"{len(came)} objects", f"{len(due)} that fit", exchange
    )
    if "limit" in exchange.asked.query or not each.whole:
        return
    run.expect(len(came) >= len(due), rule, f"{len(came)} objects", f"{len(due)} that fit", exchange)


def _order(run: Run, contract: RestContract, operation: Operation) -> None:
    told = hints(contract.vendor).table("order")[operation.id]
    most = {"limit": _most(operation)} if "limit" in operation.names else {}
    exchange = ask(run, contract, operation, good(run, contract, operation).arguments | most)
    rows = dig(exchange.json, told.get("rows", hints(contract.vendor).table("rows").get("at", "data"))) or []
    keys = [dig(row, told["by"]) for row in rows]
    keys = [key for key in keys if key is not None]
    rule = operation.rule("order", f"By {told['by']}.", told["evidence"])
    due = sorted(keys, reverse=told.get("descending", False))
    run.expect(keys == due, rule, keys[:6], due[:6], exchange)


def _listing(contract: RestContract, operation: Operation) -> Operation | None:
    """The list at `/a` for an object at `/a/{id}`."""
    above, _, last = operation.path.rpartition("/")
    if operation.method != "GET" or not last.startswith("{"):
        return None
    lists = (each for each in contract.operations.values() if each.path == above and each.method == "GET")
    return next((each for each in lists if "limit" in each.names), None)


def _listed(run: Run, contract: RestContract, operation: Operation, listing: Operation) -> None:
    fresh = ask(run, contract, listing, good(run, contract, listing).arguments)
    rows = _rows(contract, listing, fresh) or []
    name = operation.path.rpartition("{")[2].strip("}")
    rule = operation.rule("listed", f"An object is the same here and in {listing.id}.", "observed")
    for row in rows[:2]:
        if name in row:
            exchange = ask(run, contract, operation, {name: row[name]})
            same = exchange.json == row or not run.target.own
            run.expect(same, rule, _differing(row, exchange.json), "the same object", exchange)
            run.expect(dig(exchange.json, name) == row[name], rule, dig(exchange.json, name), row[name], exchange)


def _differing(listed: Any, single: Any) -> str:
    if not isinstance(single, dict):
        return repr(single)
    return (
        f"other values of {sorted(key for key in listed.keys() | single.keys() if listed.get(key) != single.get(key))}"
    )


def _repeated(run: Run, contract: RestContract, operation: Operation) -> None:
    first = good(run, contract, operation)
    once = ask(run, contract, operation, first.arguments)
    again = ask(run, contract, operation, first.arguments)
    rule = operation.rule("repeated", "The same question has the same answer.", "assumed", "HTTP: the method is safe")
    if not once.answered.successful:
        raise Skipped(f"asked again, it answers {once.status}")
    run.expect(
        once.answered.body == again.answered.body, rule, again.answered.body[:80], once.answered.body[:80], again
    )
