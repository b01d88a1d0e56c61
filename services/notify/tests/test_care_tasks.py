"""Gifts and calls: opened ahead of the day, allowed by another, done or too late (CM-07, CM-11)."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import SimpleNamespace
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from notify.domain.care_task_states import TASK_TRANSITIONS, TaskCommand, TaskState
from notify.domain.care_tasks import CareTask, NoSay, NotResponsible, OwnTask, TooExpensive
from notify.domain.message_states import State
from notify.use_cases import care_tasks
from shared.rules import WrongState

from .conftest import CONTACT, CUSTOMER, DIRECTOR, HANDLER, MANAGER

SHANGHAI = ZoneInfo("Asia/Shanghai")
LOG = [{"channel": "log", "address": "li"}]
OWNER, HEAD = HANDLER, MANAGER
BORN = {"month": 3, "day": 20}
GIFT_AT = datetime(2026, 3, 13, 9, tzinfo=SHANGHAI)  # seven days ahead
DAY = datetime(2026, 3, 20, 9, tzinfo=SHANGHAI)
HEADED = SimpleNamespace(id=str(HEAD), roles=("department_head",))
OWNING = SimpleNamespace(id=str(OWNER), roles=("sales_team",))


def staff(office):
    for person, role, unit in (
        (OWNER, "sales_team", "shop-01"),
        (HEAD, "department_head", "region-north"),
        (DIRECTOR, "department_head", "hq"),
    ):
        office.person(person)
        told = {"person_id": str(person), "active": True, "superior_id": None}
        office.receive(
            "dispatch.person_changed.v1", {**told, "posts": [{"unit": unit, "role": role}]}
        )


def customer(office, *, size="large", key=False, owner=OWNER):
    of = {"customer_id": str(CUSTOMER), "org_unit": "shop-01"}
    told = {"number": "C-1", "kind": "company", "size_class": size, "owner_id": None}
    office.receive("customer.registered.v1", {**of, **told})
    if owner:
        left = {"old_owner_id": None, "new_owner_id": str(owner), "left": False}
        office.receive("customer.owner_changed.v1", {**of, **left})
    if size:
        office.receive(
            "customer.class_changed.v1", {**of, "scheme": "size", "old": None, "new": size}
        )
    if key:
        office.receive(
            "customer.key_account_changed.v1", {**of, "unit": "region-north", "is_key": True}
        )


def tasks(office):
    with office.sessions() as session:
        return list(session.scalars(select(CareTask)))


def task(office):
    (found,) = tasks(office)
    return found


def moved(office):
    return [data["state"] for type_, data in office.told() if type_ == "notify.care_task_moved.v1"]


def act(office, command, **given):
    (found,) = tasks(office)
    with office.open() as tx:
        return command(tx, tx.care_tasks.to_change(found.id, unit="hq"), **given)


@pytest.fixture
def proposed(office):
    """A gift for the birthday of somebody at a large customer waits for its approval."""
    staff(office)
    office.contact(BORN, addresses=LOG)
    customer(office)
    office.fire(at=GIFT_AT)
    return office


@pytest.mark.rule("CM-07")
def test_a_gift_is_proposed_seven_days_ahead_and_who_may_allow_it_is_told(office):
    staff(office)
    office.contact(BORN, addresses=LOG)
    customer(office)
    office.fire(at=GIFT_AT - timedelta(microseconds=1))
    before = tasks(office)
    office.fire(at=GIFT_AT)

    gift = task(office)
    assert [] == before
    assert ("gift", "birthday", date(2026, 3, 20), 2026) == (
        gift.action,
        gift.occasion,
        gift.on,
        gift.year,
    )
    assert (TaskState.PROPOSED, OWNER, Decimal("300.00")) == (
        gift.state,
        gift.responsible_id,
        gift.amount,
    )
    assert ("CM-07", DAY + timedelta(hours=12)) == (gift.because.rule, gift.lapses_at)
    notice = office.only(reason="care_task_proposed")
    assert (HEAD, f"care_task/{gift.id}") == (notice.person_id, notice.subject)
    assert ["proposed"] == moved(office)


@pytest.mark.rule("CM-07")
def test_a_gift_that_is_allowed_is_told_to_who_makes_it_and_done_by_him(proposed):
    act(proposed, care_tasks.approve_task, caller=HEADED)
    notice = proposed.only(reason="care_task_approved")
    done = act(proposed, care_tasks.complete_task, cost=Decimal("300.00"), caller=OWNING)

    assert OWNER == notice.person_id
    assert (TaskState.DONE, str(OWNER), Decimal("300.00")) == (done.state, done.done_by, done.cost)
    assert str(HEAD) == done.decided_by
    assert ["proposed", "approved", "done"] == moved(proposed)
    assert "care.task_lapse" not in proposed.timers()


@pytest.mark.rule("CM-07")
def test_a_gift_that_is_declined_is_not_made_and_the_notice_is_overtaken(proposed):
    act(proposed, care_tasks.decline_task, reason="no budget", caller=HEADED)

    assert (TaskState.DECLINED, "no budget") == (task(proposed).state, task(proposed).reason)
    assert OWNER == proposed.only(reason="care_task_ended").person_id
    assert State.PLANNED != proposed.only(reason="care_task_proposed").state


@pytest.mark.rule("CM-07")
def test_a_task_lapses_when_its_time_is_over(proposed):
    proposed.fire(at=DAY + timedelta(hours=12) - timedelta(microseconds=1))
    before = task(proposed).state
    proposed.fire(at=DAY + timedelta(hours=12))

    assert (TaskState.PROPOSED, TaskState.LAPSED) == (before, task(proposed).state)
    assert care_tasks.TOO_LATE == task(proposed).reason


@pytest.mark.rule("CM-07")
@pytest.mark.parametrize(
    ("caller", "refusal"),
    [
        (SimpleNamespace(id=str(DIRECTOR), roles=("sales_team",)), NoSay),
        (SimpleNamespace(id=str(OWNER), roles=("department_head",)), OwnTask),
    ],
)
def test_only_another_who_has_a_say_allows_a_task(proposed, caller, refusal):
    with pytest.raises(refusal):
        act(proposed, care_tasks.approve_task, caller=caller)
    with pytest.raises(refusal):
        act(proposed, care_tasks.decline_task, reason="no", caller=caller)

    assert TaskState.PROPOSED is task(proposed).state


@pytest.mark.rule("CM-07")
def test_a_gift_is_made_by_who_is_responsible_for_what_the_pack_allows_at_most(proposed):
    act(proposed, care_tasks.approve_task, caller=HEADED)
    with pytest.raises(NotResponsible):
        act(proposed, care_tasks.complete_task, cost=None, caller=HEADED)
    with pytest.raises(TooExpensive):
        act(proposed, care_tasks.complete_task, cost=Decimal("300.01"), caller=OWNING)

    assert TaskState.APPROVED is task(proposed).state


COMMANDS = {
    TaskCommand.APPROVE: lambda one, now: one.approve(by=HEADED.id, roles=HEADED.roles, now=now),
    TaskCommand.DECLINE: lambda one, now: one.decline(
        by=HEADED.id, roles=HEADED.roles, reason="no", now=now
    ),
    TaskCommand.COMPLETE: lambda one, now: one.complete(by=OWNING.id, cost=None, now=now),
    TaskCommand.LAPSE: lambda one, _now: one.lapse(care_tasks.TOO_LATE),
}


@pytest.mark.parametrize("command", TaskCommand)
@pytest.mark.parametrize("state", TaskState)
def test_every_command_has_its_answer_in_every_state(proposed, state, command):
    one = task(proposed)
    one.state = state
    if command in TASK_TRANSITIONS[state]:
        event = COMMANDS[command](one, GIFT_AT)
        assert TASK_TRANSITIONS[state][command] == one.state == event.state
        return
    with pytest.raises(WrongState) as refused:
        COMMANDS[command](one, GIFT_AT)
    assert state is one.state
    assert refused.value.extra["allowed"] == [each.value for each in TASK_TRANSITIONS[state]]


@pytest.mark.rule("CM-07")
def test_only_the_audience_of_the_pack_gets_a_gift(office):
    staff(office)
    office.contact(BORN, addresses=LOG)
    customer(office, size="medium")
    office.fire(at=DAY)

    assert [] == tasks(office)
    assert ["birthday"] == [one.reason for one in office.ledger() if one.reason == "birthday"]


@pytest.mark.rule("CM-11")
def test_a_key_account_gets_more_and_is_called_on_the_spring_festival(office):
    staff(office)
    office.contact(BORN, addresses=LOG)
    customer(office, size=None, key=True)
    ahead = DAY - timedelta(days=10)
    office.fire(at=ahead - timedelta(microseconds=1))
    assert [] == tasks(office)
    office.fire(at=ahead)
    gift = task(office)
    for on in (date(2026, 9, 15), date(2027, 2, 6)):
        office.fire(at=datetime.combine(on, time(9), SHANGHAI))

    assert (date(2026, 3, 20), Decimal("500.00"), "CM-11") == (
        gift.on,
        gift.amount,
        gift.because.rule,
    )
    assert DAY + timedelta(hours=24) == gift.lapses_at
    (call,) = [one for one in tasks(office) if one.action == "call"]
    assert ("spring_festival", date(2027, 2, 6), TaskState.APPROVED, OWNER) == (
        call.occasion,
        call.on,
        call.state,
        call.responsible_id,
    )
    assert {"birthday", "mid_autumn", "spring_festival"} == {one.occasion for one in tasks(office)}


def test_a_task_is_opened_once_when_the_customer_is_told_again(proposed):
    customer(proposed, key=True)
    proposed.contact(BORN, addresses=LOG, name="李华华")
    proposed.fire(at=GIFT_AT + timedelta(days=1))

    assert 1 == len(tasks(proposed))


def test_where_the_owner_has_left_the_next_of_the_pack_is_responsible(office):
    staff(office)
    office.contact(BORN, addresses=LOG)
    customer(office, owner=UUID(int=77))
    office.fire(at=GIFT_AT)

    assert OWNER == task(office).responsible_id  # of the sales team of the shop


def test_where_nobody_is_found_whoever_comes_does_it(office):
    office.contact(BORN, addresses=LOG)
    customer(office)
    office.fire(at=GIFT_AT)
    act(office, care_tasks.approve_task, caller=HEADED)
    done = act(office, care_tasks.complete_task, cost=None, caller=OWNING)

    assert (None, TaskState.DONE) == (done.responsible_id, done.state)


LISTED = {
    "entry_id": str(UUID(int=31)),
    "customer_id": str(CUSTOMER),
    "org_unit": "hq",
    "customer_number": "C-1",
    "scope": "company",
    "unit": None,
    "told_ids": [],
    "valid_until": None,
}
ENDS = {
    "customer.blacklisted.v1": LISTED,
    "customer.exited.v1": {
        "customer_id": str(CUSTOMER),
        "org_unit": "region-north",
        "way": "exit_case",
    },
    "customer.contact_erased.v1": {
        "contact_id": str(CONTACT),
        "customer_id": str(CUSTOMER),
        "org_unit": "shop-01",
    },
}


@pytest.mark.rule("CM-18")
@pytest.mark.parametrize("event", ENDS)
def test_nothing_is_made_for_who_is_not_cared_for_any_more(proposed, event):
    proposed.receive(event, ENDS[event])

    assert (TaskState.LAPSED, care_tasks.NOT_CARED_FOR) == (
        task(proposed).state,
        task(proposed).reason,
    )
    assert "care.task_lapse" not in proposed.timers()


@pytest.mark.rule("CM-18")
def test_nothing_is_opened_for_who_is_barred(office):
    staff(office)
    office.contact(BORN, addresses=LOG)
    customer(office)
    office.receive("customer.blacklisted.v1", LISTED)
    office.fire(at=GIFT_AT)

    assert [] == tasks(office)
