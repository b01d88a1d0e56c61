"""At what time something counts that was done in a dead spot, and what is put right by it."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from dispatch.adapters.penalties import penalties
from dispatch.domain.field_times import Sent
from dispatch.domain.progress import Progress
from dispatch.domain.unable import Decision
from dispatch.use_cases.execution import (
    accept_work_order,
    complete_work_order,
    report_order_progress,
    start_work_order,
)
from dispatch.use_cases.unable import report_order_unable
from shared.penalty_ledger import confirm, post_month, waive
from shared.rules import RuleBroken
from shared.tables import journal

from .company import FRIDAY, HR, ORDER, SIGNED, WORKER
from .office import ENGINEER, HEAD, MANAGER, Office

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
DUE = ORDER["reply_due_at"]
MONTH = "2026-02"


@pytest.fixture
def office(company, sessions, rulebook):
    made = Office(sessions, rulebook)
    made.issue()
    return made


def sent(office, *, client_at, received_at=None):
    return Sent(received_at=received_at or office.now, client_at=client_at)


def report(office, *, client_at, by=WORKER):
    progress = Progress(text="Half", percent=50, expected_at=DUE + 48 * HOUR)
    told = sent(office, client_at=client_at)
    return office.on(report_order_progress, by, progress=progress, sent=told)


@pytest.mark.rule("WO-12")
@pytest.mark.parametrize(
    ("back", "believed"),
    [
        (timedelta(0), True),
        (12 * HOUR, True),
        (12 * HOUR + SECOND, False),
        (-SECOND, False),
        (-24 * 365 * HOUR, False),
    ],
)
def test_the_time_of_a_device_counts_for_twelve_hours_before_its_receipt(office, back, believed):
    office.accept()
    office.now = FRIDAY + 20 * HOUR
    client_at = office.now - back

    [kept] = report(office, client_at=client_at).progress_reports

    assert kept.at == (client_at if believed else office.now)


@pytest.mark.parametrize("early", [SECOND, HOUR])
def test_nothing_counts_before_the_order_was_the_receivers(office, early):
    office.now = FRIDAY + HOUR
    told = sent(office, client_at=FRIDAY - early)

    order = office.on(accept_work_order, WORKER, signed=SIGNED, sent=told)

    assert order.acceptance.at == office.now


def test_nothing_counts_before_what_was_done_earlier(office):
    office.now = FRIDAY + HOUR
    office.accept()
    office.now = FRIDAY + 3 * HOUR

    [kept] = report(office, client_at=FRIDAY + HOUR - SECOND).progress_reports
    [_, second] = report(office, client_at=FRIDAY + 2 * HOUR).progress_reports

    assert (kept.at, second.at) == (office.now, office.now)


def test_what_waited_counts_at_its_receipt_where_its_own_time_is_not_plausible(office):
    office.accept()
    office.now = FRIDAY + 30 * HOUR
    received = FRIDAY + 20 * HOUR
    told = sent(office, client_at=received + SECOND, received_at=received)
    progress = Progress(text="Half", percent=50, expected_at=DUE + 48 * HOUR)

    order = office.on(report_order_progress, WORKER, progress=progress, sent=told)

    assert order.progress_reports[0].at == received
    assert order.progress_reports[0].on_time


@pytest.mark.rule("WO-12")
@pytest.mark.rule("WO-13")
def test_a_report_made_in_the_field_before_the_deadline_is_in_time(office):
    office.accept()
    office.now = DUE + HOUR

    [kept] = report(office, client_at=DUE).progress_reports

    assert (kept.on_time, office.breaches(), office.told("reply_overdue")) == (True, [], [])


def test_without_the_time_of_a_device_the_receipt_counts(office):
    office.accept()
    office.now = DUE + HOUR

    [kept] = report(office, client_at=None).progress_reports

    assert not kept.on_time
    assert [one.code for one in office.breaches()] == ["late_unreported"]


def late(office):
    """The deadline passed, the service found a breach, and the worker is still out of reach."""
    office.accept()
    office.until(DUE + HOUR)
    [found] = office.breaches()
    assert found.withdrawn_at is None
    return found


def complete(office, client_at):
    told = sent(office, client_at=client_at)
    office.on(complete_work_order, WORKER, remarks="Done", client=SIGNED, sent=told)


def unable(office, client_at):
    office.on(report_order_unable, WORKER, reason="No lift", sent=sent(office, client_at=client_at))


def progress(office, client_at):
    report(office, client_at=client_at)


@pytest.mark.rule("WO-13")
@pytest.mark.parametrize("reply", [complete, unable, progress])
def test_a_breach_is_withdrawn_when_the_reply_was_made_in_time_after_all(office, reply, rows):
    before = late(office)

    reply(office, DUE)

    [found] = office.breaches()
    assert found.id == before.id
    assert (found.withdrawal, found.withdrawn_at) == ("replied_in_time", office.now)
    assert found.withdrawn_because.clause == "001-P5 L286"
    [told] = office.told("breach_withdrawn")
    assert (told["penalty_stands"], told["person_id"]) == (False, WORKER.id)
    [penalty] = rows(select(penalties.c.state, penalties.c.reason))
    assert tuple(penalty) == ("withdrawn", "replied_in_time")
    assert len(office.told("reply_overdue")) == 1


@pytest.mark.rule("WO-13")
@pytest.mark.parametrize("reply", [complete, unable, progress])
def test_a_breach_stands_when_the_reply_was_late_in_the_field_as_well(office, reply):
    late(office)

    reply(office, DUE + SECOND)

    assert [one.withdrawn_at for one in office.breaches()] == [None]
    assert office.told("breach_withdrawn") == []


def test_to_accept_in_time_is_no_reply(office):
    office.until(DUE + HOUR)
    told = sent(office, client_at=DUE - HOUR)
    office.on(accept_work_order, WORKER, signed=SIGNED, sent=told)
    office.on(start_work_order, WORKER, sent=told)

    assert [one.withdrawn_at for one in office.breaches()] == [None]


def test_the_breach_of_another_receiver_stays(office):
    late(office)
    office.unable()
    office.decide(Decision.REASSIGN, HEAD, ENGINEER)
    office.now += HOUR
    office.accept(ENGINEER)
    report(office, client_at=DUE, by=ENGINEER)

    assert [one.withdrawn_at for one in office.breaches()] == [None]


@pytest.mark.parametrize(
    ("decisions", "state", "stands"),
    [
        ("confirm", "withdrawn", False),
        ("waive", "waived", False),
        ("confirm post", "posted", True),
    ],
)
def test_what_was_decided_on_the_penalty_before(office, rows, decisions, state, stands):
    late(office)
    decide(office, decisions.split(), rows)

    report(office, client_at=DUE)

    assert [one.state for one in rows(select(penalties.c.state))] == [state]
    [told] = office.told("breach_withdrawn")
    assert told["penalty_stands"] is stands


def decide(office, decisions, rows):
    [found] = rows(select(penalties.c.id))
    manager = Manager(MANAGER)
    with office.open() as tx:
        if "confirm" in decisions:
            confirm(tx, found.id, by=manager)
        if "waive" in decisions:
            waive(tx, found.id, by=manager, reason="He was out of reach")
    if "post" in decisions:
        with office.open() as tx:
            post_month(tx, MONTH, by=Manager(HR))


class Manager:
    """Who decides on penalties."""

    def __init__(self, one):
        self.id, self.unit, self.roles = UUID(one.id), "hq", one.roles


def test_the_timeline_keeps_both_times(office, rows):
    office.accept()
    office.now = FRIDAY + 2 * HOUR
    report(office, client_at=FRIDAY + HOUR)

    query = select(journal.c.data, journal.c.because).where(journal.c.kind == "made_in_the_field")
    [note] = rows(query)
    assert note.data == {
        "client_at": (FRIDAY + HOUR).isoformat(),
        "received_at": office.now.isoformat(),
        "counted_at": (FRIDAY + HOUR).isoformat(),
    }
    assert note.because["rule"] == "WO-12"


def test_a_breach_is_withdrawn_once(office):
    late(office)
    report(office, client_at=DUE)
    with pytest.raises(RuleBroken):
        office.on(accept_work_order, WORKER, signed=SIGNED)
    report(office, client_at=DUE)

    assert len(office.told("breach_withdrawn")) == 1
