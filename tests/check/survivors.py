"""Mutations that are not found out, and why."""

SURVIVORS = {
    "insightiq list_contents: the engagement is missing": "the documentation does not call engagement required",
    "insightiq list_content_comments: the list is missing": "the documentation calls nothing of the answer required",
    "insightiq list_accounts: it is always empty": "a customer without accounts has an empty list; coverage shows it",
    "insightiq get_user: a key that nobody documents": "answers may carry other keys (observed); --strict forbids them",
    "insightiq list_accounts: one account is kept back for good": "who has never been seen, is not missed",
    "insightiq get_user: the keys stand in another order": "JSON objects have no order",
    "archive mediaItems: likes are one too many for good": "nothing else tells how many there are",
}
