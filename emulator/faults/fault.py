"""What can go wrong, and how a request comes to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from emulator.http import Request, Response
from emulator.refusal import Refusal
from emulator.world.record import Record
from emulator.world.rules import Rules

HEADER: Final = "emulator-fault"

Kind = Literal["latency", "error", "rate_limit", "answer", "timeout", "drop", "truncate", "malform", "break"]
When = Literal["before", "after"]
How = Literal["missing", "type", "enum"]

RULES: Final = Rules("fault")


@dataclass(frozen=True, slots=True)
class Traits:
    """What a kind of fault is like: its own keys beside those of all, when it strikes, and how long it holds back.

    `whens` begins with what is usual. `seconds` and `most` are of real time.
    """

    keys: frozenset[str] = frozenset()
    whens: tuple[When, ...] = ("before", "after")
    seconds: float = 0
    most: float = 60


KINDS: Final[Mapping[Kind, Traits]] = {
    "latency": Traits(seconds=1),
    "error": Traits(keys=frozenset({"error", "retry_after", "status"})),
    "rate_limit": Traits(keys=frozenset({"retry_after", "status"})),
    "answer": Traits(keys=frozenset({"status", "headers", "body"})),
    "timeout": Traits(seconds=30, most=600),
    "drop": Traits(),
    "truncate": Traits(whens=("after",)),
    "malform": Traits(whens=("after",)),
    "break": Traits(keys=frozenset({"pointer", "how"}), whens=("after",)),
}
SILENT: Final = frozenset({"timeout", "drop"})  # nothing at all is answered
ANSWERING: Final = frozenset({"error", "rate_limit", "answer"})  # instead of the vendor


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault that strikes one request.

    `rule` is its place among the world's rules, None for one that came with the request; `nth` is how many requests
    the rule had matched before.
    """

    kind: Kind
    when: When
    seconds: float
    error: str | None = None
    retry_after: float = 1
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: Any = None
    pointer: str | None = None
    how: How | None = None
    rule: int | None = None
    nth: int = 0

    @property
    def seed(self) -> tuple[int, int]:
        return (-1 if self.rule is None else self.rule), self.nth

    def shown(self, effect: str | None = None) -> dict[str, Any]:
        """As the journal has it."""
        return {"kind": self.kind, "when": self.when, "rule": self.rule, "error": self.error, "effect": effect}


@dataclass(frozen=True, slots=True)
class Fate:
    """What has been decided about a request: the fault that strikes it, if any.

    `answer` is what is told in the vendor's place, where that is so; its status is 0 if nothing at all is.
    """

    fault: Fault | None = None
    answer: "Substitute | None" = None

    def obey(self) -> None:
        """Raises Commanded where the vendor is not to be reached."""
        if self.fault is not None and self.fault.when == "before" and self.answer is not None:
            raise Commanded(self.answer)


@dataclass(frozen=True, slots=True)
class Substitute:
    """An answer that is not the vendor's. `{request_id}` in its body stands for the id of the request."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()

    def response(self, usual: tuple[tuple[str, str], ...], request_id: str) -> Response:
        """`usual` are the headers that the vendor's answers carry."""
        given = {name.lower() for name, _ in self.headers}
        kept = tuple((name, value) for name, value in usual if name.lower() not in given)
        return Response(self.status, self.body.replace(b"{request_id}", request_id.encode()), (*kept, *self.headers))


SPARED: Final = Fate()


class Beset(Exception):
    """The world has faults, or the request brings one: it is to be decided what becomes of the request."""

    def __init__(self, record: Record, vendor: str, operation: str | None) -> None:
        super().__init__(record.name)
        self.record = record
        self.vendor = vendor
        self.operation = operation

    @property
    def proper(self) -> bool:
        """Whether the world has proper statuses for errors that its vendor answers with 200."""
        return bool(self.record.choices.get(self.vendor, {}).get("errors") == "proper")


class Commanded(Refusal):
    """A fault answers in the vendor's place."""

    def __init__(self, answer: Substitute) -> None:
        super().__init__(f"status {answer.status}")
        self.answer = answer


def ask(record: Record, vendor: str, operation: str | None, request: Request) -> None:
    """Raises Beset for a request about which nothing has been decided yet, where there is something to decide."""
    if request.fate is None and (record.faults or HEADER in request.headers):
        raise Beset(record, vendor, operation)


def obey(request: Request) -> None:
    """Raises Commanded where the vendor is not to be reached."""
    if request.fate is not None:
        request.fate.obey()
