"""A schema with what the Partners API lacks, and the values of its root fields."""

from pathlib import Path
from typing import Any, Final

from graphql import GraphQLError, GraphQLSchema, build_schema

SDL: Final = Path(__file__).with_name("zoo.graphql").read_text()

_CAT: Final[dict[str, Any]] = {"__typename": "Cat", "name": "Tom", "lives": 9, "friend": None}
_DOG: Final[dict[str, Any]] = {
    "__typename": "Dog",
    "name": "Rex",
    "owner": _CAT,
    "friend": {**_CAT, "lives": None},
    "tags": ["a", None],
}
_LEAF: Final[dict[str, Any]] = {"id": 7, "value": 1, "next": None, "all": [], "broken": {"error": "broken"}}
_GONE: Final[dict[str, Any]] = {"id": "8", "value": None, "next": _LEAF, "all": [_LEAF, None], "broken": "no"}

ROOT: Final[dict[str, Any]] = {
    "pet": _CAT,
    "pets": [_CAT, _DOG],
    "named": _DOG,
    "strict": {**_LEAF, "next": _GONE, "all": [_LEAF, _GONE]},
    "loose": {**_LEAF, "next": _GONE},
    "many": [_LEAF, _GONE],
    "some": [_LEAF, None, _GONE],
    "lists": [[1, 2], [3, None], []],
    "sorted": "done",
    "failing": {"error": "It failed"},
    "none": None,
    "json": {"a": [1, {"b": None}]},
}

DOCUMENTS: Final = {
    "pets": """{ pet { ... on Cat { name lives } ... on Dog { name owner { name } } }
      pets { __typename ...D ... on Named { name } }
      named { name ... on Dog { tags friend { ... on Cat { lives } } } } }
      fragment D on Dog { tags owner { name } }""",
    "nulls": "{ loose { id next { id } } many { id value } some { id value } lists strict { id all { id } } }",
    "propagation": "{ strict { id next { value all { id } } } again: strict { all { id broken } } failing none }",
    "failures": "{ loose { broken } some { id broken } }",
    "arguments": """query($by: [Sorting!]!, $limit: Int, $order: Order = DESC, $weight: Float = 1, $key: ID = 5,
      $all: JSON) { sorted(by: $by, limit: $limit, weight: $weight, key: $key)
      other: sorted(by: {key: AGE, order: $order})
      json(value: {a: $all, b: [1, "x", NAME]})
      third: sorted(by: [{key: NAME, order: ASC, inner: {key: AGE, order: $order}}], at: 5) }""",
    "literals": """{ a: sorted(by: []) b: sorted(by: [{key: AGE}]) c: sorted(by: {order: ASC, inner: {key: AGE}})
      d: sorted(by: [ {key: AGE, order: ASC, weights: 1}], weight: 1, key: 5, at: [1], limit: null) }""",
    "unions": "{ pet { name } pets { lives ... { name } } named { lives } }",
    "impossible": """{ pet { ... on Strict { id } ...S } named { ... on Cat { ... on Dog { name } } } }
      fragment S on Strict { id }""",
    "merging": """{ pets { ... on Cat { x: name } ... on Dog { x: tags } } pet { ... on Cat { y: name } y: __typename }
      loose { id: value } loose { id } loose: strict { next { id } }
      strict { all { id } } strict { all { id: value } } }""",
}


def schema() -> GraphQLSchema:
    """With resolvers that give the values."""
    made = build_schema(SDL)
    assert made.query_type is not None
    for name, value in ROOT.items():
        made.query_type.fields[name].resolve = _resolver(_living(value))
    return made


def _living(value: Any) -> Any:
    """With a function that raises for each `{"error": ...}`."""
    if isinstance(value, list):
        return [_living(each) for each in value]
    if isinstance(value, dict):
        return _failing(value["error"]) if "error" in value else {key: _living(each) for key, each in value.items()}
    return value


def _failing(message: str) -> Any:
    def fail(*_: Any) -> None:
        raise GraphQLError(message)

    return fail


def _resolver(value: Any) -> Any:
    return lambda _source, run, **_: value(run) if callable(value) else value
