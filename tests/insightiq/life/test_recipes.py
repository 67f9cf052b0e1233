"""Connecting accounts of a population of the user's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from emulator.settings import Settings
from tests.insightiq.engagement.support import CONTENTS, listed
from tests.insightiq.life.support import CORE, SYNCED, connect, items, told
from tests.support import TestWorld, running
from tests.webhooks.receiver import Receiver
from tests.webhooks.sender import subscribe

BUSY = Path(__file__).with_name("busy.yaml")


@contextmanager
def first_world(recipe: Path) -> Iterator[TestWorld]:
    with running(Settings(recipe=str(recipe))) as server:
        made = server.client.get("/_emulator/worlds/default").json()
        yield TestWorld(made["name"], made["credentials"], server.client)


def test_more_than_a_hundred_contents_are_told_of_in_several_events(receiver: Receiver) -> None:
    with first_world(BUSY) as world:
        subscribe(world, receiver.url, *CORE)
        account = connect(world)
        world.advance(by=SYNCED)
        events, contents = told(world, account), listed(world, CONTENTS, account)
        assert len(contents) > 200
        sizes = [len(each.data["items"]) for each in events if each.event == "CONTENTS.ADDED"]
        assert sizes == [100] * (len(contents) // 100) + [len(contents) % 100][: len(contents) % 100]
        assert sorted(items(events, "CONTENTS.ADDED")) == sorted(each["id"] for each in contents)
        assert len({each.body for each in events}) == len(events)


def test_a_world_keeps_its_population_when_the_recipe_changes(tmp_path: Path) -> None:
    recipe = tmp_path / "mine.yaml"
    recipe.write_text(BUSY.read_text())
    with first_world(recipe) as world, first_world(BUSY) as unchanged:
        recipe.write_text(BUSY.read_text().replace("posts: 700", "posts: 701"))
        assert connect(world) == connect(unchanged)
