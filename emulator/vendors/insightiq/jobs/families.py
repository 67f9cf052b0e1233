"""The table of families: a line for each of them, and the modules whose functions answer their operations."""

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

FAMILIES: Final = (
    email_lookup.FAMILY,
    audience_overlap.FAMILY,
    estimated_metrics.FAMILY,
    profile_analytics.FAMILY,
    search_export.FAMILY,
    highfollower_audience.FAMILY,
    contents_fetch.FAMILY,
    professional_contents_fetch.FAMILY,
    company_contents_fetch.FAMILY,
    comments_fetch.FAMILY,
    professional_comments_fetch.FAMILY,
    content_audience.FAMILY,
)  # fmt: skip

HANDLERS: Final = handlers_of(
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
)  # fmt: skip
