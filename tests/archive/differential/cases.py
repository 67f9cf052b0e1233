"""Documents, whole and damaged, with values for their variables."""

import json
import re
from base64 import urlsafe_b64encode
from functools import cache
from typing import Any, Final

from hypothesis import strategies as st

from emulator import resources

DOCUMENTED: Final = resources.fixtures() / "documented" / "archive" / "partners"
SDL: Final = (resources.contracts() / "archive" / "partners.graphql").read_text()

_OWN = {
    "literals": """{ one: creator(id: 1, provider: INSTAGRAM) { id, accountName }
      mediaItems(filter: {itemTypes: [POST, REEL], creatorVerified: [true], itemProviders: TIKTOK}, first: 2) {
        totalCount nodes { ...Item } pageInfo { hasNextPage } } }
      fragment Item on MediaItem { id type contents { id width } ... on MediaItem @include(if: true) { caption } }""",
    "conditions": """query Choose($yes: Boolean!, $no: Boolean = false, $size: Int = 1, $kinds: [TypesEnum!]) {
      mediaItems(first: $size, filter: {itemTypes: $kinds}) { totalCount @include(if: $yes) ...Page @skip(if: $no) } }
      fragment Page on MediaItemConnection { edges { cursor @skip(if: $no) node { id @include(if: $yes) } } }""",
    "several": """query First($id: String) { mediaItem(id: $id) { id } } query Second { creator(id: 3) { provider } }
      fragment Unused on Creator { id }""",
    "lists": """query($names: [String!], $flags: [Boolean!]!, $filter: Filter!) {
      mediaItems(filter: $filter) { totalCount }
      other: mediaItems(filter: {creatorAccountName: $names, creatorVerified: $flags}) { nodes { id } } }""",
    "fragments": """{ ...A ...B } fragment A on Query { creator(id: 1) { ...C } } fragment B on Query { creator(id: 1) {
      accountName } } fragment C on Creator { id verified ... { biography } }""",
    "writing": """mutation Write($id: Int!) { creatorTrackingStart(id: $id) { id }
      other: creatorTrackingStop(id: 2) { id accountName } }""",
}  # fmt: skip


def documents() -> dict[str, str]:
    """Those that the vendor prints, and our own with what the printed ones lack."""
    printed = {path.stem: path.read_text() for path in sorted(DOCUMENTED.glob("*.graphql"))}
    return printed | _OWN


_TOKEN = re.compile(r'"""(?:.|\n)*?"""|"[^"]*"|\.\.\.|[$@]?\w+|[^\s\w]|\s+')
_SIGNS = [*"{}()[]:$@=!|&?.", "...", '"', '"""', "\\", "\n", "\r\n", ",", "# note\n", "é", "\ufeff", "-", "1-2"]
_VALUES = [
    "1", "0", "-1", "1.5", "1e3", "007", "2147483648", "99999999999999999999", '"text"', '"MQ"', '""',
    '"é\\u00e9\\n"', '"\\ud800"', '"""a\n  block\n"""', "true", "null", "POST", "NOPE", "[1]", "[]", '["a", 1]', "{}",
    "{itemTypes: POST}", '{nope: 1, creatorAccountName: ["a", 5]}', "[{itemTypes: [null]}]", "$id", "$nobody",
    "[$id, 1]", "{itemTypes: $id}",
]  # fmt: skip
_SNIPPETS = [
    "likes", "id", "__typename", "id: id", "id: accountName", "a: id a: provider", "creator { id }",
    "creator(id: 1) { id }", "creator(id: 2) { provider }", "...Nobody", "...Item", "... on Creator { id }",
    "... on Nope { id }", "... on Int { id }", "... on Query { __typename }", "... { __typename }",
    "@include(if: true)", "@skip(if: $yes)", "@include", "@nope", "@skip(if: 1)", "@deprecated",
    '@include(if: "x", unless: 1)', "(id: 1)", "(id: 1, id: 2)", "(handle: 1)", "(filter: {nope: 1})", "(first: 1)",
    "(last: -1)", '(after: "!!!")', '(before: "Mg")', "{ id }", "{ }", "{ nope { id } }", "$extra: Int",
    "$extra: Nope", "$extra: Creator!", "$extra: [Int!] = 5", "$id: String = \"x\"",
    "fragment Item on MediaItem { id }", "fragment Loop on Query { ...Loop }", "query Other { __typename }",
    "{ __typename }", "mutation { creatorTrackingStop(id: 1) { id } }", "subscription { x }",
    "__schema { queryType { name } }", '__type(name: "Creator") { name fields { name } }', "scalar Other", "query",
    "fragment", "on",
]  # fmt: skip


