"""What is promised, and where it was not kept."""

import re
from dataclasses import dataclass

from emulator.check.exchange import Exchange

LONGEST = 300  # characters of a value that a finding shows


@dataclass(frozen=True, order=True)
class Rule:
    """`id` is `<vendor>/<operation>/<name>`; `source` is where it is documented, `evidence` how sure it is."""

    id: str
    words: str
    evidence: str = "documented"
    source: str = ""

    @property
    def vendor(self) -> str:
        return self.id.partition("/")[0]

    @property
    def operation(self) -> str:
        """Empty for a rule on the vendor as a whole."""
        return self.id.split("/")[1] if self.id.count("/") > 1 else ""


@dataclass(frozen=True)
class Finding:
    """A rule that was broken. `place` is where in the answer, `*` standing for any index."""

    rule: Rule
    place: str
    came: str
    promised: str
    exchange: Exchange | None = None

    @property
    def key(self) -> tuple[str, str]:
        """The same divergence, seen once more, has the same key."""
        return self.rule.id, self.place


def finding(rule: Rule, came: object, promised: object = "", exchange: Exchange | None = None, at: str = "") -> Finding:
    return Finding(rule, place(at), short(came), short(promised) or rule.words, exchange)


def place(pointer: str) -> str:
    """`/data/3/id` -> `/data/*/id`."""
    return re.sub(r"/\d+(?=/|$)", "/*", pointer)


def short(value: object) -> str:
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
