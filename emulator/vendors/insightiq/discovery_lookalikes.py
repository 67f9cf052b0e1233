"""Who and what is like what: creators by their topics, audiences by where they live and what they like (assumed).

Two creators are alike who share the main topic; two audiences whose largest country and largest interest are the same.
"""

from sqlalchemy import and_, bindparam, false, select

from emulator.vendors.insightiq.discovery_conditions import Condition, Search
from emulator.vendors.insightiq.tables.discovery import creator_profiles as profiles
from emulator.world.store import Row, Statement
from emulator.world.world import own

_MODEL = Statement(
    select(profiles.c.id, profiles.c.main_topic, profiles.c.audience_country, profiles.c.audience_interest).where(
        own(profiles), profiles.c.work_platform_id == bindparam("platform"), profiles.c.handle == bindparam("handle")
    )
)


def creators(search: Search, handle: str) -> Condition:
    model = _model(search, handle)
    if model is None:
        return false()
    return and_(profiles.c.main_topic == model[1], profiles.c.id != model[0])


def audiences(search: Search, handle: str) -> Condition:
    model = _model(search, handle)
    if model is None or model[2] is None:
        return false()
    alike = profiles.c.audience_country == model[2], profiles.c.audience_interest == model[3]
    return and_(*alike, profiles.c.id != model[0])


def main_topic(search: Search, handle: str) -> list[str]:
    """What creators are compared by with the profile; empty for an unknown one."""
    model = _model(search, handle)
    return [model[1]] if model else []


def main_interest(search: Search, handle: str) -> list[str]:
    """What audiences are compared by with the profile's; empty for an unknown one."""
    model = _model(search, handle)
    return [model[3]] if model and model[3] else []


def _model(search: Search, handle: str) -> Row | None:
    """The profile that others are to be like; an at sign makes no difference."""
    name = handle.strip().removeprefix("@").casefold()
    return search.world.row(_MODEL, platform=search.platform.id, handle=name)
