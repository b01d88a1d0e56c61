"""What a report on a visit has to say before the visit is done."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from customer.domain.visit_reports import (
    DataCheck,
    DataCheckMissing,
    NotOrganiser,
    ReportIncomplete,
)

from .desk import SECTIONS
from .visit_packs import STAFF, due, following, grade, report

ON = date(2026, 3, 2)
PARTNER = {"sections": ["next_moves"], "on": ON}


def missing(refused):
    return {path.removeprefix("sections.") for path in refused.value.extra["errors"]}


@pytest.mark.rule("VS-03")
@pytest.mark.parametrize("left_out", ["usage", "feedback"])
def test_a_return_visit_says_how_the_customer_uses_it_and_what_he_says(desk, left_out):
    customer = desk.register(annual_amount=Decimal(500))
    said = [name for name in SECTIONS if name != left_out]

    with pytest.raises(ReportIncomplete) as refused:
        report(desk, customer, "return_visit", on=ON, sections=said, mode="telephone")

    assert {left_out} == missing(refused)
    assert "planned" == desk.visit(customer).state
    report(desk, customer, "return_visit", on=ON, sections=SECTIONS, mode="telephone")


@pytest.mark.rule("VS-05", "VS-13")
def test_a_visit_without_its_report_is_not_done(desk):
    following(desk, "medical")
    customer = desk.register()
    grade(desk, customer, "medical:vip")
    asked = {"market", "situation", "opinions", "difficulties_solved", "policy_conveyed"}
    newest = {"needs", "suggestions"}

    with pytest.raises(ReportIncomplete) as refused:
        report(desk, customer, "visit", on=ON)

    assert asked | newest == missing(refused)
    done = report(desk, customer, "visit", on=ON, sections=asked | newest)
    assert ("done", "well") == (done.state, done.record.sections["needs"])


@pytest.mark.rule("VS-13")
@pytest.mark.parametrize("left_out", ["needs", "opinions", "suggestions"])
def test_needs_opinions_and_suggestions_stand_in_each_report(desk, left_out):
    following(desk, "medical")
    customer = desk.register()
    grade(desk, customer, "medical:vip")
    whole = {"market", "situation", "difficulties_solved", "policy_conveyed"}
    whole |= {"needs", "opinions", "suggestions"}

    with pytest.raises(ReportIncomplete) as refused:
        report(desk, customer, "visit", on=ON, sections=whole - {left_out})

    assert {left_out} == missing(refused)


@pytest.mark.rule("VS-14")
def test_what_was_found_true_is_kept_with_the_visit(desk):
    customer = desk.register(annual_amount=Decimal(500))

    done = report(
        desk,
        customer,
        "return_visit",
        on=ON,
        sections=SECTIONS,
        mode="on_site",
        verified=("business licence",),
    )

    assert ("business licence",) == done.record.verified


@pytest.fixture
def partner(desk):
    following(desk, "jointventure")
    customer = desk.register()
    grade(desk, customer, "jv:a")
    return customer


@pytest.mark.rule("VS-20")
def test_what_the_partner_does_next_is_watched(desk, partner):
    with pytest.raises(ReportIncomplete) as refused:
        report(desk, partner, "partner_visit", on=ON, data_check=DataCheck.CHECKED)

    assert {"next_moves"} == missing(refused)


@pytest.mark.rule("CF-37")
@pytest.mark.parametrize("activity", ["partner_visit", "executive_visit"])
def test_no_visit_to_a_partner_is_closed_before_his_data_are_checked(desk, partner, activity):
    with pytest.raises(DataCheckMissing) as refused:
        report(desk, partner, activity, **PARTNER)

    assert "data_check_missing" == refused.value.code
    assert {"planned"} == {visit.state for visit in desk.open_visits(partner)}


@pytest.mark.rule("CF-37")
def test_the_office_hears_of_data_that_changed(desk, partner):
    done = report(desk, partner, "partner_visit", **PARTNER, data_check=DataCheck.UPDATED)

    (told,) = desk.told("visit_data_updated")
    assert (str(done.id), str(STAFF["joint_venture_office"]), "CF-37") == (
        told["visit_id"],
        told["office_id"],
        told["because"]["rule"],
    )
    assert [True] == [one["data_changed"] for one in desk.told("visit_completed")]


@pytest.mark.rule("CF-37")
def test_data_that_were_only_checked_are_no_news(desk, partner):
    report(desk, partner, "partner_visit", **PARTNER, data_check=DataCheck.CHECKED)

    assert [] == desk.told("visit_data_updated")
    assert "2026-04-02" == due(desk, partner)["partner_visit", "contracting_unit"]


@pytest.mark.rule("VS-19", "VS-35")
def test_of_a_joint_visit_the_department_that_organised_it_reports(desk):
    customer = desk.register(annual_amount=Decimal(500))
    given = {"on": ON, "sections": SECTIONS, "mode": "on_site"}
    invited = {"participants": (UUID(int=7),), "invited_units": ("shop-03",)}

    with pytest.raises(NotOrganiser):
        report(desk, customer, "return_visit", **given, organiser_unit="nowhere")
    done = report(desk, customer, "return_visit", **given, organiser_unit="region-north", **invited)

    assert ("region-north", ("shop-03",)) == (
        done.record.organiser_unit,
        done.record.invited_units,
    )


def test_what_was_written_down_is_never_told(desk, partner):
    report(desk, partner, "partner_visit", **PARTNER, data_check=DataCheck.UPDATED)

    for type_ in ("visit_completed", "visit_data_updated"):
        assert all("well" not in str(one) for one in desk.told(type_))
