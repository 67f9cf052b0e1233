"""What keeps a document from costing more than it should. None is known for v1, so all are assumed."""

from typing import Final

MAX_TOKENS: Final = 4_000
MAX_NESTING: Final = 100  # brackets of any kind within one another; whoever reads a document recurses into them
MAX_DEPTH: Final = 20  # fields within one another; introspection queries in use need 13
MAX_COMPLEXITY: Final = 100_000  # fields of the answer; a page of 100 items with all of their fields has some 6,000
MAX_COMPARISONS: Final = 5_000  # of fields with the same name in the answer, two at a time
MAX_PROBLEMS: Final = 100  # told of one variable
MAX_PAGE: Final = 100  # rows; the library clamps silently
