"""Objects that a recipe brings along: items and creators, as either version of the API shows them."""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from emulator.contract.component import Broken
from emulator.contract.sdl import object_type
from emulator.contract.wording import Place
from emulator.vendors.archive import own_community, own_rows, tables
from emulator.world.own import Own
from emulator.world.population import Recipe
from emulator.world.projection import Projected

Broke = Callable[[Any], Broken]

_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # ids of files follow from it
_NUMBER: Final = re.compile(r"[0-9]{1,18}")
_LARGE: Final = re.compile(r"-?\d{19,}")
_ACCOUNT: Final = ("accountName", "provider")
_ITEM: Final = ("id", "externalId", "takenAt", "type", "provider")


def _checked(schema: Broke, *needed: str, forms: dict[str, re.Pattern[str]] | None = None) -> Broke:
    """What the schema has against it; paths that it is found by and that have to be there; ids that can be kept."""

    def broken(body: Any) -> Broken:
        problems = schema(body)
        if problems:
            return problems
        lacking = [((), f"lacks {path}, by which it is found") for path in needed if _at(body, path) is None]
        wrong = [
            ((name,), f"is {body[name]!r}; here it has to be {'a number' if form is _NUMBER else 'a UUID'}")
            for name, form in (forms or {}).items()
            if isinstance(body.get(name), str) and not form.fullmatch(body[name])
        ]
        return lacking + wrong + list(_in_parts(body)) + list(_unkept(body))

    return broken


def _at(body: Any, path: str) -> Any:
    for step in path.split("."):
        body = body.get(step) if isinstance(body, dict) else None
    return body


def _unkept(body: dict[str, Any], place: Place = ()) -> Iterator[tuple[Place, str]]:
    """What the schema leaves open: attributes have keys here, and counts 64 bits."""
    for key, each in body.items():
        if key == "customAttributes" and not isinstance(each, dict):
            yield (*place, key), f"is {each!r}; here it has to be an object"
        elif key == "currentEngagement":
            large = (name for name, count in (each or {}).items() if _LARGE.fullmatch(str(count)))
            yield from (((*place, key, name), "has more than 18 digits") for name in large)
        elif key in ("creator", "socialProfile") and isinstance(each, dict):
            yield from _unkept(each, (*place, key))


def _in_parts(body: dict[str, Any]) -> Broken:
    """Of what has parts: what these are found by."""
    needed = {
        "engagement": ("at",),
        "engagementHistory": ("at",),
        "transcriptions": ("mediaContentId",),
        "socialProfiles": _ACCOUNT,
    }
    return [
        ((name, nth), f"lacks {key}")
        for name, keys in needed.items()
        for nth, each in enumerate(body.get(name) or ())
        for key in keys
        if each.get(key) is None
    ]


def _creator(body: Any) -> Broken:
    """An account in version 1, a person in version 2."""
    return _second_creator(body) if isinstance(body, dict) and "accountName" not in body else _first_creator(body)


_first_creator: Final = _checked(object_type("archive", "partners", "Creator"), *_ACCOUNT)
_second_creator: Final = _checked(object_type("archive", "workspace", "Creator"), "id")
_media_item: Final = _checked(
    object_type("archive", "partners", "MediaItem"), *_ITEM, "creator.accountName", forms={"id": _NUMBER}
)
_item: Final = _checked(
    object_type("archive", "workspace", "Item"),
    *_ITEM,
    "socialProfile.accountName",
    forms={"id": _UUID, "mediaItemId": _NUMBER},
)
_profile: Final = _checked(object_type("archive", "workspace", "SocialProfile"), *_ACCOUNT)


def _item_key(body: Any) -> Projected:
    yield tables.media_items, {"shop_id": 0, "id": own_community.number_of(body)}


def _account_key(body: Any) -> Projected:
    name = body["accountName"].lower() if "accountName" in body else body["id"]
    yield tables.creators, {"shop_id": body.get("provider"), "id": name}


def _lacking(recipe: Recipe) -> str | None:
    return None if recipe.shops else "needs a shop to be in; add to the recipe: shops: [{id: 1, name: Ours}]"


def _own(broken: Broke, key: Callable[[Any], Projected]) -> Own:
    return Own(broken, key, together=own_rows.projected, lacking=_lacking)


OBJECTS: Final = {
    "media_items": _own(_media_item, _item_key),
    "items": _own(_item, _item_key),
    "creators": _own(_creator, _account_key),
    "social_profiles": _own(_profile, _account_key),
}
