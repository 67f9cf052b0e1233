"""Activity: what the owners of connected accounts listen to (insightiq-v1.txt, "Activity").

What was fetched stays readable when an account is connected no more (facts/insightiq.md, 5.3).
"""

from typing import Any, Final

from emulator.vendors.insightiq import accounts
from emulator.vendors.insightiq.lookups import Collection
from emulator.vendors.insightiq.pages import Listing
from emulator.vendors.insightiq.tables.activity import artists, contents
from emulator.world.world import World

_ARTISTS: Final = Collection(artists, "artist")
_CONTENTS: Final = Collection(contents, "content")
_ARTIST_LIST: Final = Listing(artists, artists.c.updated_at.desc(), artists.c.id.desc())
_CONTENT_LIST: Final = Listing(contents, contents.c.updated_at.desc(), contents.c.id.desc())


def get_activity_artist(world: World, id: str) -> bytes:
    return _ARTISTS.get(world, id)


def list_activity_artists(world: World, limit: int, offset: int, account_id: str) -> bytes:
    return _of_account(world, _ARTIST_LIST, limit, offset, account_id)


def search_activity_artists(world: World, body: dict[str, Any]) -> bytes:
    return _ARTISTS.search(world, body["ids"])


def get_activity_content(world: World, id: str) -> bytes:
    return _CONTENTS.get(world, id)


def list_activity_contents(world: World, limit: int, offset: int, account_id: str) -> bytes:
    return _of_account(world, _CONTENT_LIST, limit, offset, account_id)


def search_activity_contents(world: World, body: dict[str, Any]) -> bytes:
    return _CONTENTS.search(world, body["ids"])


def _of_account(world: World, listing: Listing, limit: int, offset: int, account_id: str) -> bytes:
    """Last updated first (assumed), as accounts are; an account on a platform without activity has an empty page."""
    accounts.check(world, account_id, "activity")
    return listing.page(world, limit, offset, account_id=account_id)
