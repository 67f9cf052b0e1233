"""What creators publish after the epoch: public at once, and found in connected accounts when these are synced."""

from dataclasses import replace

from emulator.vendors.insightiq import accounts, professional_posts
from emulator.vendors.insightiq.projections.engagement import EngagementProjection
from emulator.vendors.insightiq.projections.public_content import PublicContentProjection
from emulator.world import instant
from emulator.world.life import Publication
from emulator.world.population import ConnectedAccount, ConnectedUser
from emulator.world.world import World


def published(world: World, publication: Publication) -> None:
    """The post is seen as one of the population is; what connected accounts have of it was never fetched yet."""
    for table, row in PublicContentProjection(publication.cast).of_post(publication.creator, publication.post):
        world.insert(table, **row)
    if publication.post.platform == "LinkedIn":
        professional_posts.told(world, publication)
    _keep(world, publication)


def _keep(world: World, publication: Publication) -> None:
    """For the account of the profile, if it was ever connected: the connection may come back."""
    cast, creator, profile = publication.cast, publication.creator, publication.post.profile
    stored = accounts.find(world, cast.origin.uuid("account", profile.id))
    if stored is None:
        return
    now = instant.to_datetime(world.now)
    account = ConnectedAccount(stored["id"], creator.id, profile, "CONNECTED", now, now, now, None)
    user = ConnectedUser(stored["user"]["id"], "", stored["user"]["name"], now, (account,))
    for table, row in EngagementProjection(replace(cast, users=[user])).of_post(creator, publication.post):
        world.insert(table, **{**row, "fetched": 0})
