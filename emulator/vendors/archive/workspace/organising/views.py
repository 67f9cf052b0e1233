"""Views on content, creators and social profiles."""

from typing import Any

from emulator.vendors.archive.workspace.context import Workspace
from emulator.vendors.archive.workspace.organising import stored_views


def content_view(workspace: Workspace, id: str) -> dict[str, Any] | None:
    return stored_views.one(workspace, "content", id)


def content_views(workspace: Workspace, filter: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    return stored_views.several(workspace, "content", filter)


def creator_view(workspace: Workspace, id: str) -> dict[str, Any] | None:
    return stored_views.one(workspace, "creator", id)


def creator_views(workspace: Workspace, filter: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    return stored_views.several(workspace, "creator", filter)


def social_profile_view(workspace: Workspace, id: str) -> dict[str, Any] | None:
    return stored_views.one(workspace, "social_profile", id)


def social_profile_views(workspace: Workspace, filter: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    return stored_views.several(workspace, "social_profile", filter)


def create_content_view(workspace: Workspace, input: dict[str, Any]) -> dict[str, Any]:
    return stored_views.create(workspace, "content", input)


def create_creator_view(workspace: Workspace, input: dict[str, Any]) -> dict[str, Any]:
    return stored_views.create(workspace, "creator", input)


def create_social_profile_view(workspace: Workspace, input: dict[str, Any]) -> dict[str, Any]:
    return stored_views.create(workspace, "social_profile", input)


def update_content_view(workspace: Workspace, id: str, input: dict[str, Any]) -> dict[str, Any]:
    return stored_views.update(workspace, "content", id, input)


def update_creator_view(workspace: Workspace, id: str, input: dict[str, Any]) -> dict[str, Any]:
    return stored_views.update(workspace, "creator", id, input)


def update_social_profile_view(workspace: Workspace, id: str, input: dict[str, Any]) -> dict[str, Any]:
    return stored_views.update(workspace, "social_profile", id, input)


def delete_content_view(workspace: Workspace, id: str) -> dict[str, Any]:
    return stored_views.delete(workspace, "content", id)


def delete_creator_view(workspace: Workspace, id: str) -> dict[str, Any]:
    return stored_views.delete(workspace, "creator", id)


def delete_social_profile_view(workspace: Workspace, id: str) -> dict[str, Any]:
    return stored_views.delete(workspace, "social_profile", id)


def move_content_view_to_group(workspace: Workspace, view_id: str, group_id: str | None = None) -> dict[str, Any]:
    return stored_views.move(workspace, "content", view_id, group_id)


def move_creator_view_to_group(workspace: Workspace, view_id: str, group_id: str | None = None) -> dict[str, Any]:
    return stored_views.move(workspace, "creator", view_id, group_id)


def move_social_profile_view_to_group(
    workspace: Workspace, view_id: str, group_id: str | None = None
) -> dict[str, Any]:
    return stored_views.move(workspace, "social_profile", view_id, group_id)
