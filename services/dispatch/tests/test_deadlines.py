"""The reply deadline of an order, and that an order is never without one (WO-01, WO-12, WO-13)."""

from datetime import timedelta
from uuid import UUID

import pytest

from dispatch.domain.deadlines import Awaited
from dispatch.domain.progress import ExpectedInPast
from dispatch.domain.unable import Decision
from dispatch.domain.work_order_rules import NotTheReceiver
from dispatch.domain.work_order_states import State

from .company import DISPATCHER, FRIDAY, SUPERVISOR, WORKER
from .office import ENGINEER, HEAD, Office

INSTANT = timedelta(microseconds=1)
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
DUE = FRIDAY + DAY


@pytest.fixture
def office(company, sessions, rulebook):
    return Office(sessions, rulebook)


@pytest.fixture
def accepted(office):
    """An order that the worker signed for; a reply is required by Saturday 17:00:41.5."""
    office.issue(reply_due_at=DUE)
    office.accept()
    return office


@pytest.mark.rule("WO-12")
def test_one_warns_before_the_reply_is_due_once(accepted):
    accepted.until(DUE - 60 * 60 * SECOND - INSTANT)
    assert accepted.told("reply_due_soon") == []

    accepted.until(DUE)
    [told] = accepted.told("reply_due_soon")
    assert (told["receiver_id"], told["dispatcher_id"]) == (WORKER.id, DISPATCHER.id)
    assert told["due_at"] == DUE.isoformat()


@pytest.mark.rule("WO-13")
def test_late_and_unreported_is_told_once_and_is_a_breach(accepted):
    accepted.until(DUE)
    assert (accepted.told("reply_overdue"), accepted.breaches()) == ([], [])

    accepted.until(DUE + 14 * DAY)
    [told] = accepted.told("reply_overdue")
    [breach] = accepted.breaches()
    assert (told["breach"], told["due_at"]) == (True, DUE.isoformat())
    assert (breach.code, breach.person_id) == ("late_unreported", UUID(WORKER.id))
    assert (breach.occasion, breach.occurred_at, breach.items) == (DUE, DUE, 1)
    assert (breach.because.rule, breach.because.clause) == ("WO-13", "001-P5 L288")
    assert (str(breach.amount), breach.recorded_by) == ("30.00", None)
    [recorded] = accepted.told("breach_recorded")
    assert (recorded["person_id"], recorded["amount"]) == (WORKER.id, "30.00")
    assert accepted.told("reminded")


@pytest.mark.rule("WO-13")
@pytest.mark.parametrize("early", [DAY / 2, INSTANT, timedelta(0)])
def test_late_but_reported_is_no_breach(accepted, early):
    accepted.until(DUE - early)
    accepted.report(after=2 * DAY)
    accepted.until(DUE + DAY)

    assert (accepted.told("reply_overdue"), accepted.breaches()) == ([], [])
    assert accepted.told("progress_reported")[0]["on_time"]
    accepted.complete()
    assert accepted.found().state is State.COMPLETED


@pytest.mark.rule("WO-13")
def test_a_completion_at_the_deadline_is_in_time(accepted):
    accepted.until(DUE)
    accepted.complete()
    accepted.until(DUE + DAY)

    assert (accepted.told("reply_overdue"), accepted.breaches()) == ([], [])


@pytest.mark.rule("WO-13")
def test_a_report_after_the_deadline_is_kept_and_undoes_no_breach(accepted):
    """The timer did not go off yet: what is done late tells first what was missed."""
    accepted.now = DUE + INSTANT
    accepted.report()
    accepted.until(DUE + 5 * DAY)

    assert [told["on_time"] for told in accepted.told("progress_reported")] == [False]
    assert len(accepted.told("reply_overdue")) == len(accepted.breaches()) == 1


@pytest.mark.rule("WO-13")
@pytest.mark.parametrize("act", ["accept", "start", "complete", "unable"])
def test_whatever_is_done_late_tells_first_what_was_missed(office, act):
    office.issue(reply_due_at=DUE)
    if act != "accept":
        office.accept()
    office.now = DUE + SECOND
    getattr(office, act)()

    assert len(office.told("reply_overdue")) == len(office.breaches()) == 1


