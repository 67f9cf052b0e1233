"""A plain model of what a workspace has put in order."""

from typing import Any

from tests.archive.workspace.organising import KINDS, lower

Model = dict[str, Any]


class Space:
    """What one workspace has: lists in the order in which they are shown, and of each group the ids of its views."""

    def __init__(self, collections: list[Model]) -> None:
        self.of: dict[str, list[Model]] = {"Collection": collections, "ViewGroup": [], **{kind: [] for kind in KINDS}}
        self.order: dict[str, list[str]] = {}

    def pick(self, kind: str, which: int) -> Model | None:
        listed = self.of[kind]
        return listed[which % len(listed)] if listed else None

    def touch(self, kind: str, one: Model, now: str) -> None:
        """What was updated last comes first among views alone."""
        one["updatedAt"] = now
        if kind in KINDS:
            self.of[kind].remove(one)
            self.of[kind].insert(0, one)

    def leave(self, one: Model) -> None:
        for order in self.order.values():
            if one["id"] in order:
                order.remove(one["id"])

    def shown(self, kind: str, one: Model) -> Model:
        if kind != "ViewGroup":
            group = next((each for each in self.of["ViewGroup"] if each["id"] == one["group"]), None)
            return {**one, "group": group and {"id": group["id"], "name": group["name"]}}
        inside = {f"{lower(each)}s": self._inside(each, one["id"]) for each in ("Collection", *KINDS)}
        return {**one, **inside}

    def _inside(self, kind: str, group: str) -> list[Model]:
        found = [each for each in self.of[kind] if each["group"] == group]
        if kind in KINDS:
            found.sort(key=lambda each: self.order[group].index(each["id"]))
        return [{"id": each["id"], "name": each["name"]} for each in found]
