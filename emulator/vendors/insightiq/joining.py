"""Creators who join a world that has begun, and what they publish."""

from typing import Any, Final

from sqlalchemy import select

from emulator.vendors.insightiq import publishing
from emulator.vendors.insightiq.projections import SECTIONS
from emulator.vendors.insightiq.projections.connect import ConnectProjection
from emulator.vendors.insightiq.projections.discovery import DiscoveryProjection
from emulator.vendors.insightiq.projections.professional import ProfessionalProjection
from emulator.vendors.insightiq.tables.discovery import terms
from emulator.world.joining import put
from emulator.world.life import Publication
from emulator.world.population import Campaign, Cast, Creator
from emulator.world.store import Statement
from emulator.world.world import World, own

_TERMS: Final = Statement(select(terms.c.facet, terms.c.name, terms.c.number).where(own(terms)))


class InsightIQJoining:
    """All sections come to know a creator; campaigns are not this vendor's business."""

    def creator(self, world: World, cast: Cast, creator: Creator) -> None:
        for section in SECTIONS:
            view: Any = section(cast)
            if isinstance(view, DiscoveryProjection):
                view.resume((facet, name, number) for facet, name, number in world.rows(_TERMS))
            if isinstance(view, ProfessionalProjection):
                put(world, view.of_member(creator))
            if isinstance(view, ConnectProjection):
                put(world, view.of_owner(creator))
            put(world, view.of_creator(creator, ()))

    def post(self, world: World, publication: Publication) -> None:
        publishing.published(world, publication)

    def campaign(self, world: World, cast: Cast, campaign: Campaign) -> None:
        pass
