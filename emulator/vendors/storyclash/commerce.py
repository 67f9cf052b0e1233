"""A creator's figures from shop and link tracking, which follow from one another."""

from typing import Any, Final

from emulator.world.population import Creator, Participant

_NET: Final = 1 / 1.19  # of a price, without value added tax
_ITEMS_PER_BASKET: Final = 1.8


def shop_data(participant: Participant) -> dict[str, Any]:
    """Everything is null without a discount code, by which alone the shop knows the creator (assumed)."""
    if participant.discount_code is None:
        return {**dict.fromkeys(_KEYS), "codeUsages": 0, "conversionRate": 0}
    orders, new, cost = participant.orders, participant.new_customers, participant.cost
    returning = orders - new
    revenue_new = round(participant.revenue * new / orders, 2) if orders else 0
    revenue = {"Total": participant.revenue, "New": revenue_new, "Returning": participant.revenue - revenue_new}
    count = {"Total": orders, "New": new, "Returning": returning}
    values = (
        participant.discount_code, new, returning, _ratio(new, orders), orders, _ratio(cost, new),
        *(_ratio(cost, each) for each in count.values()),
        *(_ITEMS_PER_BASKET if each else None for each in count.values()),
        *(_ratio(revenue[part], count[part]) for part in count),
        *count.values(),
        *(round(each, 2) for each in revenue.values()),
        *(round(each * _NET, 2) for each in revenue.values()),
        _ratio(participant.revenue, cost), orders, _ratio(orders, _clicks(participant)) or 0,
    )  # fmt: skip
    return dict(zip((*_KEYS, "codeUsages", "conversionRate"), values, strict=True))


def link_data(participant: Participant, creator: Creator) -> dict[str, Any]:
    """Who clicks comes from where the creator is; without clicks, nobody knows."""
    clicks = _clicks(participant)
    return {
        "trackingLink": participant.tracking_link,
        "linkClicks": clicks,
        "topCountry": creator.country if clicks else None,
        "topCity": creator.city if clicks else None,
        "topDevice": "mobile" if clicks else None,
        "topReferrer": creator.profiles[0].platform.lower() + ".com" if clicks else None,
    }


def _clicks(participant: Participant) -> int:
    """Nobody counts the clicks of those who have no link."""
    return participant.clicks if participant.tracking_link else 0


def _ratio(part: float | None, whole: float | None) -> float | None:
    return round(part / whole, 4) if part is not None and whole else None


_PARTS = ("Total", "NewCustomers", "ReturningCustomers")
_KEYS: Final = (
    "discountCode",
    "nrOfNewCustomers",
    "nrOfReturningCustomers",
    "newCustomerRatio",
    "uniqueCustomers",
    "customerAcquisitionCost",
    *(f"costPerConversion{part}" for part in _PARTS),
    *(f"averageBasketSize{part}" for part in _PARTS),
    *(f"averageOrderValue{part}" for part in _PARTS),
    *(f"nrOfConversions{part}" for part in _PARTS),
    "revenue",
    "revenueNewCustomers",
    "revenueReturningCustomers",
    *(f"netSales{part}" for part in _PARTS),
    "roas",
)
