"""What users of a workspace put in order: collections, views of three kinds, and groups of both."""

from typing import Any

from tests.archive.workspace.client import data
from tests.support import TestWorld

KINDS = ("ContentView", "CreatorView", "SocialProfileView")

VIEW = "id name filters sort customAttributeConditions showReportingStats createdAt updatedAt group {id name}"
COLLECTION = "id name itemCount createdAt updatedAt group {id name}"
GROUP = (
    "id name createdAt updatedAt collections {id name} "
    "contentViews {id name} creatorViews {id name} socialProfileViews {id name}"
)
ERRORS = "userErrors {message field}"

SHOWN = {
    "Collection": COLLECTION,
    "ViewGroup": GROUP,
    **dict.fromkeys(KINDS, VIEW),
}


def lower(kind: str) -> str:
    return kind[0].lower() + kind[1:]


def create(world: TestWorld, kind: str, workspace: str | None = None, **input: Any) -> dict[str, Any]:
    """The payload; `kind` is a view's, Collection or ViewGroup."""
    query = f"""mutation($input: Create{kind}Input!) {{
      made: create{kind}(input: $input) {{{lower(kind)} {{{SHOWN[kind]}}} {ERRORS}}}
    }}"""
    payload: dict[str, Any] = data(world, query, workspace, input=input)["made"]
    return payload


def update(world: TestWorld, kind: str, id: str, workspace: str | None = None, **input: Any) -> dict[str, Any]:
    query = f"""mutation($id: ID!, $input: Update{kind}Input!) {{
      changed: update{kind}(id: $id, input: $input) {{{lower(kind)} {{{SHOWN[kind]}}} {ERRORS}}}
    }}"""
    payload: dict[str, Any] = data(world, query, workspace, id=id, input=input)["changed"]
    return payload


def delete(world: TestWorld, kind: str, id: str, workspace: str | None = None) -> dict[str, Any]:
    moved = "movedViewIds" if kind == "ViewGroup" else ""
    query = f"mutation($id: ID!) {{gone: delete{kind}(id: $id) {{deleted{kind}Id {moved} {ERRORS}}}}}"
    payload: dict[str, Any] = data(world, query, workspace, id=id)["gone"]
    return payload


def move(world: TestWorld, kind: str, id: str, group: str | None, workspace: str | None = None) -> dict[str, Any]:
    argument = "collectionId" if kind == "Collection" else "viewId"
    query = f"""mutation($id: ID!, $group: ID) {{
      moved: move{kind}ToGroup({argument}: $id, groupId: $group) {{{lower(kind)} {{{SHOWN[kind]}}} {ERRORS}}}
    }}"""
    payload: dict[str, Any] = data(world, query, workspace, id=id, group=group)["moved"]
    return payload


def reorder(world: TestWorld, group: str, views: list[str], workspace: str | None = None) -> dict[str, Any]:
    query = f"""mutation($group: ID!, $views: [ID!]!) {{
      ordered: reorderViewsInGroup(groupId: $group, viewIds: $views) {{viewGroup {{{GROUP}}} {ERRORS}}}
    }}"""
    payload: dict[str, Any] = data(world, query, workspace, group=group, views=views)["ordered"]
    return payload


def made(world: TestWorld, kind: str, name: str = "One", workspace: str | None = None) -> dict[str, Any]:
    """The new one itself."""
    filters: dict[str, Any] = {"filters": {}} if kind in KINDS else {}
    payload = create(world, kind, workspace, name=name, **filters)
    assert payload["userErrors"] == []
    shown: dict[str, Any] = payload[lower(kind)]
    return shown


def one(world: TestWorld, kind: str, id: str, workspace: str | None = None) -> dict[str, Any] | None:
    query = f"query($id: ID!) {{shown: {lower(kind)}(id: $id) {{{SHOWN[kind]}}}}}"
    shown: dict[str, Any] | None = data(world, query, workspace, id=id)["shown"]
    return shown


def every(world: TestWorld, kind: str, workspace: str | None = None, filter: str = "") -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = data(world, f"{{all: {lower(kind)}s{filter} {{{SHOWN[kind]}}}}}", workspace)["all"]
    return listed


def names(listed: list[dict[str, Any]]) -> list[str]:
    return [each["name"] for each in listed]


def refusals(payload: dict[str, Any]) -> list[tuple[str, str]]:
    """Messages of the userErrors, and where they lie."""
    return [(error["message"], ".".join(error["field"])) for error in payload["userErrors"]]
