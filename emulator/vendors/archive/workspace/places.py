"""Places as filters name them: city, region and country, each in any case, a country by its code or name (assumed)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from emulator.vendors.archive import tables
from emulator.vendors.archive.workspace.context import Workspace
from emulator.world.store import Statement
from emulator.world.world import own

_P = tables.people
_PEOPLE = Statement(
    select(_P.c.id, _P.c.city, _P.c.region, _P.c.country, _P.c.country_name).where(
        own(_P), _P.c.shop_id == bindparam("shop")
    )
)


@dataclass(frozen=True, slots=True)
class Place:
    city: str
    region: str
    country: str
    country_name: str

    def is_one_of(self, wanted: Sequence[Mapping[str, Any]]) -> bool:
        return any(self._is(each) for each in wanted)

    def _is(self, wanted: Mapping[str, Any]) -> bool:
        """Every part that is given has to be equal."""
        own_parts = {"city": (self.city,), "region": (self.region,), "country": (self.country, self.country_name)}
        return all(
            wanted[part].casefold() in {name.casefold() for name in names}
            for part, names in own_parts.items()
            if wanted.get(part)
        )


def of_people(workspace: Workspace, wanted: Sequence[Mapping[str, Any]]) -> set[int]:
    """The people of the workspace who live in one of these places, by number."""
    rows = workspace.world.rows(_PEOPLE, shop=workspace.id)
    return {number for number, *place in rows if Place(*place).is_one_of(wanted)}
