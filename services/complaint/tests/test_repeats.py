"""A second complaint about the same event is found by itself (CP-62)."""

from datetime import timedelta

import pytest

from complaint.domain.intake import Details, Subject
from shared.ids import new_id

PHONE = "13812345678"
LAMP, LINK = Details(product_code="L-17"), Details(sales_order="SO-4")


def again(desk, *, days=1, details=LAMP, **facts):
    desk.now += timedelta(days=days)
    return desk.read(desk.file(details=details, **facts))


@pytest.mark.rule("CP-62")
@pytest.mark.parametrize(
    "who", [{"complainant_phone": PHONE}, {"customer_id": new_id()}], ids=["phone", "customer"]
)
@pytest.mark.parametrize("what", [LAMP, LINK, Details()], ids=["product", "order", "shop"])
def test_the_same_complainant_about_the_same_thing_complains_again(desk, who, what):
    first = desk.file(details=what, **who)

    second = again(desk, details=what, **who)

    assert (second.level, second.intake.repeat_of) == (2, first.id)
    assert second.suggestion.reasons[0].because.rule == "CP-14"


@pytest.mark.rule("CP-62")
def test_a_complaint_counts_for_90_days(desk):
    who = {"complainant_phone": PHONE, "received_at": desk.now}
    first = desk.file(details=LAMP, **who)

    last = {**who, "received_at": desk.now + timedelta(days=90)}
    late = {**who, "received_at": desk.now + timedelta(days=181)}

    assert again(desk, days=90, details=LAMP, **last).intake.repeat_of == first.id
    assert again(desk, days=91, details=LAMP, **late).intake.repeat_of is None


@pytest.mark.rule("CP-62")
@pytest.mark.parametrize(
    ("what", "facts"),
    [
        (LAMP, {"complainant_phone": "13900000000"}),
        (LAMP, {}),
        (Details(product_code="L-18"), {"complainant_phone": PHONE}),
        (Details(), {"complainant_phone": PHONE, "about": Subject.SHOP_SERVICE}),
        (Details(), {"complainant_phone": PHONE, "org_unit": "shop-03"}),
    ],
    ids=["somebody else", "nobody known", "another product", "another matter", "another shop"],
)
def test_another_event_is_no_repeat(desk, what, facts):
    desk.file(details=LAMP, complainant_phone=PHONE)

    second = again(desk, details=what, **facts)

    assert (second.level, second.intake.repeat_of) == (1, None)


def test_the_same_product_is_the_same_event_at_another_shop_too(desk):
    first = desk.file(details=LAMP, complainant_phone=PHONE)

    second = again(desk, complainant_phone=PHONE, org_unit="shop-03")

    assert second.intake.repeat_of == first.id


def test_of_several_earlier_ones_the_last_is_named(desk):
    desk.file(details=LAMP, complainant_phone=PHONE)
    second = again(desk, complainant_phone=PHONE)

    assert again(desk, complainant_phone=PHONE).intake.repeat_of == second.id


def test_a_link_goes_before_what_is_found(desk):
    other = desk.file()
    desk.file(details=LAMP, complainant_phone=PHONE)

    assert again(desk, complainant_phone=PHONE, repeat_of=other.id).intake.repeat_of == other.id


def test_what_the_caller_does_not_see_is_not_named(desk, as_):
    south = {
        "org_unit": "shop-03",
        "complainant": "consumer",
        "channel": "telephone",
        "about": "product_quality",
        "complainant_phone": PHONE,
        "details": {"product_code": "L-17"},
    }
    desk.file(details=LAMP, complainant_phone=PHONE)

    filed = as_("assistant-south", unit="region-south").post("/v1/complaints", south)

    assert (filed.status_code, filed.json["repeat_of"]) == (201, None)


def test_the_earlier_complaint_is_named_over_http(desk, as_):
    first = desk.file(complainant_phone=PHONE, details=LAMP)
    asked = {
        "org_unit": "shop-01",
        "complainant": "consumer",
        "channel": "telephone",
        "about": "product_quality",
        "complainant_phone": PHONE,
        "details": {"product_code": "L-17"},
    }

    filed = as_("assistant-north").post("/v1/complaints", asked).json

    assert (filed["repeat_of"], filed["level"]) == (str(first.id), 2)
