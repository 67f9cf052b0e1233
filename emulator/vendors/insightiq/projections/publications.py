"""The newsletters of Substack and Beehiiv, which the population's posts do not include: one after the other, at a pace.

All of it follows from the profile and the number of the issue, the newest before the epoch being 0 (assumed).
"""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any, Final

from emulator.vendors.insightiq import contents, figures
from emulator.vendors.insightiq.comment_texts import Thread
from emulator.vendors.insightiq.growth import Growth
from emulator.vendors.insightiq.projections.granted import Granted
from emulator.world import ids, instant
from emulator.world.population import Cast, Creator, vocabulary
from emulator.world.population.captions import Caption, caption
from emulator.world.population.engagement import HOUR, Engagement, Reception
from emulator.world.population.handles import plain
from emulator.world.population.randomness import factor, pick

_PLATFORMS: Final = ("Substack", "Beehiiv")
_DAYS: Final = {3.5: 1, 7: 4, 14: 2}  # between two issues: weights
_READERS: Final = {"FREE": 6, "PAID": 2, "BOTH": 2}
_PAYING: Final = 0.06  # the part of the subscribers who get what is for them alone
_PACE: Final = 16 * HOUR


def publications_of(cast: Cast, creator: Creator, access: Granted) -> Iterator[dict[str, Any]]:
    """Rows, newest first, back to the beginning of the world's history."""
    if access.platform not in _PLATFORMS:
        return
    habits = cast.origin.stream("insightiq publications", access.account.profile.id)
    step = timedelta(days=pick(habits, _DAYS))
    published = cast.epoch - step * habits.random()
    published = published.replace(microsecond=0)
    number = 0
    while published >= max(cast.origin.start, access.account.profile.created_at):
        source = cast.origin.stream("insightiq publication", access.account.profile.id, number)
        yield _row(source, creator, access, instant.from_datetime(published), number, cast.seed)
        published, number = published - step, number + 1


def _row(source: Random, creator: Creator, access: Granted, published: int, number: int, seed: int) -> dict[str, Any]:
    profile = access.account.profile
    issue_id = ids.uuid(seed, "insightiq publication", profile.id, number)
    text, readers = _text(source, creator), pick(source, _READERS)
    subscribers = profile.followers_at(instant.to_datetime(published)) * (_PAYING if readers == "PAID" else 1)
    recipients = max(1, int(subscribers))
    growth = Growth(
        kind=figures.NEWSLETTER,
        thread=Thread(issue_id, creator.language, published, _reception(source, recipients)),
        recipients=recipients,
    )
    rest = _rest(creator, access, text, readers, _external_id(access, issue_id), published)
    return access.row(issue_id, published, growth.packed(), contents.of_content, rest)


def _rest(
    creator: Creator, access: Granted, text: Caption, readers: str, external_id: str, published: int
) -> dict[str, Any]:
    """The keys after `engagement`."""
    profile = access.account.profile
    slug = "-".join(plain(word) for word in text.title.split() if plain(word))
    return {
        "external_id": external_id,
        "title": text.title,
        "format": "TEXT",
        "type": "BLOG",
        "url": f"{profile.url}/p/{slug}-{external_id[-6:]}",
        "media_url": None,
        "duration": None,
        "description": text.text.partition("\n")[0],
        "hashtags": None,
        "mentions": None,
        "visibility": "PRIVATE" if readers == "PAID" else "PUBLIC",
        "thumbnail_url": None,
        "persistent_thumbnail_url": None,
        "published_at": instant.naive(published),
        "platform_profile_id": profile.external_id,
        "platform_profile_name": profile.display_name,
        "authors": [creator.name],
        "audience": readers,
        "platform": "BOTH",
        "content_tags": list(text.hashtags) or None,
        "sponsored": None,
        "collaboration": None,
        "is_owned_by_platform_user": True,
    }


def _external_id(access: Granted, id: str) -> str:
    return f"post_{id}" if access.platform == "Beehiiv" else str(int(id[:7], 16))


def _text(source: Random, creator: Creator) -> Caption:
    topic = vocabulary.topics()[source.choice(creator.topics)]
    return caption(source, topic, vocabulary.languages()[creator.language], "Post", "Substack", (), ())


def _reception(source: Random, recipients: int) -> Reception:
    """`reach` are those who open the e-mail, `views` those on the web."""
    opened = recipients * min(0.9, 0.42 * factor(source, 0.25))
    views = opened * 0.6 * factor(source, 0.4)
    totals = Engagement(
        likes=int(opened * 0.03 * factor(source, 0.5)),
        comments=int(opened * 0.005 * factor(source, 0.6)),
        shares=int(opened * 0.008 * factor(source, 0.6)),
        views=int(views),
        plays=int(views),
        impressions=int(opened * 1.4),
        reach=int(opened),
    )
    return Reception(totals, _PACE)
