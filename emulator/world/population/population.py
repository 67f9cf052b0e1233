"""Recipe + seed + epoch -> cast."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from emulator.world.population import named
from emulator.world.population.access import ConnectedUser
from emulator.world.population.audience import Audience, Audiences
from emulator.world.population.brands import brands
from emulator.world.population.campaigns import campaigns
from emulator.world.population.cast import Creator, Post, Profile
from emulator.world.population.connections import connected_users
from emulator.world.population.creators import creators, roles
from emulator.world.population.handles import Handles
from emulator.world.population.market import Brand, Campaign
from emulator.world.population.occasions import Scene
from emulator.world.population.origin import Origin
from emulator.world.population.posts import Author
from emulator.world.population.recipe import Recipe
from emulator.world.population.schedule import schedule


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody in a world, by rising id. Posts and audiences are made when asked for, the same ones every time."""

    origin: Origin
    creators: list[Creator]
    brands: list[Brand]
    campaigns: list[Campaign]
    users: list[ConnectedUser]
    author: Author
    audiences: Audiences
    ordered: Mapping[int, Sequence[Post]] = field(default_factory=dict)  # beside the schedule, by creator
    tracked: Mapping[int, bool] = field(default_factory=dict)  # of creators who are asked for, whether Archive does

    @property
    def recipe(self) -> Recipe:
        return self.origin.recipe

    @property
    def seed(self) -> int:
        return self.origin.seed

    @property
    def epoch(self) -> datetime:
        return self.origin.epoch

    def posts_of(self, creator: Creator) -> list[Post]:
        """All posts up to the epoch, newest last."""
        ordered = [post for post in self.ordered.get(creator.id, ()) if post.published_at <= self.epoch]
        past = self.author.past(creator) if self.publishes(creator) else []
        return sorted([*past, *ordered], key=lambda post: (post.published_at, post.id)) if ordered else past

    def publishes(self, creator: Creator) -> bool:
        """Whether the creator has a part in the schedule."""
        return creator.id in self.author.plan.numbers

    def later_post_of(self, creator: Creator, nth: int) -> Post:
        """The nth post (0, 1, ...) that the creator will publish after the epoch; there is always another one."""
        return self.author.later(creator, nth)

    def audience_of(self, creator: Creator, profile: Profile) -> Audience:
        return self.audiences.of(creator, profile)


def populate(recipe: Recipe, seed: int, epoch: datetime) -> Cast:
    """`epoch` is the recipe's own, or what the caller takes for today."""
    origin, handles = Origin(recipe, seed, epoch), Handles()
    kinds = roles(origin)
    stars = named.ids(origin, kinds)
    plan = schedule(origin, tuple(kinds), named.posts(stars))
    known = named.creators(origin, stars, plan, handles)
    firms = brands(origin, handles, [creator_id for creator_id, kind in kinds.items() if kind == "brand"])
    people = creators(origin, kinds, firms, plan, handles)
    projects = campaigns(origin, people, firms, plan)
    users = connected_users(origin, people)
    users += named.users(origin, known, stars, users)
    people += known
    projects += named.campaigns(origin, people, firms, projects)
    scene = Scene(firms, _engagements(projects), _peers(people))
    first_id = origin.stream("posts").randint(20_000_000, 60_000_000)
    sizes = {project.id: project.posts for project in projects if project.posts is not None}
    author = Author(origin, plan, scene, sizes, first_id)
    return Cast(origin, people, firms, projects, users, author, Audiences(origin, firms), tracked=named.tracked(stars))


def _engagements(projects: Iterable[Campaign]) -> dict[int, list[Campaign]]:
    """The campaigns that each creator posts for; reports of a fixed size take what there is."""
    engagements: dict[int, list[Campaign]] = defaultdict(list)
    for campaign in (project for project in projects if project.posts is None):
        for participant in campaign.participants:
            if participant.delivers:
                engagements[participant.creator_id].append(campaign)
    return engagements


def _peers(people: Sequence[Creator]) -> dict[str, list[Creator]]:
    peers: dict[str, list[Creator]] = defaultdict(list)
    for creator in people:
        peers[creator.topics[0]].append(creator)
    return peers
