"""Known divergences: accepted by rule and path, for a reason, until a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import yaml

from emulator.check.rule import Finding

KEYS = {"rule", "path", "reason", "expires"}


class BaselineError(Exception):
    """The file cannot be used; the message says where and why."""


@dataclass(frozen=True)
class Entry:
    """`rule` and `path` may hold wildcards, `*` and `?`."""

    rule: str
    path: str
    reason: str
    expires: date

    def matches(self, found: Finding) -> bool:
        return fnmatchcase(found.rule.id, self.rule) and (self.path == "*" or fnmatchcase(found.place, self.path))


@dataclass(frozen=True)
class Baseline:
    """An entry holds until the end of its last day; after that it accepts nothing any more."""

    entries: Sequence[Entry] = ()
    today: date = date.min

    def accepts(self, found: Finding) -> Entry | None:
        living = (entry for entry in self.entries if entry.expires >= self.today)
        return next((entry for entry in living if entry.matches(found)), None)

    def gone(self, used: Iterable[Entry], rules: Iterable[str]) -> list[Entry]:
        """Entries that accepted nothing although their rule was looked at, or that have expired."""
        there, exercised = list(used), list(rules)
        idle = [entry for entry in self.entries if entry not in there]
        return [each for each in idle if each.expires < self.today or _looked_at(each, exercised)]


def _looked_at(entry: Entry, rules: Iterable[str]) -> bool:
    """Every answer is held to the rules that are called response or error."""
    operation, _, name = entry.rule.rpartition("/")
    always = name.startswith(("response", "error"))
    return any(fnmatchcase(rule, f"{operation}/response" if always else entry.rule) for rule in rules)


def read(file: Path, today: date) -> Baseline:
    """Raises BaselineError."""
    try:
        content = yaml.safe_load(file.read_text())
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BaselineError(f"{file}: {' '.join(str(error).split())}") from None
    if content is not None and not isinstance(content, list):
        raise BaselineError(f"{file}: not a list of entries, each with {', '.join(sorted(KEYS))}")
    return Baseline([_entry(file, number, each) for number, each in enumerate(content or (), start=1)], today)


def _entry(file: Path, number: int, node: Any) -> Entry:
    where = f"{file}: entry {number}"
    if not isinstance(node, dict) or (missing := {"rule", "reason", "expires"} - set(node)):
        lacking = sorted(missing) if isinstance(node, dict) else "everything"
        raise BaselineError(f"{where} lacks {lacking}; it needs rule, reason and expires, and may have a path")
    if unknown := set(node) - KEYS:
        raise BaselineError(f"{where} has the unknown key {', '.join(map(str, sorted(unknown)))}")
    expires = node["expires"]
    if type(expires) is not date:
        raise BaselineError(f"{where}: expires is {expires!r}, not a day such as 2026-12-31")
    if not str(node["reason"]).strip():
        raise BaselineError(f"{where} gives no reason")
    return Entry(str(node["rule"]), str(node.get("path", "*")), str(node["reason"]), expires)
