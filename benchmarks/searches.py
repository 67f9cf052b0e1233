"""Creator searches over a large world: what the first page costs, and what a deep one costs beside it."""

import json
from collections.abc import Callable
from itertools import count
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks import load

TIMES = 15
INSTAGRAM = "9bb8913b-ddd9-430b-a66a-d74d846e6c66"
GENDER = {"type": "FEMALE", "operator": "GT", "percentage_value": 20}
CASES: dict[str, dict[str, Any]] = {
    "one filter": {},
    "ten filters": {
        "average_likes": {"min": 1}, "engagement_rate": {"percentage_value": "0.1"}, "has_audience_info": True,
        "audience_gender": GENDER, "audience_language": [{"code": "en", "percentage_value": "5"}],
        "audience_age": {"min": 18, "max": 34, "percentage_value": 10}, "exclude_private_profiles": True,
        "audience_credibility_score": 0.2, "content_count": {"min": 1},
    },
}  # fmt: skip
_fresh = count(1)


def searches(port: int, headers: dict[str, str], report: Callable[[str, str, str], None]) -> None:
    """Every request asks for other followers, so that none finds the results of an earlier one."""
    for name, filters in CASES.items():
        first, deep = [], []
        for _ in range(TIMES):
            first.append(_milliseconds(port, headers, filters, offset=0))
            deep.append(_milliseconds(port, headers, filters, offset=490))
        ratio = median(there / here for here, there in zip(first, deep, strict=True))
        report(f"search, {name}", f"{median(first):.1f} ms", "50 ms")
        report("  its last page against the first", f"{ratio:.2f}", "3")


def _milliseconds(port: int, headers: dict[str, str], filters: dict[str, Any], offset: int) -> float:
    asked = {"work_platform_id": INSTAGRAM, "sort_by": {"field": "ENGAGEMENT_RATE", "order": "DESCENDING"}}
    page = {"limit": 10, "offset": offset, "follower_count": {"min": next(_fresh)}}
    sent = load.request("/v1/social/creators/profiles/search", headers, json.dumps(asked | filters | page).encode())
    start = perf_counter()
    answer = load.answer(port, sent)
    assert b" 200 " in answer[:20]
    return 1000 * (perf_counter() - start)
