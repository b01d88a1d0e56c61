"""The worked example of docs/writing-complaint-packs.md, taken in and lived by."""

from datetime import timedelta
from pathlib import Path

import pytest

from complaint.domain.intake import Subject
from shared.policy.builtin import read_yaml

TEA_HOUSE = Path(__file__).parents[3] / "docs" / "examples" / "tea-house-complaints.yaml"
SHOP = "shop-01"


@pytest.fixture
def tea_house(as_):
    """The shop follows the packs of the tea house, and those of every unit below them."""
    office = as_("manager", roles=["policy_administrator"])
    added = office.post("/v1/policies", read_yaml(TEA_HOUSE.read_bytes(), source=TEA_HOUSE.name))
    assert 201 == added.status_code, added.text
    chosen = {"packs": ["tea-house-complaints", "generic"], "effective_from": "2026-02-01"}
    taken = office.put(f"/v1/units/{SHOP}/policies", chosen, version=0)
    assert 200 == taken.status_code, taken.text


@pytest.mark.parametrize(
    ("about", "level", "reason"),
    [
        (Subject.PRODUCT_QUALITY, 1, "about_the_tea"),
        (Subject.SHOP_ATTITUDE, 2, "about_one_of_us"),
    ],
)
def test_the_matter_decides_the_level(desk, tea_house, about, level, reason):
    filed = desk.file(about=about)

    assert level == filed.level
    assert reason in [one.reason for one in filed.suggestion.reasons]


def test_whoever_complains_is_called_within_two_working_hours(desk, tea_house):
    desk.now = desk.now.replace(hour=10)

    filed = desk.file()

    assert desk.now + timedelta(hours=2) == desk.clock(filed).deadline.due_at
    assert "supervisor" == desk.handler(filed)
    while not desk.told("complaint.first_contact_breached.v1"):
        desk.wake()
    (proposed,) = desk.penalties()
    assert ("call_not_made", "20.00") == (proposed.code, f"{proposed.lowest:.2f}")


def test_who_never_comes_again_is_heard_by_the_manager_and_then_by_the_owner(desk, tea_house):
    filed = desk.file()
    desk.contact(filed, by="supervisor")
    for step in ("cause", "solution"):
        desk.record(filed, step)
    desk.tell(filed)

    desk.answer(filed, 1)

    assert (2, "manager") == (desk.read(filed).level, desk.handler(filed))
    desk.tell(filed)
    desk.answer(filed, 1)
    desk.decide(filed)
    desk.archive(filed, "clerk")
    assert "archived" == desk.read(filed).state


def test_a_contented_guest_ends_it_after_a_review(desk, tea_house):
    filed = desk.file()
    desk.contact(filed, by="supervisor")
    for step in ("cause", "solution"):
        desk.record(filed, step)
    desk.tell(filed)

    desk.answer(filed, 2)
    desk.review(filed, "manager")
    desk.archive(filed, "clerk")

    (closed,) = desk.told("complaint.closed.v1")
    assert (2, 50) == (closed["answer"], closed["normalised"])
