"""Whatever two workspaces put in order, in whatever way: each finds its own as a plain model has it."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.archive.community import collect, shops
from tests.archive.library import data as partners_data
from tests.archive.workspace import organising as api
from tests.archive.workspace.client import data as workspace_data
from tests.archive.workspace.organising import KINDS
from tests.archive.workspace.space import Model, Space
from tests.support import Server, TestWorld

SPACES = st.integers(0, 1)
EVERY_KIND = st.sampled_from(["Collection", "ViewGroup", *KINDS])
VIEWS = st.sampled_from(KINDS)
MEMBERS = st.sampled_from(["Collection", *KINDS])
NAMES = st.sampled_from(["Summer", "summer ", "été", "x" * 255])
BAD_NAMES = st.sampled_from(["", " ", "x" * 256])
WHICH = st.integers(0, 4)  # of the list; it begins anew behind its end
FILTERS = st.sampled_from([{}, {"provider": "TIKTOK"}, {"ids": ["a"], "nested": {"deep": [1, None]}}])


class Workspaces(RuleBasedStateMachine):
    server: Server

    @initialize()
    def begin(self) -> None:
        self.world: TestWorld = self.server.world(recipe="demo", clock={"mode": "frozen"})
        self.uuids: list[str] = self.world.credentials["archive"]["workspace_ids"]
        self.shops = shops(self.world)
        query = "{mediaItems(first: 3) {nodes {id}}}"
        self.items = [partners_data(self.world, query, shop)["mediaItems"]["nodes"] for shop in self.shops]
        self._from_the_start()
        self._fill()

    def teardown(self) -> None:
        self.world.control("DELETE")

    @rule(space=SPACES, kind=EVERY_KIND, name=NAMES, filters=FILTERS)
    def create(self, space: int, kind: str, name: str, filters: Model) -> None:
        given: Model = {"name": name, **({"filters": filters} if kind in KINDS else {})}
        payload = api.create(self.world, kind, self.uuids[space], **given)
        new = {"id": payload[api.lower(kind)]["id"], **given, "createdAt": self.now, "updatedAt": self.now}
        listed = self.spaces[space].of[kind]
        if kind == "ViewGroup":
            listed.append(new)
            self.spaces[space].order[new["id"]] = []
        elif kind == "Collection":
            listed.insert(0, {**new, "itemCount": 0, "group": None})
            self.collected[new["id"]] = set()
        else:
            usual = {"sort": [], "customAttributeConditions": [], "showReportingStats": True}
            listed.insert(0, {**new, **usual, "group": None})
        self._is_done(payload, space, kind, new["id"])

    @rule(space=SPACES, owner=SPACES, kind=EVERY_KIND, which=WHICH, name=NAMES)
    def rename(self, space: int, owner: int, kind: str, which: int, name: str) -> None:
        one = self.spaces[owner].pick(kind, which)
        if one is None:
            return
        payload = api.update(self.world, kind, one["id"], self.uuids[space], name=name)
        if space != owner:
            assert payload[api.lower(kind)] is None
            return
        one["name"] = name
        self.spaces[space].touch(kind, one, self.now)
        self._is_done(payload, space, kind, one["id"])

    @rule(space=SPACES, kind=VIEWS, which=WHICH, filters=FILTERS, reporting=st.booleans())
    def rewrite(self, space: int, kind: str, which: int, filters: Model, reporting: bool) -> None:
        one = self.spaces[space].pick(kind, which)
        if one is None:
            return
        changes = {"filters": filters, "sort": {"by": which}, "showReportingStats": reporting}
        payload = api.update(self.world, kind, one["id"], self.uuids[space], **changes)
        one.update(changes)
        self.spaces[space].touch(kind, one, self.now)
        self._is_done(payload, space, kind, one["id"])

    @rule(space=SPACES, kind=EVERY_KIND, which=WHICH, name=BAD_NAMES)
    def refuse(self, space: int, kind: str, which: int, name: str) -> None:
        one = self.spaces[space].pick(kind, which)
        filters = {"filters": {"changed": True}} if kind in KINDS else {}
        payloads = [api.create(self.world, kind, self.uuids[space], name=name, **filters)]
        if one is not None:
            payloads.append(api.update(self.world, kind, one["id"], self.uuids[space], name=name, **filters))
        for payload in payloads:
            assert payload[api.lower(kind)] is None
            assert len(payload["userErrors"]) == 1

    @rule(space=SPACES, owner=SPACES, kind=MEMBERS, which=WHICH)
    def delete(self, space: int, owner: int, kind: str, which: int) -> None:
        one = self.spaces[owner].pick(kind, which)
        if one is None:
            return
        payload = api.delete(self.world, kind, one["id"], self.uuids[space])
        assert payload[f"deleted{kind}Id"] == (one["id"] if space == owner else None)
        if space == owner:
            self.spaces[space].of[kind].remove(one)
            self.spaces[space].leave(one)

    @rule(space=SPACES, owner=SPACES, which=WHICH)
    def delete_group(self, space: int, owner: int, which: int) -> None:
        group = self.spaces[owner].pick("ViewGroup", which)
        if group is None:
            return
        payload = api.delete(self.world, "ViewGroup", group["id"], self.uuids[space])
        if space != owner:
            assert (payload["deletedViewGroupId"], payload["movedViewIds"]) == (None, [])
            return
        assert payload["movedViewIds"] == self.spaces[space].order.pop(group["id"])
        self.spaces[space].of["ViewGroup"].remove(group)
        for kind in ("Collection", *KINDS):
            for each in self.spaces[space].of[kind]:
                each["group"] = None if each["group"] == group["id"] else each["group"]

    @rule(space=SPACES, owner=SPACES, kind=MEMBERS, which=WHICH, place=WHICH, out=st.booleans())
    def move(self, space: int, owner: int, kind: str, which: int, place: int, out: bool) -> None:
        one, group = self.spaces[space].pick(kind, which), self.spaces[owner].pick("ViewGroup", place)
        if one is None or group is None:
            return
        target = None if out else group["id"]
        payload = api.move(self.world, kind, one["id"], target, self.uuids[space])
        if target is not None and space != owner:
            assert payload[api.lower(kind)] is None
            return
        if one["group"] != target:
            one["group"] = target
            self.spaces[space].touch(kind, one, self.now)
            self.spaces[space].leave(one)
            if kind in KINDS and target is not None:
                self.spaces[space].order[target].append(one["id"])
        self._is_done(payload, space, kind, one["id"])

    @rule(space=SPACES, which=WHICH, data=st.data())
    def reorder(self, space: int, which: int, data: st.DataObject) -> None:
        group = self.spaces[space].pick("ViewGroup", which)
        if group is None:
            return
        order = self.spaces[space].order[group["id"]]
        others = [each["id"] for side in self.spaces for kind in KINDS for each in side.of[kind]]
        strange = data.draw(st.lists(st.sampled_from([*others, group["id"], "nothing"]), max_size=1))
        wanted = data.draw(st.lists(st.sampled_from(order), unique=True)) if order else []
        payload = api.reorder(self.world, group["id"], wanted + strange, self.uuids[space])
        if set(strange) - set(order):
            assert payload["viewGroup"] is None
            return
        named = list(dict.fromkeys(wanted + strange))
        order[:] = named + [each for each in order if each not in named]
        group["updatedAt"] = self.now
        self._is_done(payload, space, "ViewGroup", group["id"])

    @rule(space=SPACES, which=WHICH, item=st.integers(0, 2))
    def put_an_item_in(self, space: int, which: int, item: int) -> None:
        """Through version 1, by name: of several, it takes the one that is known for longest."""
        chosen = self.spaces[space].pick("Collection", which)
        if chosen is None:
            return
        named = [each for each in self.spaces[space].of["Collection"] if each["name"] == chosen["name"]]
        number = self.items[space][item]["id"]
        assert collect(self.world, self.shops[space], id=number, collectionName=chosen["name"]) is True
        mine = self.collected.get(named[-1]["id"])
        if mine is not None and number not in mine:
            mine.add(number)
            named[-1].update(itemCount=len(mine), updatedAt=self.now)
        elif mine is None:  # a campaign's, which may have had it
            shown = api.one(self.world, "Collection", named[-1]["id"], self.uuids[space])
            assert shown is not None
            assert shown["itemCount"] - named[-1]["itemCount"] in (0, 1)
            named[-1].update(itemCount=shown["itemCount"], updatedAt=shown["updatedAt"])

    @rule(seconds=st.integers(1, 100))
    def wait(self, seconds: int) -> None:
        self.world.advance(by=f"PT{seconds}S")
        self.now = self._now()

    @rule()
    def reset(self) -> None:
        self.world.control("POST", "/reset")
        self._from_the_start()

    @invariant()
    def everything_is_as_the_model_has_it(self) -> None:
        lists = " ".join(f"{api.lower(kind)}s {{{api.SHOWN[kind]}}}" for kind in api.SHOWN)
        for uuid, space in zip(self.uuids, self.spaces, strict=True):
            found = workspace_data(self.world, f"{{{lists}}}", uuid)
            for kind, listed in space.of.items():
                assert found[f"{api.lower(kind)}s"] == [space.shown(kind, each) for each in listed]

    def _from_the_start(self) -> None:
        self.now = self._now()
        self.spaces = [Space([dict(each) for each in api.every(self.world, "Collection", uuid)]) for uuid in self.uuids]
        self.collected: dict[str, set[str]] = {}

    def _fill(self) -> None:
        """So much that most of what happens then happens to something: all but one view of each kind are in a group."""
        self.create(0, "ViewGroup", "Summer", {})
        self.create(1, "ViewGroup", "Summer", {})
        for kind in KINDS * 4:
            self.create(0, kind, "été", {})
        for kind in KINDS * 3:
            last = len(self.spaces[0].of[kind]) - 1
            self.move(0, 0, kind, last, 0, out=False)

    def _now(self) -> str:
        return self.world.now()[:19] + "Z"

    def _is_done(self, payload: Model, space: int, kind: str, id: str) -> None:
        """The payload shows what is there now, as does the field of its own."""
        assert payload["userErrors"] == []
        model = next(each for each in self.spaces[space].of[kind] if each["id"] == id)
        assert payload[api.lower(kind)] == self.spaces[space].shown(kind, model)
        assert payload[api.lower(kind)] == api.one(self.world, kind, id, self.uuids[space])


def test_workspaces_as_a_model(server: Server) -> None:
    machine = type("Machine", (Workspaces,), {"server": server})
    run_state_machine_as_test(machine, settings=settings(max_examples=10, stateful_step_count=40, deadline=None))
