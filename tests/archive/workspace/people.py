"""The creators of a workspace, what their custom attributes are, and who passes conditions on these."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.archive.workspace.client import data, problems
from tests.support import TestWorld

SCHEMAS = "query($entity: CustomAttributeSchemaEntity!) {customAttributeSchemas(entity: $entity) {%s}}"
CREATORS = """query(
  $filter: CreatorFilterInput, $conditions: [CustomAttributeConditionInput!], $preset: ID, $first: Int = 100,
  $after: String, $whole: Boolean = false
) {
  creators(
    filter: $filter, customAttributeConditions: $conditions, presetId: $preset, first: $first, after: $after
  ) {
    totalCount nodes {id customAttributes @include(if: $whole)}
    pageInfo {startCursor endCursor hasNextPage hasPreviousPage}
  }
}"""
MAKE_VIEW = {
    "content": """mutation($input: CreateContentViewInput!) {
      made: createContentView(input: $input) {view: contentView {id}}
    }""",
    "creator": """mutation($input: CreateCreatorViewInput!) {
      made: createCreatorView(input: $input) {view: creatorView {id}}
    }""",
    "social profile": """mutation($input: CreateSocialProfileViewInput!) {
      made: createSocialProfileView(input: $input) {view: socialProfileView {id}}
    }""",
}


@dataclass(frozen=True)
class People:
    """All creators of a world's first workspace, who fit on a page, newest first, and the types of their attributes."""

    world: TestWorld
    attributes: dict[str, dict[str, Any]]
    types: dict[str, str]

    def holders(self, key: str) -> dict[str, Any]:
        """The values of an attribute, by creator."""
        return {creator: values[key] for creator, values in self.attributes.items() if key in values}

    def having(self, key: str, test: Callable[[Any], Any]) -> set[str]:
        """Those with a value of the attribute that passes."""
        return {creator for creator, value in self.holders(key).items() if test(value)}

    def condition(self, key: str, operator: str, value: Any = None) -> dict[str, Any]:
        return {"field": key, "type": self.types[key], "operator": operator, "value": value}

    def passing(self, key: str, operator: str, value: Any = None) -> set[str]:
        return ids(self.world, conditions=[self.condition(key, operator, value)])


def everybody(world: TestWorld) -> People:
    page = creators(world, whole=True)
    assert not page["pageInfo"]["hasNextPage"]
    types = {each["key"]: each["type"] for each in schemas(world, "CREATOR", "key type")}
    return People(world, {node["id"]: node["customAttributes"] for node in page["nodes"]}, types)


def creators(world: TestWorld, workspace: str | None = None, **arguments: Any) -> dict[str, Any]:
    page: dict[str, Any] = data(world, CREATORS, workspace, **arguments)["creators"]
    return page


def ids(world: TestWorld, **arguments: Any) -> set[str]:
    return {node["id"] for node in creators(world, **arguments)["nodes"]}


def error(world: TestWorld, query: str = CREATORS, **arguments: Any) -> tuple[str, str | None]:
    """The message and the code of what is the only problem."""
    (problem,) = problems(world, query, **arguments)
    return problem["message"], problem.get("extensions", {}).get("code")


def schemas(world: TestWorld, entity: str, fields: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = data(world, SCHEMAS % fields, entity=entity)["customAttributeSchemas"]
    return found


def make_view(world: TestWorld, kind: str, *conditions: dict[str, Any], **filters: Any) -> str:
    """Its id."""
    view = {"name": f"Some {kind}", "filters": filters, "customAttributeConditions": list(conditions)}
    made: str = data(world, MAKE_VIEW[kind], input=view)["made"]["view"]["id"]
    return made