@pytest.mark.rule("WO-12")
def test_who_reports_says_when_he_will_be_done_and_is_reminded_of_it(accepted):
    accepted.report(after=3 * DAY)
    order = accepted.found()
    assert (order.state, order.next_due_at) == (State.PROGRESS_REPORTED, FRIDAY + 3 * DAY)
    assert order.progress_reports[0].text == "Half is done"

    accepted.until(FRIDAY + 3 * DAY)
    assert accepted.told("reminded") == []
    accepted.until(FRIDAY + 3 * DAY + SECOND)
    [told] = accepted.told("reminded")
    assert (told["awaited"], told["owner_ids"]) == ("reply", [WORKER.id])


@pytest.mark.rule("WO-12")
def test_progress_is_reported_again_and_again_and_the_work_goes_on(accepted):
    accepted.start()
    assert accepted.found().state is State.IN_PROGRESS
    accepted.report()
    accepted.report()
    accepted.start()
    order = accepted.found()
    assert (order.state, len(order.progress_reports)) == (State.IN_PROGRESS, 2)


@pytest.mark.rule("WO-12")
@pytest.mark.parametrize("after", [timedelta(0), -DAY])
def test_nothing_is_expected_for_a_time_that_has_passed(accepted, after):
    with pytest.raises(ExpectedInPast):
        accepted.report(after=after)
    assert accepted.found().progress_reports == ()


def test_only_the_receiver_reports_and_begins(accepted):
    for act in (accepted.report, accepted.start):
        with pytest.raises(NotTheReceiver):
            act(DISPATCHER)


@pytest.mark.rule("WO-13")
def test_an_order_that_lies_before_a_superior_when_it_is_due_is_nobodys_breach(accepted):
    accepted.until(DUE - SECOND)
    accepted.unable()
    accepted.until(DUE + SECOND)
    accepted.decide(Decision.INSIST)
    accepted.until(DUE + DAY)

    [told] = accepted.told("reply_overdue")
    assert (told["breach"], accepted.breaches()) == (False, [])


@pytest.mark.rule("WO-13")
def test_who_was_insisted_on_before_it_is_due_has_to_reply(accepted):
    """The clock runs on."""
    accepted.unable()
    accepted.decide(Decision.INSIST)
    accepted.until(DUE + DAY)

    assert [breach.person_id for breach in accepted.breaches()] == [UUID(WORKER.id)]


@pytest.mark.rule("WO-13")
def test_another_receiver_answers_for_the_same_deadline_if_he_had_the_order_before(accepted):
    accepted.report(after=DAY / 2)
    accepted.unable()
    order = accepted.decide(Decision.REASSIGN, receiver=ENGINEER)
    assert order.next_due_at == DUE
    accepted.until(DUE + DAY)

    assert [breach.person_id for breach in accepted.breaches()] == [UUID(ENGINEER.id)]


@pytest.mark.rule("WO-13")
def test_who_gets_an_order_after_it_was_due_has_missed_nothing(accepted):
    accepted.until(DUE - SECOND)
    accepted.unable()
    accepted.until(DUE + SECOND)
    accepted.decide(Decision.REASSIGN, receiver=ENGINEER)
    accepted.until(DUE + 14 * DAY)

    [told] = accepted.told("reply_overdue")
    assert (told["breach"], told["receiver_id"]) == (False, ENGINEER.id)
    assert accepted.breaches() == []
    assert accepted.told("reminded")[-1]["owner_ids"] == [ENGINEER.id]


@pytest.mark.rule("WO-13")
def test_where_no_pack_names_the_breach_the_reply_is_overdue_all_the_same(accepted, monkeypatch):
    monkeypatch.setattr("dispatch.use_cases.breaches._rule", lambda *_: None)
    accepted.until(DUE + SECOND)

    assert len(accepted.told("reply_overdue")) == 1
    assert (accepted.breaches(), accepted.told("breach_recorded")) == ([], [])


@pytest.mark.rule("WO-13")
def test_a_timer_that_goes_off_twice_tells_once(accepted):
    [timer] = accepted.waiting()
    accepted.until(DUE + SECOND)
    accepted.fire(timer)

    assert len(accepted.told("reply_overdue")) == len(accepted.breaches()) == 1


