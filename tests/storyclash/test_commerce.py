"""Shop and link figures of a campaign's creators agree with one another."""

from typing import Any

import pytest

from tests.storyclash.reports import Report

PARTS = ["NewCustomers", "ReturningCustomers"]
EMPTY_LINK = {"trackingLink": None, "linkClicks": 0, "topCountry": None, "topCity": None, "topDevice": None,
              "topReferrer": None}  # fmt: skip


@pytest.fixture(scope="module")
def campaigns(crowded: list[Report]) -> list[Report]:
    """Without the market report, whose creators nobody pays."""
    return [report for report in crowded if report.campaign["type"] == 1]


@pytest.fixture(scope="module")
def partners(campaigns: list[Report]) -> list[dict[str, Any]]:
    return [creator for report in campaigns for creator in report.creators]


def ratio(part: float | None, whole: float | None) -> float | None:
    """Four decimals, or nothing without a whole."""
    return round(part / whole, 4) if part is not None and whole else None


def test_there_is_every_kind_of_partner(partners: list[dict[str, Any]]) -> None:
    sold = [partner["shopData"]["nrOfConversionsTotal"] for partner in partners]
    assert min(sold) == 0
    assert max(sold) > 10
    assert {partner["cost"] is None for partner in partners} == {True, False}
    assert {partner["linkData"]["trackingLink"] is None for partner in partners} == {True, False}


def test_customers_and_conversions_are_new_or_returning(partners: list[dict[str, Any]]) -> None:
    for shop in (partner["shopData"] for partner in partners):
        orders = shop["nrOfConversionsTotal"]
        assert shop["nrOfNewCustomers"] + shop["nrOfReturningCustomers"] == shop["uniqueCustomers"]
        assert shop["nrOfConversionsNewCustomers"] + shop["nrOfConversionsReturningCustomers"] == orders
        assert shop["codeUsages"] == orders
        assert shop["newCustomerRatio"] == ratio(shop["nrOfNewCustomers"], orders)


@pytest.mark.parametrize("total", ["revenue", "netSalesTotal"])
def test_the_parts_of_money_sum_up(partners: list[dict[str, Any]], total: str) -> None:
    name = total.removesuffix("Total")
    for shop in (partner["shopData"] for partner in partners):
        assert sum(shop[f"{name}{part}"] for part in PARTS) == pytest.approx(shop[total], abs=0.011)
        assert all(shop[f"{name}{part}"] >= 0 for part in PARTS)
        assert shop["netSalesTotal"] == pytest.approx(shop["revenue"] / 1.19, abs=0.01)


@pytest.mark.parametrize("part", ["Total", *PARTS])
def test_averages_and_costs_follow_from_conversions(partners: list[dict[str, Any]], part: str) -> None:
    for partner in partners:
        shop = partner["shopData"]
        count, revenue = shop[f"nrOfConversions{part}"], shop["revenue" if part == "Total" else f"revenue{part}"]
        assert shop[f"averageOrderValue{part}"] == pytest.approx(ratio(revenue, count), abs=0.00011)
        assert shop[f"costPerConversion{part}"] == ratio(partner["cost"], count)
        assert (shop[f"averageBasketSize{part}"] is None) is (count == 0)
        assert (revenue > 0) is (count > 0)


def test_return_and_acquisition_cost_follow_from_the_cost(partners: list[dict[str, Any]]) -> None:
    for partner in partners:
        shop = partner["shopData"]
        assert shop["roas"] == ratio(shop["revenue"], partner["cost"])
        assert shop["customerAcquisitionCost"] == ratio(partner["cost"], shop["nrOfNewCustomers"])


def test_the_conversion_rate_is_that_of_the_clicks(partners: list[dict[str, Any]]) -> None:
    for partner in partners:
        rate = ratio(partner["shopData"]["nrOfConversionsTotal"], partner["linkData"]["linkClicks"])
        assert partner["shopData"]["conversionRate"] == (rate or 0)
        assert partner["shopData"]["conversionRate"] < 1


def test_a_discount_code_belongs_to_one_partner_of_a_campaign(campaigns: list[Report]) -> None:
    for report in campaigns:
        codes = [creator["shopData"]["discountCode"] for creator in report.creators]
        assert len(set(codes)) == len(codes)
        assert all(code.isalnum() and code.isupper() for code in codes)


def test_without_a_link_nobody_clicks_and_with_one_the_clicks_come_from_somewhere(
    partners: list[dict[str, Any]],
) -> None:
    for partner in partners:
        link = partner["linkData"]
        if link["linkClicks"] == 0:
            assert link == {**EMPTY_LINK, "trackingLink": link["trackingLink"]}
        else:
            assert all(link.values())
            assert link["topCountry"] == partner["country"]


def test_some_are_booked_and_post_nothing_and_sell_nothing(campaigns: list[Report]) -> None:
    for report in campaigns:
        authors = {post["creator_id"] for post in report.posts}
        silent = [creator for creator in report.creators if creator["id"] not in authors]
        assert any(creator["shopData"]["revenue"] == creator["linkData"]["linkClicks"] == 0 for creator in silent)


def test_those_whom_a_market_report_watches_have_no_shop_and_no_link(reports: list[Report]) -> None:
    [report] = [report for report in reports if report.campaign["type"] == 2]
    for creator in report.creators:
        shop = creator["shopData"]
        assert creator["cost"] is None
        assert creator["additionalFields"] == []
        assert creator["linkData"] == EMPTY_LINK
        assert {name for name, value in shop.items() if value is not None} == {"codeUsages", "conversionRate"}
        assert shop["codeUsages"] == shop["conversionRate"] == 0


def test_the_customers_own_fields_are_the_same_for_every_partner(campaigns: list[Report]) -> None:
    for report in campaigns:
        fields = [[(field["id"], field["name"]) for field in c["additionalFields"]] for c in report.creators]
        assert fields[0]
        assert all(each == fields[0] for each in fields)