@cache
def _pieces(sdl: str) -> st.SearchStrategy[str]:
    """Words of the schema, and what else may stand in a document or may not."""
    words = sorted(set(re.findall(r"\w+", re.sub(r'"[^"]*"|#.*', "", sdl))))
    return st.sampled_from(words) | st.sampled_from(_SIGNS) | st.sampled_from(_VALUES) | st.sampled_from(_SNIPPETS)


@st.composite
def damaged(draw: st.DrawFn, text: str, sdl: str = SDL) -> str:
    """Up to four pieces left out, doubled, exchanged or put in."""
    pieces = _pieces(sdl)
    tokens: list[str] = _TOKEN.findall(text)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(tokens) - 1)))
        match draw(st.sampled_from(["out", "twice", "other", "other", "in", "in", "in", "end", "swap"])):
            case "out":
                del tokens[at : at + draw(st.integers(1, 3))]
            case "twice":
                tokens[at:at] = [*tokens[at : at + draw(st.integers(1, 8))], " "]
            case "other":
                tokens[at : at + 1] = [draw(pieces)]
            case "in":
                tokens[at:at] = [" ", draw(pieces), " "]
            case "end":
                del tokens[at:]
            case "swap":
                tokens[at : at + 2] = reversed(tokens[at : at + 2])
    return "".join(tokens)


JSON: Final = st.recursive(
    st.none()
    | st.booleans()
    | st.sampled_from(
        [0, 1, 2, -1, 1.0, 2.5, 1e20, 1e-7, 2**31, 3_000_000_000, 2**53, "", "1", "MQ", "abc", "POST", 'é\n"\\']
    )
    | st.sampled_from(["INSTAGRAM", "TIKTOK", "APPROVED", "itemTypes", "\u2028", "\x1f"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["itemTypes", "itemProviders", "creatorAccountName", "creatorVerified", "nope"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


@st.composite
def variables(draw: st.DrawFn, text: str) -> dict[str, Any]:
    """Values for some of those that a text declares; whether they fit is left to chance."""
    names = sorted(set(re.findall(r"\$(\w+)\s*:", text)))
    return {name: draw(JSON) for name in names if draw(st.integers(0, 3))}


def sample(name: str) -> dict[str, Any]:
    """The values that the vendor prints."""
    path = DOCUMENTED / f"{name}.variables.json"
    shown: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
    return shown


_FIELDS = [
    "nodes { id }", "edges { cursor node { id } }", "edges { cursor }", "totalCount", "pageInfo { startCursor }",
    "pageInfo { endCursor hasNextPage }", "pageInfo { hasNextPage hasPreviousPage }", "pageInfo { hasPreviousPage }",
]  # fmt: skip
_TEXTS = [
    "",
    "!!!",
    "a",
    "Mx",
    "Mw==",
    "Mw=",
    "=",
    "abc",
    "abc!",
    "-5",
    "+3",
    " 7",
    "1_0",
    "0",
    "000012",
    "1.5",
    "\x0012",
    "é",
]


@st.composite
def cursors(draw: st.DrawFn) -> str | None:
    """Of places in, before and behind the list, and what is none; some of them not in base64 at all."""
    chosen = draw(st.none() | st.integers(-3, 70).map(str) | st.sampled_from(_TEXTS))
    if chosen is None or not draw(st.integers(0, 6)):
        return chosen
    text = urlsafe_b64encode(chosen.encode()).decode()
    return text if draw(st.booleans()) else text.rstrip("=")


@st.composite
def paged(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A page of the whole list, its fields in any order: what was asked for before changes some of them."""
    fields = draw(st.lists(st.sampled_from(_FIELDS), min_size=1, max_size=4))
    arguments = "$after: String, $before: String, $first: Int, $last: Int"
    passed = "after: $after, before: $before, first: $first, last: $last"
    sizes = st.none() | st.integers(-2, 75) | st.sampled_from([100, 101, 2**31 - 1])
    values = {"after": draw(cursors()), "before": draw(cursors()), "first": draw(sizes), "last": draw(sizes)}
    return f"query({arguments}) {{ mediaItems({passed}) {{ {' '.join(fields)} }} }}", values
