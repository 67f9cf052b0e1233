"""Whose an object is: the three keys that objects of connected accounts carry after their times."""

from collections.abc import Mapping
from typing import Any, Final

_PLATFORM: Final = ("id", "name", "logo_url")


def owner(user: Mapping[str, Any], account_id: str, username: str, platform: Mapping[str, Any]) -> dict[str, Any]:
    """`user`, `account` and `work_platform`, each in short.

    `username` is the account's handle, as in the account itself; the documented samples have e-mail addresses there.
    """
    return {
        "user": {"id": user["id"], "name": user["name"]},
        "account": {"id": account_id, "platform_username": username},
        "work_platform": {key: platform[key] for key in _PLATFORM},
    }


def owner_of(account: Mapping[str, Any]) -> dict[str, Any]:
    """The same from an account as it is sent."""
    return owner(account["user"], account["id"], account["platform_username"], account["work_platform"])
