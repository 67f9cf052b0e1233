"""The creators and campaigns that a recipe names, made as all others are where it says nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from emulator.world.population import participants, people, vocabulary
from emulator.world.population.cast import Creator
from emulator.world.population.creators import creator_of, home
from emulator.world.population.handles import Handles
from emulator.world.population.market import Campaign, Folder, Participant
from emulator.world.population.named_fields import NamedCampaign, NamedCreator
from emulator.world.population.origin import Origin
from emulator.world.population.profiles import profiles_as_said
from emulator.world.population.randomness import gapped
from emulator.world.population.schedule import Schedule

_AFTER = 60_000  # where ids begin if nobody else is there


def ids(origin: Origin, others: Iterable[int]) -> dict[int, NamedCreator]:
    """The named creators by their ids, which are above all others."""
    said = origin.recipe.named_creators
    source = origin.stream("named creators")
    return dict(zip(gapped(source, len(said), first=max(others, default=_AFTER), gap=40), said, strict=True))


def creators(origin: Origin, named: Mapping[int, NamedCreator], plan: Schedule, handles: Handles) -> list[Creator]:
    """To be made before all others, as their handles are theirs."""
    names = people.Names()
    return [
        _creator(origin, creator_id, said, len(plan.numbers[creator_id]), handles, names)
        for creator_id, said in named.items()
    ]


def campaigns(
    origin: Origin, people: Sequence[Creator], named: Mapping[int, NamedCreator], others: Sequence[Campaign],
    field_ids: Sequence[int],
) -> list[Campaign]:  # fmt: skip
    """With ids above those of the others."""
    source, said = origin.stream("named campaigns"), origin.recipe.named_campaigns
    taken = max((campaign.id for campaign in others), default=9_000)
    handles = {each.handle: creator_id for creator_id, each in named.items()}
    known = {creator.id: creator for creator in people}
    return [
        _campaign(origin, campaign_id, each, [known[handles[handle]] for handle in each.creators], field_ids)
        for campaign_id, each in zip(gapped(source, len(said), first=taken, gap=30), said, strict=True)
    ]


def _creator(origin: Origin, id: int, said: NamedCreator, posts: int, handles: Handles, names: people.Names) -> Creator:
    source = origin.stream("creator", id)
    country, city = home(source, {said.country: 1} if said.country else origin.recipe.countries)
    who = people.person(source, country.names, names, Handles(), origin.epoch.date())
    handle = handles.claim(said.handle)
    first, _, last = (said.name or who.name).partition(" ")
    given: dict[str, Any] = {"gender": said.gender, "email": said.email, "website": said.website, "topics": said.topics}
    given |= {"born": said.born and date.fromisoformat(said.born), "name": said.name}
    who = replace(who, handle=handle, email=f"{handle}@example.com", first_name=first, last_name=last)
    who = replace(who, **{key: value for key, value in given.items() if value})
    creator = creator_of(source, id, origin.uuid("creator", id), who, country, city)
    return replace(creator, profiles=profiles_as_said(creator, source, origin, handles, posts, said))


def _campaign(
    origin: Origin, id: int, said: NamedCampaign, members: Sequence[Creator], field_ids: Sequence[int]
) -> Campaign:
    source = origin.stream("campaign", id)
    starts, ends = said.period(origin.epoch)
    topic = said.topic or next((creator.topics[0] for creator in members), next(iter(vocabulary.topics())))
    hashtag = said.hashtag or "".join(filter(str.isalnum, said.name))
    folder = Folder(id, said.folder) if said.folder else None
    members = sorted(members, key=lambda creator: creator.id)
    if said.type == "market_report":
        watched = tuple(Participant(creator.id) for creator in members)
        return Campaign(id, said.name, 2, starts, ends, folder, topic, hashtag, None, watched)
    booked = participants.partners(source, members, field_ids)
    return Campaign(id, said.name, 1, starts, ends, folder, topic, hashtag, None, booked)
