"""What a recipe tells of a shop's community, by either version of the API, collected into accounts, people and items.

An account is told as a Creator (version 1) or a SocialProfile (2), an item as a MediaItem (1) or an Item (2); the same
thing told twice is one, and what was told first of it holds. Numbers, UUIDs and owners that nobody tells follow from
what is told: numbers rise from the last object to the first, as lists of version 2 begin with the highest ones.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from emulator.world import ids

Told = Mapping[str, Any]

FIRST_NUMBER: Final = 2**30  # of accounts and people, above those of populations
_FIRST_ITEM: Final = 10**17  # of items that have no number, above those that are captured later


@dataclass
class Account:
    """`first` and `second` are what the versions tell of it; `person` is the UUID of its owner, if that is told."""

    place: int
    first: dict[str, Any] = field(default_factory=dict)
    second: dict[str, Any] = field(default_factory=dict)
    person: str | None = None

    @property
    def name(self) -> str:
        return str(either(self.first.get("accountName"), self.second.get("accountName")))

    @property
    def provider(self) -> str:
        return str(either(self.first.get("provider"), self.second.get("provider")))

    @property
    def uuid(self) -> str:
        told = self.second.get("id")
        return str(told) if told else ids.uuid(0, "archive own account", self.provider, self.name.lower())

    @property
    def number(self) -> int:
        told = self.first.get("id")
        return int(told) if told else FIRST_NUMBER + self.place

    @property
    def owner(self) -> str:
        return self.person or ids.uuid(0, "archive own person", self.uuid)

    @property
    def followers(self) -> int:
        return int(either(self.second.get("followers"), self.first.get("followersCount"), 0))


class Community:
    """All that is told, collected from the last object to the first; accounts by themselves are told for certain."""

    def __init__(self, objects: Mapping[str, Sequence[Told]]) -> None:
        self._accounts: dict[tuple[str, str], Account] = {}
        self._people: dict[str, Any] = {}
        self._items: dict[int, tuple[Account, dict[str, Any], dict[str, Any]]] = {}
        told = {kind: bodies[::-1] for kind, bodies in objects.items()}
        for body in told.get("media_items", ()):
            self._item(number_of(body), self._first(body["creator"], body["provider"]), first=body)
        for body in told.get("items", ()):
            account = self._second(body["socialProfile"], body["provider"], body.get("creator"))
            self._item(number_of(body), account, second=body)
        for body in told.get("creators", ()):
            if "accountName" in body:
                self._first(body, body["provider"])
            else:
                self._person(body)
        for body in told.get("social_profiles", ()):
            self._second(body, body["provider"], None)

    @property
    def accounts(self) -> Collection[Account]:
        return self._accounts.values()

    @property
    def people(self) -> Mapping[str, Any]:
        """Custom attributes, by UUID."""
        return self._people | {each.owner: {} for each in self.accounts if each.owner not in self._people}

    @property
    def items(self) -> Mapping[int, tuple[Account, dict[str, Any], dict[str, Any]]]:
        """By number: the account, and what each version tells."""
        return self._items

    def _account(self, name: str, provider: str) -> Account:
        return self._accounts.setdefault((provider, name.lower()), Account(len(self._accounts)))

    def _first(self, creator: Told, provider: str) -> Account:
        account = self._account(creator["accountName"], provider)
        account.first |= {**creator, "provider": provider}
        return account

    def _second(self, profile: Told, provider: str, owner: Told | None) -> Account:
        owner = owner or profile.get("creator") or {}
        if owner.get("id"):
            self._person(owner)
        account = self._account(profile["accountName"], provider)
        account.second |= {**{key: each for key, each in profile.items() if key != "creator"}, "provider": provider}
        account.person = owner.get("id") or account.person
        return account

    def _person(self, creator: Told) -> None:
        """A creator of version 2, with its accounts."""
        self._people.setdefault(creator["id"], {})  # in the order of first mention
        if "customAttributes" in creator:
            self._people[creator["id"]] = creator["customAttributes"]
        for profile in creator.get("socialProfiles", ()):
            if profile.get("accountName") and profile.get("provider"):  # otherwise nobody would find it
                self._second(profile, profile["provider"], {"id": creator["id"]})

    def _item(self, number: int, account: Account, *, first: Told | None = None, second: Told | None = None) -> None:
        _, one, other = self._items.get(number, (account, {}, {}))
        self._items[number] = account, {**one, **(first or {})}, {**other, **(second or {})}


def number_of(item: Told) -> int:
    """Of an item of either version: what version 1 calls its id."""
    told = item.get("mediaItemId", item["id"])
    return (
        int(told) if told.isdigit() else _FIRST_ITEM + int(ids.hexadecimal(0, "archive own item", told, digits=12), 16)
    )


def either(*values: Any) -> Any:
    return next((value for value in values if value is not None), None)
