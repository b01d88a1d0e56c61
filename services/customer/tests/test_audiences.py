"""Whom events name to be told of them, as the packs say (CF-17, CF-29, CF-47, CL-23, CL-24)."""

from dataclasses import replace
from datetime import date

import pytest

from customer.domain.audiences import EVENTS
from customer.main import RULEBOOK
from customer.use_cases import documents
from customer.use_cases.files import fill_file
from shared.transaction import SYSTEM

from .desk import HQ, PEOPLE
from .graders import NORTH
from .test_grading_criteria import LATE
from .test_needs import WHOLE
from .test_stage_reviews import graded, until

HEAD, OWNER, FAR, SPARE = (PEOPLE[name] for name in ("head-north", "north", "head-south", "south"))


def names(told):
    return told["told_ids"]


def ids(*persons):
    return sorted(str(one) for one in persons)


@pytest.fixture
def spare(desk):
    """Somebody far from region north holds the role."""

    def hold(role):
        with desk.open() as tx:
            tx.staff.keep(SPARE, active=True, superior_id=None, posts=[("region-south", role)])

    return hold


@pytest.mark.rule("CL-23")
def test_a_department_hears_of_a_review_and_the_division_when_it_is_late(department, desk, spare):
    spare("marketing_division")
    graded(department)

    until(desk, "grade.review_missed")

    (due,), (overdue,) = desk.told("evaluation_due"), desk.told("evaluation_overdue")
    assert (ids(HEAD), ids(HEAD, SPARE)) == (names(due), names(overdue))


@pytest.mark.rule("CL-24")
def test_a_department_hears_of_a_downgrade_and_the_division_when_it_is_late(
    department, desk, spare
):
    spare("marketing_division")
    department.sales.post(f"{graded(department)}/breaches", LATE)

    until(desk, "grade.downgrade_overdue")

    (due,), (overdue,) = desk.told("downgrade_due"), desk.told("downgrade_overdue")
    assert (ids(HEAD), ids(HEAD, SPARE)) == (names(due), names(overdue))


@pytest.mark.rule("CF-17")
def test_department_and_owner_hear_that_data_changed_but_not_who_changed_them(desk):
    desk.follow(NORTH, "crm-generic", "generic")
    customer = desk.register(owner_id=OWNER)

    desk.change(customer, name="Lake Shop")
    with desk.begin(now=desk.now, origin=replace(SYSTEM, actor=str(OWNER))) as tx:
        found = tx.customers.known(customer.id)
        file = tx.files.open(customer.id, now=tx.now, by=tx.origin.actor)
        fill_file(tx, found, file, values={"preferences": ["by telephone"]}, reason="asked")

    by_others, by_owner = desk.told("changed")
    assert ids(HEAD, OWNER) == names(by_others)
    assert ids(HEAD) == names(by_owner)


@pytest.mark.rule("CF-47")
def test_each_department_hears_of_a_need_and_marketing_that_one_was_silent(
    desk, sales, path, spare
):
    desk.follow(NORTH, "factory", "generic")
    desk.follow("region-south", "factory", "generic")
    spare("marketing_centre")
    sales.post(f"{path}/needs", WHOLE)
    until(desk, "need.unanswered")
    until(desk, "need.unanswered")

    (recorded,), (first, second) = desk.told("need_recorded"), desk.told("need_unanswered")
    assert ids(HEAD, FAR) == names(recorded)
    late = {one["unit"]: names(one) for one in (first, second)}
    assert {NORTH: ids(HEAD, SPARE), "region-south": ids(FAR, SPARE)} == late


@pytest.mark.rule("CF-29")
def test_department_and_owner_hear_of_the_end_of_a_document(desk):
    desk.follow(NORTH, "medical", "generic")
    customer = desk.register(kind="institution", owner_id=OWNER)
    given = {"kind": "business_licence", "number": "91310000MA1FL0XX0B"}
    days = {"valid_from": date(2026, 1, 1), "valid_until": date(2026, 6, 30)}
    desk.do(documents.collect_document, customer, caller=HQ, **given, **days)

    until(desk, "document.expired")

    (warned,), (ended,) = desk.told("document_expiring"), desk.told("document_expired")
    assert [ids(HEAD, OWNER)] * 2 == [names(warned), names(ended)]


def test_where_no_pack_says_so_nobody_is_named(desk):
    customer = desk.register(owner_id=OWNER)
    desk.change(customer, name="Lake Shop")

    assert [] == names(desk.told("changed")[0])


def test_every_event_that_names_somebody_has_a_pack_that_says_whom():
    said = {
        event
        for pack in RULEBOOK.builtin
        if "audiences" in pack.sections
        for rule in pack.sections["audiences"].rules
        for event in rule.when["event"]
    }

    assert set(EVENTS) == said
