"""The population as InsightIQ shows it: the projections of all sections, one after the other."""

from collections.abc import Sequence
from typing import Final

from emulator.vendors.insightiq.projections.activity import ActivityProjection
from emulator.vendors.insightiq.projections.connect import ConnectProjection
from emulator.vendors.insightiq.projections.discovery import DiscoveryProjection
from emulator.vendors.insightiq.projections.engagement import EngagementProjection
from emulator.vendors.insightiq.projections.identity import IdentityProjection
from emulator.vendors.insightiq.projections.professional import ProfessionalProjection
from emulator.vendors.insightiq.projections.public_content import PublicContentProjection
from emulator.world.population import Cast, Creator, Post
from emulator.world.projection import Project, Projected

SECTIONS: Final[tuple[Project, ...]] = (
    ConnectProjection,
    DiscoveryProjection,
    PublicContentProjection,
    EngagementProjection,
    ProfessionalProjection,
    IdentityProjection,
    ActivityProjection,
)


class InsightIQProjection:
    """All sections in order, so that ids of tasks do not depend on anything else."""

    def __init__(self, cast: Cast) -> None:
        self._sections = [section(cast) for section in SECTIONS]

    def of_world(self) -> Projected:
        for section in self._sections:
            yield from section.of_world()

    def of_creator(self, creator: Creator, posts: Sequence[Post]) -> Projected:
        for section in self._sections:
            yield from section.of_creator(creator, posts)
