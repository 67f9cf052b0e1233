"""What a profile has of what a filter asks for, one function per filter (schema SearchFilterMatch).

Names are those asked for that the profile has, spans become the figure, shares are the profile's own, in percent.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from emulator.vendors.insightiq.discovery_audience import INTERESTED, parts

Figures = Mapping[str, Any]  # a profile's columns
Shares = Mapping[str, float]  # by name, folded, in percent
Tell = Callable[[Any, Figures, Shares], Any]

_LONGEST: Final = 120  # months; no growth is told beyond


def _figure(column: str) -> Tell:
    return lambda _, figures, __: figures[column]


def _among(least: float = 0) -> Tell:
    return lambda names, _, shares: [name for name in names if shares.get(name.casefold(), -1) >= least]


def _as_asked(asked: Any, _: Figures, __: Shares) -> Any:
    return asked


def _reels(options: dict[str, Any], figures: Figures, _: Shares) -> Any:
    return {"reel_views": figures["reel_views"]} if "reel_views" in options else None


def _language(wanted: dict[str, str], figures: Figures, _: Shares) -> Any:
    return {"code": figures["language"]} if "code" in wanted else None


def _gender(wanted: dict[str, Any], figures: Figures, _: Shares) -> Any:
    kinds = ("FEMALE", "MALE") if wanted["type"] == "ANY" else (wanted["type"],)
    return [{"type": kind, "percentage_value": figures[f"audience_{kind.lower()}"]} for kind in kinds]


def _age(wanted: dict[str, Any], figures: Figures, _: Shares) -> Any:
    span = {end: wanted[end] for end in ("min", "max") if end in wanted}
    known = figures["has_audience"]
    share = round(sum(figures[column] * part for column, part in parts(wanted).items()), 2) if known else None
    return {**span, "percentage_value": share}


def _each(key: str) -> Tell:
    """A list of things with their shares; entries that name nothing are idle."""

    def tell(entries: list[dict[str, Any]], _: Figures, shares: Shares) -> Any:
        named = [entry[key] for entry in entries if key in entry]
        return [{key: name, "percentage_value": shares.get(name.casefold(), 0)} for name in named]

    return tell


def _growth(wanted: dict[str, Any], figures: Figures, _: Shares) -> Any:
    """Over the months asked for, as those of one month hold for all."""
    months = max(0, min(_LONGEST, wanted["interval"]))
    grown = round(((1 + figures["monthly_growth"]) ** months - 1) * 100, 2)
    return {"interval": wanted["interval"], "interval_unit": wanted["interval_unit"], "percentage_value": grown}


def _views_growth(wanted: dict[str, Any], figures: Figures, _: Shares) -> Any:
    interval, unit = int(wanted.get("interval", 1)), wanted.get("interval_unit", "Month")
    return {"interval": interval, "interval_unit": unit, "percentage_value": figures[f"views_growth_{interval}"]}


def _topics(wanted: dict[str, Any], figures: Figures, shares: Shares) -> Any:
    return {"name": _among(wanted.get("threshold", 0.55) * 100)(wanted.get("name", []), figures, shares)}


# In the reported order.
TOLD: Final[Mapping[str, Tell]] = {
    "brand_sponsors": _among(),
    "creator_age": _figure("age"),
    "creator_brand_affinities": _among(),
    "follower_growth": _growth,
    "subscriber_growth": _growth,
    "creator_gender": _figure("gender"),
    "creator_interests": _among(),
    "creator_language": _language,
    "creator_locations": _among(),
    "creator_lookalikes": _as_asked,
    "content_count": _figure("content_count"),
    "instagram_options": _reels,
    "audience_age": _age,
    "audience_gender": _gender,
    "audience_brand_affinities": _among(),
    "audience_interests": _among(INTERESTED),
    "audience_language": _each("code"),
    "audience_locations": _each("location_id"),
    "audience_lookalikes": _as_asked,
    "topic_relevance": _topics,
    "views_growth": _views_growth,
    "audience_ethnicity": _as_asked,  # no filter of these searches
    "audience_credibility_score": _figure("credibility"),
    "share_count": _figure("share_count"),
    "save_count": _figure("save_count"),
}
