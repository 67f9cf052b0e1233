"""Posts on LinkedIn that somebody asks for: they are in the professional report, and found by, as those before them."""

from emulator.vendors.insightiq.projections.professional import ProfessionalProjection
from emulator.vendors.insightiq.tables import professional as tables
from emulator.world import instant
from emulator.world.joining import put
from emulator.world.life import Publication
from emulator.world.population import Post
from emulator.world.world import World

_OF_POSTS = ("last_post", "report", "contents")


def told(world: World, publication: Publication) -> None:
    """What creators publish by themselves after the epoch is no matter of these figures, which are as of the epoch."""
    cast, creator = publication.cast, publication.creator
    ordered = cast.ordered.get(creator.id, ())
    if not any(post is publication.post for post in ordered):
        return
    now = instant.to_datetime(world.now)
    later = [post for post in ordered if cast.epoch < post.published_at <= now]
    posts = sorted([*cast.posts_of(creator), *later], key=_order)
    for table, row in ProfessionalProjection(cast).of_creator(creator, posts):
        if table is tables.profiles:
            world.update(table, {"id": row["id"]}, **{name: row[name] for name in _OF_POSTS})
        else:
            put(world, [(table, row)])


def _order(post: Post) -> tuple[float, int]:
    return post.published_at.timestamp(), post.id
