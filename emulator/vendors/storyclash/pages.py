"""Pages of a campaign's posts, found without walking over the posts before them.

Posts are counted in blocks of ids. Ids rise with time, more or less: of most blocks, the dates of their first and last
posts tell whether all of their posts lie in a period, or none; only in the others is anything counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, bindparam, func, select, union_all

from emulator.vendors.storyclash import tables
from emulator.world.store import Statement
from emulator.world.world import World, own

_LAST: Final = 2**63 - 1  # no id is higher
_BOTH: Final = ((tables.posts, tables.blocks), (tables.later_posts, tables.later_blocks))


def _in_period(posts: Any, *columns: Any) -> Select[Any]:
    """From one id to another."""
    ids, dates = (
        posts.c.id.between(bindparam("low"), bindparam("high")),
        posts.c.date.between(bindparam("start"), bindparam("end")),
    )
    return select(*columns).where(own(posts), posts.c.campaign_id == bindparam("campaign"), ids, dates)


_BLOCKS: Final = Statement(
    union_all(
        *(
            select(blocks.c.block, blocks.c.posts, blocks.c.first, blocks.c.last).where(
                own(blocks), blocks.c.campaign_id == bindparam("campaign")
            )
            for _, blocks in _BOTH
        )
    ).order_by("block")
)
_COUNTS: Final = Statement(union_all(*(_in_period(posts, func.count()) for posts, _ in _BOTH)))
_IDS: Final = Statement(
    union_all(*(_in_period(posts, posts.c.id) for posts, _ in _BOTH))
    .order_by("id")
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
_BODIES: Final = Statement(
    union_all(*(_in_period(posts, posts.c.id, posts.c.body, posts.c.growth) for posts, _ in _BOTH)).order_by("id")
)


@dataclass(frozen=True, slots=True)
class Period:
    """Posts of a campaign from `start` to `end`, both included; Unix seconds."""

    campaign_id: int
    start: int
    end: int

    @property
    def parameters(self) -> dict[str, int]:
        return {"campaign": self.campaign_id, "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class Block:
    """A number of posts, and the dates of the first and the last of them."""

    posts: int
    first: int
    last: int

    @property
    def columns(self) -> dict[str, int]:
        return {"posts": self.posts, "first": self.first, "last": self.last}

    def with_one(self, date: int) -> "Block":
        return self.and_those(Block(1, date, date))

    def and_those(self, other: "Block") -> "Block":
        return Block(self.posts + other.posts, min(self.first, other.first), max(self.last, other.last))


def block_of(post_id: int) -> int:
    return post_id // tables.BLOCK


class Posts:
    """The posts of a period, by rising id."""

    def __init__(self, world: World, period: Period) -> None:
        self._world = world
        self._period = period
        self._blocks = [(number, self._count(number, block)) for number, block in self._all().items()]
        self.total = sum(posts for _, posts in self._blocks)

    def slice(self, offset: int, limit: int) -> Iterator[tuple[bytes, bytes | None]]:
        """`body` and `growth` of so many posts after the first `offset` of them."""
        low, left = self._place(offset)
        ids = self._world.rows(_IDS, limit=limit, offset=left, **self._between(low, _LAST))
        rows = self._world.rows(_BODIES, **self._between(ids[0][0], ids[-1][0])) if ids else ()
        return ((body, growth) for _, body, growth in rows)

    def _place(self, offset: int) -> tuple[int, int]:
        """Where the block begins that has the post, and how many of its posts come before."""
        for number, posts in self._blocks:
            if offset < posts:
                return number * tables.BLOCK, offset
            offset -= posts
        return _LAST, 0

    def _all(self) -> dict[int, Block]:
        """The blocks of the campaign, whatever the period, by rising number."""
        found: dict[int, Block] = {}
        for number, *counted in self._world.rows(_BLOCKS, campaign=self._period.campaign_id):
            block = Block(*counted)
            found[number] = found[number].and_those(block) if number in found else block
        return found

    def _count(self, number: int, block: Block) -> int:
        if self._period.start <= block.first and block.last <= self._period.end:
            return block.posts
        if block.last < self._period.start or self._period.end < block.first:
            return 0
        low = number * tables.BLOCK
        return sum(row[0] for row in self._world.rows(_COUNTS, **self._between(low, low + tables.BLOCK - 1)))

    def _between(self, low: int, high: int) -> dict[str, int]:
        return {**self._period.parameters, "low": low, "high": high}
