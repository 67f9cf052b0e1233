"""GraphQL: connections without gap or overlap, also while they change; filters, and objects found in several ways."""

from collections.abc import Iterator
from typing import Any

from graphql import get_named_type, is_leaf_type

from emulator.check.asking import ask_graph
from emulator.check.exchange import Exchange
from emulator.check.filtering import Filter, kept_by, wanted
from emulator.check.graph import GraphContract, Root
from emulator.check.hints import dig, hints
from emulator.check.knowledge import known
from emulator.check.run import Check, Contract, Need, Run, Skipped

PAGE = (
    "pageInfo {{ startCursor endCursor hasNextPage hasPreviousPage }} nodes {{ {0} }} edges {{ cursor node {{ {0} }} }}"
)
MOST_PAGES = 4
DAY = 86_400


def checks(contract: Contract) -> Iterator[Check]:
    if not isinstance(contract, GraphContract):
        return
    for root in contract.operations.values():
        if root.safe and {"first", "after"} <= set(root.field.args):
            words = "Its pages leave no gap and do not overlap, forwards and backwards; cursors and counts agree."
            yield _check(contract, root, "paging", words, lambda run, root=root: _paging(run, contract, root))
        if root.safe:
            words = "The same question, asked again at the same moment, has the same answer."
            run = _check(contract, root, "repeated", words, lambda run, root=root: _repeated(run, contract, root))
            yield Check(run.id, run.level, words, run.run, frozenset[Need]({"own world"}))
    yield from _told(contract)


def _told(contract: GraphContract) -> Iterator[Check]:
    """What `checks.yaml` has on operations of this contract."""
    told = hints(contract.vendor).node
    for row in told.get("filters", ()):
        if row["for"] in contract.operations:
            root = contract.operations[row["for"]]
            name = f"filter.{row['by']}.{row.get('rule', 'equal')}"
            yield _check(contract, root, name, "The filter is honoured.", _filter(contract, root, row))
    for row in told.get("found", ()):
        if row["by"] in contract.operations:
            root = contract.operations[row["by"]]
            name = f"found.{'-'.join(row['take'])}"
            yield _check(contract, root, name, "What is listed is found, and is the same.", _found(contract, root, row))


def later_checks(contract: Contract) -> Iterator[Check]:
    """Those that let time pass, after which nothing is as it was read before."""
    if not isinstance(contract, GraphContract):
        return
    for root in contract.operations.values():
        if root.safe and {"first", "after"} <= set(root.field.args):
            words = "Going on from a cursor repeats nothing and leaves nothing out, while the list grows."
            changing = _check(contract, root, "changing", words, lambda run, root=root: _changing(run, contract, root))
            yield Check(changing.id, changing.level, words, changing.run, frozenset[Need]({"clock", "own world"}))


def _check(contract: GraphContract, root: Root, name: str, words: str, run: Any) -> Check:
    return Check(f"{contract.vendor}/{root.id}/{name}", "behaviour", words, run)


def _page(run: Run, contract: GraphContract, root: Root, **arguments: Any) -> tuple[Any, Exchange]:
    """The connection; its selection asks for what its type has."""
    usual = known(run, contract).arguments(root)
    fields = getattr(get_named_type(root.field.type), "fields", {})
    total = "totalCount " if "totalCount" in fields else ""
    exchange = ask_graph(run, contract, root, usual | arguments, total + PAGE.format(_identity(fields)))
    page = dig(exchange.json, f"data.{root.name}")
    if not isinstance(page, dict):
        rule = root.rule("paging.page", "A page is answered.")
        run.expect(False, rule, exchange.answered.body[:120], "a page", exchange)
        raise Skipped("no page came")
    return page, exchange


def _identity(connection: Any) -> str:
    """What tells objects of a connection apart: their id, or all their plain fields."""
    fields = getattr(get_named_type(connection["nodes"].type), "fields", {}) if "nodes" in connection else {}
    plain = [name for name, each in fields.items() if is_leaf_type(get_named_type(each.type)) and not each.args]
    return "id" if "id" in fields else " ".join(plain)


def _ids(page: Any) -> list[Any]:
    return [_id(each) for each in page.get("nodes") or ()]


