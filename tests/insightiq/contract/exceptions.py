"""Where the contract leaves the letter of the documentation, and which of its notes says why."""

from dataclasses import dataclass
from typing import Final

_SCHEMAS: Final = "/components/schemas"
_ADDRESS: Final = f"{_SCHEMAS}/CreatorContentFetchRequest"
_DURATION: Final = f"{_SCHEMAS}/Content/properties/duration"
_RATE_OF_FOLLOWERS: Final = f"{_SCHEMAS}/HighfollowerProfile/properties/engagement_rate"
_TOPICS: Final = "/paths/~1v1~1professional~1creators~1dictionary~1topics/get/responses/200"


@dataclass(frozen=True)
class Exemption:
    """`note` is the JSON pointer of the part of the contract whose x-note tells of it."""

    note: str
    reason: str


# By what is not as printed, the operation, and the place and name of the field.
EXCEPTIONS: Final[dict[tuple[str, str, str], Exemption]] = {
    ("status", "GET /v1/professional/creators/dictionary/topics", ""): Exemption(
        _TOPICS, "the answer is printed as the one named default"
    ),
    ("required", "GET /v1/work-platforms/{id}", "response publish"): Exemption(
        f"{_SCHEMAS}/WorkPlatformProducts/properties/publish_content", "publish_content was seen in its place"
    ),
    **{
        ("required", operation, "response duration"): Exemption(_DURATION, "missing in most of the samples")
        for operation in (
            "GET /v1/social/contents/{id}",
            "GET /v1/social/contents",
            "POST /v1/social/contents/search",
            "GET /v1/publications/contents/{id}",
            "GET /v1/publications/contents",
            "POST /v1/publications/contents/search",
        )
    },
    **{
        ("required", "POST /v1/social/creators/profiles/search", f"response {name}"): Exemption(
            f"{_SCHEMAS}/SearchedCreatorProfile/properties/{name}", "missing in the sample"
        )
        for name in ("average_likes", "average_views", "creator_location")
    },
    ("required", "POST /v1/social/creators/contents/fetch", "body profile_url"): Exemption(
        _ADDRESS, "required in the printed one of two variants"
    ),
    ("required", "POST /v1/social/creators/async/contents/fetch", "body content_url"): Exemption(
        _ADDRESS, "required in the printed one of two variants"
    ),
    ("required", "POST /v1/professional/creators/contents/fetch", "body content_url"): Exemption(
        _ADDRESS, "required in the printed one of two variants"
    ),
    ("type", "GET /v1/social/comments", "response metadata"): Exemption(
        f"{_SCHEMAS}/Comments/properties/metadata", "the sample has a single object, as all lists do"
    ),
    ("type", "GET /v1/social/creators/highfollower-audience/{id}", "response engagement_rate"): Exemption(
        _RATE_OF_FOLLOWERS, "an integer cannot hold a rate"
    ),
    ("type", "POST /v1/professional/creators/profiles/analytics", "response engagement_rate"): Exemption(
        f"{_SCHEMAS}/ProfessionalAnalytics/properties/engagement_rate", "a number in the search"
    ),
    ("type", "GET /v1/social/creators/contents/audience/{id}", "response http_status_code"): Exemption(
        f"{_SCHEMAS}/ErrorObject/properties/http_status_code", "the sample has an integer"
    ),
}
