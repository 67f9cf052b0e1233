"""Topic tags: what creators talk about, and the hashtags that they use for it, counted over the whole cast."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from emulator.vendors.insightiq.projections.discovery_bodies import platform_of
from emulator.vendors.insightiq.tables import discovery as tables
from emulator.world.population import Post
from emulator.world.population.vocabulary import topics
from emulator.world.projection import Projected


class Tags:
    """How many posts have each hashtag, by platform."""

    def __init__(self) -> None:
        self._counts: dict[str, Counter[str]] = defaultdict(Counter)

    def count(self, posts: Sequence[Post]) -> None:
        """`posts` are those of one profile."""
        if posts:
            self._counts[platform_of(posts[0].profile)["id"]].update(tag for post in posts for tag in post.hashtags)

    def rows(self) -> Projected:
        for platform, counts in self._counts.items():
            for name, topic, frequency in _tags(counts):
                row = {"work_platform_id": platform, "name": name, "topic": topic, "frequency": frequency}
                yield tables.tags, row


def _tags(counts: Counter[str]) -> Iterator[tuple[str, str, int]]:
    """Name, topic and frequency; a topic is a tag itself, which occurs wherever one of its hashtags does."""
    for topic in topics().values():
        used = {name: counts[name] for name in topic.hashtags if counts[name] and name not in topics()}
        yield from ((name, topic.name, count) for name, count in used.items())
        if used:
            yield topic.name, topic.name, sum(used.values())
