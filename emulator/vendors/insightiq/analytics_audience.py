"""Who follows a public profile, and who likes its contents: the population has one audience, in which both are alike.

Shares are those that searches know, of the epoch; who is of weight has the followers of now.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from emulator.vendors.insightiq import analytics_bands, audience_members, crowd
from emulator.vendors.insightiq.analytics_subject import Subject
from emulator.vendors.insightiq.audience_members import Follower
from emulator.vendors.insightiq.crowd import Member
from emulator.world.population.randomness import percentages, stream

_LOOKALIKES: Final = 10  # (assumed)
_SIGNIFICANT: Final = 10  # (assumed)
_OLDEST: Final = {"65+": "65-"}  # as real answers write it (observed of connected accounts)

# Of those who are taken for real people, the part with many followers; of the others, the part that follows everybody.
_INFLUENCERS, _MASS = 0.06, 0.4

# What the audience's countries make likely, in percent (assumed).
_GROUPS: Final = ("White / Caucasian", "Hispanic", "African American", "Asian")
_ETHNICITIES: Final[Mapping[str, tuple[float, ...]]] = {
    "US": (60, 19, 14, 7), "CA": (74, 3, 5, 18), "GB": (83, 2, 5, 10), "AU": (76, 2, 2, 20), "DE": (90, 2, 2, 6),
    "AT": (91, 2, 2, 5), "FR": (84, 3, 9, 4), "ES": (82, 14, 2, 2), "MX": (12, 85, 2, 1), "IT": (92, 3, 2, 3),
    "BR": (47, 40, 11, 2), "NL": (85, 4, 4, 7),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """What those who follow and those who like have in common; `weighty` are the ones in either part who count."""

    subject: Subject
    shares: Mapping[str, list[dict[str, Any]]]
    types: Sequence[tuple[str, float]]
    lookalikes: list[dict[str, Any]]
    weighty: Sequence[Follower]

    def followers(self) -> dict[str, Any]:
        return {
            **{name: self.shares[name] for name in ("ethnicities", "languages", "brand_affinity", "interests")},
            "follower_types": [{"name": name, "value": share} for name, share in self.types],
            "lookalikes": self.lookalikes,
            "credibility_score": self.subject.row["credibility"],
            "credibility_score_band": analytics_bands.credibility(self.subject.crowd),
            "significant_followers_percentage": dict(self.types)["INFLUENCERS"],
            "significant_followers": self._significant("followers"),
            **{name: self.shares[name] for name in ("countries", "cities", "gender_age_distribution")},
        }

    def likers(self) -> dict[str, Any]:
        return {
            **self.shares,
            "follower_types": [{"type": name, "value": share} for name, share in self.types],
            "lookalikes": self.lookalikes,
            "significant_likers_percentage": dict(self.types)["INFLUENCERS"],
            "credibility_score": self.subject.row["credibility"],
            "significant_likers": self._significant("likers"),
        }

    def _significant(self, part: str) -> list[dict[str, Any]]:
        found = [each.member for each in self.weighty if part in each.parts]
        return [crowd.basics(self.subject.world, each) for each in found[:_SIGNIFICANT]]


def known(subject: Subject) -> Known | None:
    """None where the audience is not known. Who is of weight, get_highfollower_audience finds too."""
    if subject.row["audience"] is None:
        return None
    world, platform, profile = subject.world, subject.platform, subject.row["id"]
    weighty = audience_members.found(world, platform, profile, audience_members.SIGNIFICANT_FROM)
    return Known(subject, _shares(subject), _follower_types(subject), _lookalikes(subject), weighty)


def nearest(subject: Subject, alike: Iterable[Member]) -> list[dict[str, Any]]:
    """Of profiles, those that are nearest in size."""
    size = subject.row["followers"]
    ranked = sorted(alike, key=lambda each: (abs(each.followers - size), each.id))
    return [crowd.basics(subject.world, each) for each in ranked[:_LOOKALIKES]]


def _follower_types(subject: Subject) -> Sequence[tuple[str, float]]:
    """In percent, 100 in all. Those who are taken for real people are the audience's credibility (assumed)."""
    source = stream(subject.world.seed, "follower types", subject.row["id"])
    real, famous, masses = subject.row["credibility"], _INFLUENCERS * source.uniform(0.5, 1.5), _MASS * source.random()
    return percentages(
        {
            "REAL_PEOPLE": real * (1 - famous),
            "INFLUENCERS": real * famous,
            "MASS_FOLLOWERS": (1 - real) * masses,
            "SUSPICIOUS": (1 - real) * (1 - masses),
        }.items()
    )


def _lookalikes(subject: Subject) -> list[dict[str, Any]]:
    """Those that the filter `audience_lookalikes` finds."""
    model = subject.row["audience_country"], subject.row["audience_interest"]
    return nearest(
        subject, [each for each in subject.others() if (each.audience_country, each.audience_interest) == model]
    )


def _shares(subject: Subject) -> dict[str, list[dict[str, Any]]]:
    known = subject.row["audience"]
    return {
        "countries": _entries("code", known["countries"]),
        "cities": _entries("name", known["cities"]),
        "gender_age_distribution": [
            {"gender": gender, "age_range": _OLDEST.get(ages, ages), "value": share}
            for (gender, ages), share in known["genders_and_ages"]
        ],
        "ethnicities": _entries("name", _ethnicities(known["countries"])),
        "languages": _entries("code", known["languages"]),
        "brand_affinity": _entries("name", known["brands"]),
        "interests": _entries("name", known["interests"]),
    }


def _entries(key: str, shares: Sequence[tuple[str, float]]) -> list[dict[str, Any]]:
    return [{key: name, "value": share} for name, share in shares]


def _ethnicities(countries: Sequence[tuple[str, float]]) -> Sequence[tuple[str, float]]:
    return percentages(
        (group, sum(share * _ETHNICITIES[code][place] for code, share in countries))
        for place, group in enumerate(_GROUPS)
    )