def _id(node: Any) -> Any:
    return node["id"] if isinstance(node, dict) and "id" in node else repr(node)


def _paging(run: Run, contract: GraphContract, root: Root) -> None:
    whole, _ = _page(run, contract, root)
    ids = _ids(whole)
    size = max(1, min(3, len(ids) // 3))
    _walk(run, contract, root, ids, size)
    if "last" in root.field.args:
        _backwards(run, contract, root, ids, size)
        _at_the_end(run, contract, root)
    unique = root.rule("paging.unique", "An object stands in a list once.")
    run.expect(len(ids) == len(set(ids)), unique, f"{len(ids) - len(set(ids))} once more")
    total = root.rule("paging.total", "The count is that of all pages.")
    if "totalCount" in whole and not dig(whole, "pageInfo.hasNextPage"):
        run.expect(whole["totalCount"] == len(ids), total, whole["totalCount"], len(ids))
    elif "totalCount" in whole:
        run.expect(whole["totalCount"] > len(ids), total, whole["totalCount"], f"more than {len(ids)}")
    most = hints(contract.vendor).table("most-on-a-page").get(root.id)
    if most:
        page, exchange = _page(run, contract, root, first=most["value"] + 50)
        rule = root.rule("paging.most", "A page holds no more than the server's maximum.", most["evidence"])
        run.expect(len(_ids(page)) <= most["value"], rule, len(_ids(page)), most["value"], exchange)


def _walk(run: Run, contract: GraphContract, root: Root, ids: list[Any], size: int) -> None:
    cursor = None
    for number in range(MOST_PAGES):
        page, exchange = _page(run, contract, root, first=size, **({"after": cursor} if cursor else {}))
        due = ids[number * size : (number + 1) * size]
        pages = root.rule("paging.pages", "Pages go on where the last one ended.")
        run.expect(_ids(page) == due, pages, _ids(page), due, exchange)
        _edges(run, root, page, exchange)
        more = root.rule("paging.more", "hasNextPage and hasPreviousPage say what lies beyond.")
        beyond = len(ids) > (number + 1) * size
        if (number + 1) * size != len(ids):
            came = dig(page, "pageInfo.hasNextPage")
            run.expect(came is beyond, more, f"hasNextPage {came}", beyond, exchange)
        cursor = dig(page, "pageInfo.endCursor")
        if not cursor or not beyond:
            return


def _edges(run: Run, root: Root, page: Any, exchange: Exchange) -> None:
    rule = root.rule("paging.edges", "Edges and nodes are the same objects; the page's cursors are those of its ends.")
    edges = page.get("edges") or []
    run.expect([_id(dig(each, "node")) for each in edges] == _ids(page), rule, "edges and nodes differ", "", exchange)
    cursors = [dig(each, "cursor") for each in edges]
    run.expect(len(set(cursors)) == len(cursors), rule, f"cursors repeat: {cursors}", "a cursor for each", exchange)
    if cursors and root.id not in hints(root.vendor).node.get("cursors-apart", ()):
        ends = [dig(page, "pageInfo.startCursor"), dig(page, "pageInfo.endCursor")]
        run.expect(ends == [cursors[0], cursors[-1]], rule, ends, [cursors[0], cursors[-1]], exchange)


def _backwards(run: Run, contract: GraphContract, root: Root, ids: list[Any], size: int) -> None:
    pages = root.rule("paging.backwards", "Pages that are read backwards go on where the last one began.")
    head, _ = _page(run, contract, root, first=min(len(ids), 3 * size) or 1)
    cursors = [dig(each, "cursor") for each in head.get("edges") or ()]
    if len(cursors) <= size:
        return
    page, exchange = _page(run, contract, root, last=size, before=cursors[-1])
    due = _ids(head)[-1 - size : -1]
    run.expect(_ids(page) == due, pages, _ids(page), due, exchange)
    came = dig(page, "pageInfo.hasPreviousPage")
    if len(cursors) > size + 1:
        run.expect(came is True, pages, f"hasPreviousPage {came}", True, exchange)


def _at_the_end(run: Run, contract: GraphContract, root: Root) -> None:
    """Behind the last object there is nothing, and nothing more follows."""
    end, _ = _page(run, contract, root, last=1)
    cursor = dig(end, "pageInfo.endCursor")
    if cursor:
        page, exchange = _page(run, contract, root, first=1, after=cursor)
        rule = root.rule("paging.end", "Behind the last object there is nothing, and nothing more follows.")
        run.expect(not _ids(page), rule, _ids(page), "no objects", exchange)
        more = dig(page, "pageInfo.hasNextPage")
        run.expect(more is False, rule, f"hasNextPage {more}", False, exchange)


def _changing(run: Run, contract: GraphContract, root: Root) -> None:
    """What was there before stays where it was: two pages read before and after time has passed are the same."""
    before, _ = _page(run, contract, root, first=2)
    cursor = dig(before, "pageInfo.endCursor")
    if not cursor:
        raise Skipped("the list has a single page")
    after, _ = _page(run, contract, root, first=3, after=cursor)
    run.advance(2 * DAY)
    later, exchange = _page(run, contract, root, first=3, after=cursor)
    rule = root.rule("changing", "Going on from a cursor repeats nothing, while the list changes.", "assumed")
    again = set(_ids(before)) & set(_ids(later))
    run.expect(not again, rule, f"{sorted(map(str, again))} once more", "other objects", exchange)
    gap = root.rule("changing.gap", "Going on from a cursor leaves nothing out, while the list changes.", "assumed")
    run.expect(_ids(later) == _ids(after), gap, _ids(later), _ids(after), exchange)


def _repeated(run: Run, contract: GraphContract, root: Root) -> None:
    arguments = known(run, contract).arguments(root)
    once, again = (ask_graph(run, contract, root, arguments) for _ in range(2))
    rule = root.rule("repeated", "The same question has the same answer.", "assumed", "GraphQL: a query is safe")
    run.expect(
        once.answered.body == again.answered.body, rule, again.answered.body[:80], once.answered.body[:80], again
    )


def _filter(contract: GraphContract, root: Root, row: Any) -> Any:
    """`by` is an argument, or `argument.field` of an input; rows are those of the connection."""

    def run(this: Run) -> None:
        each = Filter(row["by"], row["field"], row.get("rule", "equal"), "", row["evidence"], whole=True)
        rows = known(this, contract).rows(row["of"])
        value = row["value"] if "value" in row else wanted(each, rows)
        if value is None:
            raise Skipped(f"no {row['of']} tells a {row['field']}")
        argument, _, inner = row["by"].partition(".")
        given = {argument: {inner: value} if inner else value}
        selection = row["select"]
        exchange = ask_graph(this, contract, root, known(this, contract).arguments(root) | given, selection)
        came = dig(exchange.json, f"data.{root.name}.{row.get('rows', 'nodes')}")
        rule = root.rule(f"filter.{row['by']}", "The filter is honoured.", row["evidence"])
        if not isinstance(came, list) or not came:
            this.expect(False, rule, exchange.answered.body[:120], f"objects with {row['field']} in {value}", exchange)
            return
        strangers = [dig(other, row["field"]) for other in came if not kept_by(each, value, other)]
        this.expect(not strangers, rule, f"{strangers[:3]} for {value}", value, exchange)
        fitting = [other for other in rows if kept_by(each, value, other)]
        this.expect(
            len(came) >= min(len(fitting), 100), rule, f"{len(came)} objects", f"{len(fitting)} that fit", exchange
        )

    return run


def _found(contract: GraphContract, root: Root, row: Any) -> Any:
    """An object that was listed, looked up by some of its fields."""

    def run(this: Run) -> None:
        for listed in known(this, contract).rows(row["of"])[:2]:
            arguments = {name: dig(listed, path) for name, path in row["take"].items()}
            exchange = ask_graph(this, contract, root, arguments)
            came = dig(exchange.json, f"data.{root.name}")
            rule = root.rule(
                f"found.{'-'.join(arguments)}", "What is listed is found, and is the same.", row["evidence"]
            )
            shared = listed.keys() & (came or {}).keys()
            other = sorted(
                key for key in shared if not isinstance(listed[key], dict | list) and listed[key] != came[key]
            )
            this.expect(
                bool(shared) and not other, rule, f"other values of {other}" if shared else came, "the same", exchange
            )

    return run
