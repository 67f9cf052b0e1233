"""The table of families: a module for each of them, whose functions answer its operations."""

from typing import Final

from emulator.contract.binder import handlers_of
from emulator.vendors.insightiq.jobs import (
    audience_overlap,
    comments_fetch,
    company_contents_fetch,
    content_audience,
    contents_fetch,
    email_lookup,
    estimated_metrics,
    highfollower_audience,
    professional_comments_fetch,
    professional_contents_fetch,
    profile_analytics,
    search_export,
)

_MODULES: Final = (
    email_lookup,
    audience_overlap,
    estimated_metrics,
    profile_analytics,
    search_export,
    highfollower_audience,
    contents_fetch,
    professional_contents_fetch,
    company_contents_fetch,
    comments_fetch,
    professional_comments_fetch,
    content_audience,
)

FAMILIES: Final = tuple(module.FAMILY for module in _MODULES)
HANDLERS: Final = handlers_of(*_MODULES)
