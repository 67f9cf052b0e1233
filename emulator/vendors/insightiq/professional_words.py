"""How professional profiles are compared with what a request asks for."""

from sqlalchemy import ColumnElement, func

from emulator.world import ids

Text = ColumnElement[str]


def folded(text: str) -> str:
    """Letter case does not matter (assumed)."""
    return text.casefold()


def term_id(dictionary: str, name: str) -> str:
    """The same in every world, as customers are advised to keep dictionaries for 15 days."""
    return ids.uuid(0, "professional", dictionary, name)


def contains(column: Text, phrase: Text | str) -> ColumnElement[bool]:
    """Whether the phrase, which is not empty, stands in the column.

    Not LIKE: its patterns may not be long, and stop at a NUL character.
    """
    return func.replace(column, phrase, "") != column
