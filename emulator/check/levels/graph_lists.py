"""GraphQL: connections without gap or overlap, also while they change; filters, and objects found in several ways."""

from collections.abc import Iterator
from typing import Any

from graphql import get_named_type, is_leaf_type

from emulator.check.asking import ask_graph
from emulator.check.exchange import Exchange
from emulator.check.graph import GraphContract, Root
from emulator.check.hints import dig, hints
from emulator.check.knowledge import known
from emulator.check.plan import Check, Contract, Need, Skipped
from emulator.check.run import Run

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


def later_checks(contract: Contract) -> Iterator[Check]:
    """Those that let time pass, after which nothing is as it was read before."""
    if not isinstance(contract, GraphContract):
        return
    for root in _growing(contract):
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


def _growing(contract: GraphContract) -> Iterator[Root]:
    for root in contract.operations.values():
        if root.safe and {"first", "after"} <= set(root.field.args):
            yield root


def _changing(run: Run, contract: GraphContract, root: Root) -> None:
    """What was there before stays where it was: a page read before and after time has passed is the same."""
    before, after, cursor = _before(run, contract, root)
    later, exchange = _page(run, contract, root, first=3, after=cursor)
    rule = root.rule("changing", "Going on from a cursor repeats nothing, while the list changes.", "assumed")
    again = set(_ids(before)) & set(_ids(later))
    run.expect(not again, rule, f"{sorted(map(str, again))} once more", "other objects", exchange)
    gap = root.rule("changing.gap", "Going on from a cursor leaves nothing out, while the list changes.", "assumed")
    run.expect(_ids(later) == _ids(after), gap, _ids(later), _ids(after), exchange)


def _before(run: Run, contract: GraphContract, root: Root) -> tuple[Any, Any, str]:
    """The beginning of every list; then time passes, once for all of them. Raises Skipped for a list without end."""
    key = ("changing", contract.vendor, contract.name)
    if key not in run.memory:
        run.memory[key] = {each.id: _beginning(run, contract, each) for each in _growing(contract)}
        run.advance(2 * DAY)
    found: tuple[Any, Any, str] | None = run.memory[key][root.id]
    if found is None:
        raise Skipped("the list has a single page")
    return found


def _beginning(run: Run, contract: GraphContract, root: Root) -> tuple[Any, Any, str] | None:
    try:
        before, _ = _page(run, contract, root, first=2)
        cursor = dig(before, "pageInfo.endCursor")
        return (before, _page(run, contract, root, first=3, after=cursor)[0], cursor) if cursor else None
    except Skipped:
        return None
