"""What goes wrong inside GraphQL: errors of a field, and the userErrors of a mutation."""

from collections.abc import Sequence
from typing import Any

from graphql import GraphQLError

from emulator.vendors.archive.workspace.context import Workspace


def failure(message: str, code: str | None = None) -> GraphQLError:
    """The field that raises it is null, or what is around it."""
    return GraphQLError(message, extensions={"code": code} if code else None)


def user_error(workspace: Workspace, message: str, *field: str) -> dict[str, Any]:
    """An entry of `userErrors`, about an argument if there are names of one."""
    shown = ".".join(field) if workspace.settings["user_error_field"] == "string" else list(field)
    return {"message": message, "field": shown or None}


def hold_length(argument: str, values: Sequence[Any], most: int, least: int = 0) -> None:
    """Raises GraphQLError for a list that is too long or too short, in the words of graphql-ruby."""
    if len(values) > most:
        raise failure(f"{argument} is too long (maximum is {most})")
    if len(values) < least:
        raise failure(f"{argument} is too short (minimum is {least})")
