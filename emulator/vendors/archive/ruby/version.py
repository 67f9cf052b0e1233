"""What differs between the releases of graphql-ruby (facts/archive-v1.md, section 10)."""

from dataclasses import dataclass
from enum import Enum


class Grammar(Enum):
    """Which parser a release has, and so how it words what it cannot read."""

    TABLE = "1.13 to 2.1"
    DESCENT = "2.2 to 2.5"
    DESCENT_NAMES_THE_END = "2.6"


@dataclass(frozen=True, slots=True)
class Version:
    """The switches. The defaults are those of 2.6, the newest that the facts speak of, but without suggestions."""

    grammar: Grammar = Grammar.DESCENT_NAMES_THE_END
    did_you_mean: bool = False  # from 2.4 on, where the schema has it
    errors_first: bool = True  # before `data`, from 2.2 on
    located_nulls: bool = True  # null in a non-null field has locations and path, from 2.4 on
    names_elements: bool = True  # and says so of an element of a list; assumed, not in the facts
    quotes_selections: bool = True  # `["x"]`, where 1.13.15 writes `[x]`
    rejects_enum_selections: bool = True  # assumed, not in the facts
    long_object_problem: bool = False  # 1.13 names Ruby's methods where an object is expected; assumed
    default_of_required_variable: bool = True  # 1.13.15 refuses one; assumed for later ones
    directives: frozenset[str] = frozenset({"include", "skip", "deprecated", "oneOf", "specifiedBy"})


DEBIAN = Version(
    grammar=Grammar.TABLE,
    errors_first=False,
    located_nulls=False,
    names_elements=False,
    quotes_selections=False,
    rejects_enum_selections=False,
    long_object_problem=True,
    default_of_required_variable=False,
    directives=frozenset({"include", "skip", "deprecated"}),
)  # 1.13.15, against which the tests compare
