"""What only made-up requests come upon."""

from emulator.check.plan import Level
from tests.check.changes import put
from tests.check.mutating import Answer, Answering, Asking, Mutation

F: Level = "fuzz"


def _failing_on(mark: str, status: int = 500) -> Answer:
    """An answer to a request that has this in its query or its body."""

    def change(asking: Asking, answering: Answering) -> None:
        if mark in str(asking.query) or mark.encode() in asking.body:
            answering.status, answering.body = status, b'{"error": "oops"}'

    return change


def _taken(_: Asking, answering: Answering) -> None:
    """What is wrong is answered with a success, and a body that is right."""
    if answering.status == 400:
        answering.status, answering.body = 200, b'{"data":[],"metadata":{"offset":0,"limit":10}}'


def _forgotten(asking: Asking, answering: Answering) -> None:
    """What is deleted stays."""
    if asking.method == "GET" and answering.status == 404:
        answering.status = 200


FUZZ = [
    Mutation("list_users: offsets are too much for it", "insightiq", F, ["list_users"], None, _failing_on("offset")),
    Mutation("list_users: what is wrong is taken", "insightiq", F, ["list_users"], None, _taken),
    Mutation("list_profiles: what is wrong is taken", "insightiq", F, ["list_profiles"], None, _taken),
    Mutation("search_contents: ids are too much for it", "insightiq", F, ["search_contents"], None, _failing_on("ids")),
    Mutation(
        "get_webhook: what is deleted stays",
        "insightiq",
        F,
        ["get_webhook"],
        None,
        _forgotten,
        None,
        ["create_webhook"],
    ),
    Mutation("get_campaign: pages are too much for it", "storyclash", F, ["get_campaign"], None, _failing_on("page")),
    Mutation(
        "mediaItems: arguments are too much for it",
        "archive",
        F,
        ["partners.mediaItems"],
        None,
        _failing_on("first", 502),
    ),
    Mutation(
        "creator: a number where a text is due", "archive", F, ["partners.creator"], None, put("data", {"creator": 7})
    ),
]
