"""Whom a blacklist bars: who is told of it, and what is not sent to his contacts any more."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from notify.domain.blacklist import BlacklistEntry, Scope
from notify.domain.delivery import Outcome, Result
from notify.domain.message_states import State, Why
from notify.domain.messages import Intent, Purpose, Urgency
from notify.use_cases.planning import plan
from shared.rules import Because
from shared.testing import examples

from .conftest import BOTH, CONTACT, CUSTOMER, DIRECTOR, HANDLER, MANAGER
from .test_birthdays import MAIL, at_nine

LISTED, LIFTED = "customer.blacklisted.v1", "customer.blacklist_lifted.v1"
DEPARTMENT, COMPANY = (
    {**example, "customer_id": str(CUSTOMER), "told_ids": [str(HANDLER), str(MANAGER)]}
    for example in examples(LISTED)
)
BIRTHDAY = {"month": 3, "day": 2}  # that of the office's Monday
CANCELLED = (State.SUPPRESSED, Why.CUSTOMER_BARRED)


def fate(message):
    return message.state, message.state_reason


def told(office):
    return [
        (one.person_id, one.reason, one.because.rule, one.urgency)
        for one in sorted(office.ledger(), key=lambda one: one.person_id)
    ]


def greeted(office, **facts):
    """A contact of the customer whose greeting is planned and not sent yet."""
    office.contact(BIRTHDAY, addresses=MAIL, **facts)
    office.fire(at=office.clock.at)
    return office.only()


@pytest.mark.rule("AD-21")
def test_whoever_the_company_wants_to_be_told_is_told_of_its_list_once(office):
    office.person(HANDLER, language="en")
    for sequence in (1, 1, 2):
        office.receive(LISTED, {**COMPANY, "valid_until": "2026-09-02"}, sequence=sequence)
    office.receive(LISTED, {**COMPANY, "told_ids": [str(DIRECTOR)]}, sequence=3)

    lines = office.ledger()
    assert {HANDLER, MANAGER, DIRECTOR} == {one.person_id for one in lines}
    assert 3 == len(lines)
    first = lines[0]
    assert ("AD-21", "001-P10 L520") == (first.because.rule, first.because.clause)
    name = "company_blacklisted"
    assert (name, name, Urgency.HIGH) == (first.reason, first.template, first.urgency)
    assert (f"blacklist_entry/{COMPANY['entry_id']}", CUSTOMER) == (
        first.subject,
        first.customer_id,
    )
    said = next(one for one in lines if one.person_id == HANDLER)
    assert "Customer C-000123 stands on the blacklist" in said.title


def test_a_number_that_is_not_told_is_a_dash(office):
    office.person(HANDLER)
    without = {name: value for name, value in COMPANY.items() if name != "customer_number"}
    office.receive(LISTED, without)

    assert "客户 - 已列入公司黑名单" == office.ledger(person_id=HANDLER)[0].title


@pytest.mark.rule("AD-15")
def test_the_list_of_a_department_is_told_to_be_filed_and_is_no_news_of_the_company(office):
    office.receive(LISTED, DEPARTMENT)

    expected = ("department_blacklisted", "AD-15", Urgency.NORMAL)
    assert [(HANDLER, *expected), (MANAGER, *expected)] == told(office)


@pytest.mark.rule("AD-17", "AD-18", "AD-20")
@pytest.mark.parametrize(
    ("event", "reason", "rule", "urgency"),
    [
        ("customer.blacklist_reported.v1", "blacklist_reported", "AD-20", Urgency.HIGH),
        ("customer.blacklist_expired.v1", "blacklist_expired", "AD-17", Urgency.NORMAL),
        (LIFTED, "blacklist_lifted", "AD-18", Urgency.NORMAL),
    ],
)
def test_those_who_decide_hear_of_a_report_of_the_end_of_an_entry_and_of_a_return(
    office, event, reason, rule, urgency
):
    office.receive(event, {**examples(event)[0], "told_ids": [str(HANDLER)]})

    assert [(HANDLER, reason, rule, urgency)] == told(office)


@pytest.mark.rule("AD-21", "CM-18")
def test_what_was_planned_for_a_barred_customer_is_cancelled(office):
    greeted(office)
    office.receive(LISTED, COMPANY)

    message = office.ledger(purpose=Purpose.CARE)[0]
    assert CANCELLED == fate(message)
    assert ["message.planned", "message.suppressed"] == office.journal(message)


@pytest.mark.rule("CM-18")
@pytest.mark.parametrize(
    ("unit", "expected"), [("shop-01", CANCELLED), ("shop-03", (State.PLANNED, None))]
)
def test_the_list_of_a_department_cancels_what_it_was_to_send_itself(office, unit, expected):
    greeted(office, org_unit=unit)
    office.receive(LISTED, {**DEPARTMENT, "told_ids": []})

    assert expected == fate(office.only())


@pytest.mark.rule("CM-18")
def test_what_is_due_for_another_customer_is_left_alone(office):
    greeted(office)
    office.receive(LISTED, {**COMPANY, "customer_id": str(UUID(int=9)), "told_ids": []})

    assert (State.PLANNED, None) == fate(office.only())


@pytest.mark.rule("AD-21", "CM-18")
def test_a_barred_customer_is_not_greeted_until_the_entry_is_lifted(office):
    office.receive(LISTED, {**COMPANY, "told_ids": []}, sequence=1)
    greeted(office)
    assert CANCELLED == fate(office.only())

    office.receive(LIFTED, {**COMPANY, "told_ids": []}, sequence=2)
    office.fire(at=at_nine(date(2027, 3, 2)))
    assert [CANCELLED, (State.PLANNED, None)] == [
        fate(one) for one in office.ledger(reason="birthday")
    ]


def test_of_two_entries_the_second_bars_when_the_first_is_lifted(office):
    other = {**DEPARTMENT, "entry_id": str(UUID(int=2)), "told_ids": []}
    office.receive(LISTED, {**COMPANY, "told_ids": []}, sequence=1)
    office.receive(LISTED, other, sequence=2)
    office.receive(LIFTED, {**COMPANY, "told_ids": []}, sequence=3)

    assert CANCELLED == fate(greeted(office))


@pytest.mark.rule("CM-18")
def test_what_serves_the_work_with_a_barred_customer_is_said_all_the_same(office):
    office.person(HANDLER)
    office.receive(LISTED, {**COMPANY, "told_ids": []})
    order = examples("dispatch.work_order_issued.v1")[0]
    about = {"customer_id": str(CUSTOMER), "receiver_id": str(HANDLER), "org_unit": "shop-01"}
    office.receive("dispatch.work_order_issued.v1", {**order, **about})

    message = office.only()
    assert (CUSTOMER, Purpose.SERVICE) == (message.customer_id, message.purpose)
    assert (State.PLANNED, None) == fate(message)


@pytest.mark.rule("CM-18")
@pytest.mark.parametrize("purpose", Purpose)
def test_a_barred_customer_gets_neither_care_nor_promotion(office, purpose):
    office.contact(None, addresses=MAIL)
    office.receive(LISTED, {**COMPANY, "told_ids": []})
    with office.open() as tx:
        plan(
            tx,
            Intent(
                reason="spring",
                subject=f"contact/{CONTACT}",
                occurrence="2026",
                person_id=CONTACT,
                org_unit="shop-01",
                template="birthday_greeting",
                urgency=Urgency.NORMAL,
                route=("smtp",),
                words={},
                because=Because(pack="care", version="1", clause="1", rule="CM-18"),
                expires_at=tx.now + timedelta(days=1),
                customer_id=CUSTOMER,
                purpose=purpose,
            ),
        )

    goes = purpose is Purpose.SERVICE
    assert ((State.PLANNED, None) if goes else CANCELLED) == fate(office.only())


def test_an_entry_that_came_between_planning_and_sending_holds_the_message_back(office):
    greeted(office)
    with office.open() as tx:
        tx.blacklist.keep(
            BlacklistEntry(
                id=UUID(int=1),
                customer_id=CUSTOMER,
                scope=Scope.COMPANY,
                unit=None,
                since=tx.now,
                sequence=1,
            )
        )
    office.send()

    assert CANCELLED == fate(office.only())


def test_a_greeting_that_may_have_arrived_is_of_unknown_fate(office, webhook):
    webhook.answers = [Outcome(Result.DOUBTFUL, "webhook_timeout")]
    office.contact(BIRTHDAY, addresses=BOTH[1:])
    office.fire(at=office.clock.at)
    office.send()
    office.receive(LISTED, {**COMPANY, "told_ids": []})

    assert (State.UNKNOWN, Why.CUSTOMER_BARRED) == fate(office.only())


def test_an_entry_that_is_told_after_it_was_lifted_bars_nobody_and_is_no_news(office):
    office.receive(LIFTED, {**COMPANY, "told_ids": []}, sequence=2)
    office.receive(LISTED, COMPANY, sequence=1)

    assert (State.PLANNED, None) == fate(greeted(office))
