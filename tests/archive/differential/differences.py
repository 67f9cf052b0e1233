"""Everything in which the emulator differs from graphql-ruby 1.13 by intent, and why. Nothing else may differ."""

from typing import Any, Final

CRASH: Final = "the library raises an exception of Ruby, which a server of Rails answers with a page of status 500"
STATE: Final = "the oracle has no resolver for a root field: the emulator has to find the document valid, as it does"
BOUND: Final = "one of the emulator's bounds, of which the library has none in its default settings"
SCHEMA: Final = "what a document says of a schema is not read to its end, so that its own mistakes go unnoticed"

# Not met by the generated cases, which leave these out:
NUMBER: Final = "an integer of a variable beyond 64 bits arrives as a floating-point number"
LETTER: Final = "which characters are shown as escapes follows the Unicode of Python, and not of this Ruby"
META: Final = "the types of introspection itself, and the descriptions of built-in scalars, are those of graphql-core"
UNLIMITED: Final = "where a `before` of 0 makes the library give all rows at once, there is one page"

_BOUNDS = ("This query is too large", "Timeout on validation", "Query has depth of", "Query has complexity of")


def excused(ours: dict[str, Any], theirs: dict[str, Any]) -> str | None:
    """Which of the reasons stands behind a difference, if one does."""
    if "crash" in theirs:
        return CRASH
    messages = [error["message"] for error in ours.get("errors", ())]
    if any(message.startswith(_BOUNDS) for message in messages):
        return BOUND
    return SCHEMA if "Query cannot contain schema definitions" in messages else None