@pytest.mark.rule("WO-01")
def test_a_draft_that_nobody_issues_is_reminded_of_again_and_again(office):
    office.draft(reply_due_at=DUE)
    assert (office.found().awaited, office.found().next_due_at) == (Awaited.ISSUE, DUE)
    office.until(DUE + DAY / 2)
    first = len(office.told("reminded"))
    office.until(DUE + 14 * DAY)

    assert 1 <= first < len(office.told("reminded"))
    assert {tuple(one["owner_ids"]) for one in office.told("reminded")} == {(DISPATCHER.id,)}
    assert office.told("reply_overdue") == office.breaches() == []


@pytest.mark.rule("WO-01")
def test_who_has_to_close_an_order_is_reminded_until_it_is_archived(accepted):
    accepted.complete()
    due_at = accepted.found().next_due_at
    accepted.call_back()
    assert accepted.found().next_due_at == due_at
    accepted.until(due_at + SECOND)
    [told] = accepted.told("reminded")
    assert (told["awaited"], told["owner_ids"]) == ("closing", [DISPATCHER.id])

    accepted.sign()
    accepted.archive()
    assert (accepted.found().next_due_at, accepted.waiting()) == (None, [])


@pytest.mark.rule("WO-01")
@pytest.mark.parametrize("gone", ["leave", "lose_post"])
def test_the_dispatcher_is_told_at_once_that_the_receiver_is_gone(accepted, gone):
    getattr(accepted, gone)(WORKER)
    [told] = accepted.told("reminded")
    order = accepted.found()
    assert (told["awaited"], told["owner_ids"]) == ("reassignment", [DISPATCHER.id])
    assert (order.awaited, told["due_at"]) == (
        Awaited.REASSIGNMENT,
        order.next_due_at.isoformat(),
    )

    accepted.reassign(ENGINEER)
    assert accepted.found().awaited is Awaited.REPLY


@pytest.mark.rule("WO-01")
def test_a_receiver_who_comes_back_has_his_order_again(accepted):
    accepted.leave(WORKER)
    accepted.return_(WORKER)

    order = accepted.found()
    assert (order.awaited, order.next_due_at) == (Awaited.REPLY, DUE)


@pytest.mark.rule("WO-01")
def test_another_dispatcher_closes_what_one_who_is_gone_has_left(accepted):
    accepted.complete()
    accepted.leave(DISPATCHER)

    assert accepted.found().dispatcher_id == UUID(SUPERVISOR.id)
    [told] = accepted.told("handed_on")
    assert (told["from_id"], told["dispatcher_id"]) == (DISPATCHER.id, SUPERVISOR.id)


def missed(office):
    """Let what is awaited pass; when it was due, and when one reminds again."""
    due_at = office.found().next_due_at
    office.until(due_at + INSTANT)
    return [at.isoformat().removesuffix("+00:00") for at in (due_at, office.found().next_due_at)]


def drafted(office):
    office.draft(reply_due_at=FRIDAY + 60 * SECOND)


def issued(office):
    office.issue(reply_due_at=FRIDAY + 60 * SECOND)


def orphaned(office):
    issued(office)
    office.leave(WORKER)


def before_the_top(office):
    office.leave(HEAD)
    issued(office)
    office.unable()


def completed(office):
    issued(office)
    office.accept()
    office.complete()


@pytest.mark.parametrize(
    ("begin", "times"),
    [
        pytest.param(
            drafted,
            ["2026-02-13T09:01:41.500000", "2026-02-14T01:01:41.500001"],
            marks=pytest.mark.rule("WO-01"),
        ),
        pytest.param(
            issued,
            ["2026-02-13T09:01:41.500000", "2026-02-14T05:01:41.500001"],
            marks=pytest.mark.rule("WO-12"),
        ),
        pytest.param(
            orphaned,
            ["2026-02-14T01:00:41.500000", "2026-02-14T02:00:41.500001"],
            marks=pytest.mark.rule("WO-01"),
        ),
        pytest.param(
            before_the_top,
            ["2026-02-14T05:00:41.500000", "2026-02-14T07:00:41.500001"],
            marks=pytest.mark.rule("WO-10"),
        ),
        pytest.param(
            completed,
            ["2026-02-24T09:00:41.500000", "2026-02-25T09:00:41.500001"],
            marks=pytest.mark.rule("WO-01"),
        ),
    ],
)
def test_how_long_one_waits_and_reminds_in_working_time(office, begin, times):
    """Friday until 18:00, the make-up Saturday, and after the holiday from Tuesday the 24th."""
    begin(office)
    assert missed(office) == times
