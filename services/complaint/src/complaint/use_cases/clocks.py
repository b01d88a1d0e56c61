"""The clocks of a case: they follow its state, are counted anew, and tell when time is up.

Every use case that changes a case ends in ``settle``, so that no clock runs for what is done
already and nothing is awaited without one (K-05). One timer a case wakes it for whatever comes
first.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain import reminders
from complaint.domain.cases import Case, CaseRef, place_in_queue
from complaint.domain.clock_rules import Reopening
from complaint.domain.clocks import Clock, ClockName
from complaint.domain.deadlines import Rules
from complaint.domain.pauses import PauseEnd
from complaint.use_cases.case_contacts import tell_news
from complaint.use_cases.chain import supervisors
from complaint.use_cases.clock_owners import owners
from complaint.use_cases.follow_ups import follow_up
from complaint.use_cases.penalties import propose_missed, withdraw_unmissed
from complaint.use_cases.sub_task_reminders import remind
from shared.envelope import Event
from shared.ids import new_id
from shared.org_units import calendar_of
from shared.working_time import Calendar

WAKE = "case.wake"
RECOUNT = "clocks.recount"


def settle(tx: ComplaintTransaction, case: Case, events: Sequence[Event] = ()) -> None:
    """Tell what happened to a case, let its clocks and its place in the queue follow, set the timer
    that wakes it next, and let its customer be told what concerns him.

    Raises UnitUnknown, CalendarMissing.
    """
    tx.tell(events)
    calendar = calendar_of(tx.session, case.unit)
    if case.pause and case.pause.stage != case.stage:
        ended = PauseEnd.WORK_WENT_ON
        tx.tell(case.end_pause(tx.now, ended_by=ended, calendar=calendar, now=tx.now))
    for name in ClockName:
        _follow(tx, case, name, calendar)
    case.reckon()
    priority = tx.priorities.priority_of(case.customer, case.unit)
    case.queue_place = place_in_queue(case.level, priority)
    _set_timer(tx, case)
    tell_news(tx, case, events)


def start_anew(tx: ComplaintTransaction, case: Case, name: ClockName) -> None:
    """What the clock waits for was done, and is awaited again from now on by a new clock."""
    clock = case.clock(name)
    if clock and clock.is_running:
        clock.stop(tx.now)
        rules = _rules(tx, case, name, on=tx.now)
        calendar = calendar_of(tx.session, case.unit)
        if rules:
            _start_new(tx, case, name, rules, at=tx.now, calendar=calendar)


def turn_to_agreed(tx: ComplaintTransaction, case: Case, name: ClockName) -> None:
    """Another due time was agreed upon for what a running clock waits for (CP-43)."""
    clock = case.clock(name)
    if clock and clock.is_running:
        _recount(tx, case, clock, reason="agreed")


def wake(tx: ComplaintTransaction, case_id: UUID) -> None:
    """Something is due: end a pause whose time is up, warn, and tell what was missed, each once."""
    case = tx.cases.of_event(case_id)
    pause = case.pause
    if pause and pause.until <= tx.now:
        calendar = calendar_of(tx.session, case.unit)
        ended = PauseEnd.TIME_UP
        tx.tell(case.end_pause(pause.until, ended_by=ended, calendar=calendar, now=tx.now))
    for clock in case.running():
        _remind(tx, case, clock)
    remind(tx, case)
    settle(tx, case)


def tell_missed(tx: ComplaintTransaction, case: Case) -> None:
    """Before anything is done with a case: what was missed by those whose it was, where that was
    not told yet. What is done late stops a clock before its timer can tell."""
    for clock in case.running():
        _tell_missed(tx, case, clock)


def recount(tx: ComplaintTransaction, ref: CaseRef, *, reason: str, tries: int = 0) -> None:
    """Count the clocks of a case anew, since the calendar of its unit changed (``reason``
    calendar), or its packs (policy).

    Where that cannot be done yet the clocks stay as they are, and it is tried again later.
    """

    def act(tx: ComplaintTransaction, case_id: UUID) -> None:
        case = tx.cases.of_event(case_id)
        for clock in case.running():
            _recount(tx, case, clock, reason=reason)
        settle(tx, case)

    follow_up(tx, ref, act, timer=RECOUNT, tries=tries, reason=reason)


def _follow(tx: ComplaintTransaction, case: Case, name: ClockName, calendar: Calendar) -> None:
    clock, awaited = case.clock(name), case.awaits(name)
    if clock is None or not clock.is_running:
        if awaited:
            _start(tx, case, name, calendar)
    elif not awaited:
        clock.stop(tx.now)
    elif clock.level != case.level:
        _change_level(tx, case, clock)


def _change_level(tx: ComplaintTransaction, case: Case, clock: Clock) -> None:
    """Count by the rules of the present level; where it has none nothing is timed any more."""
    if _rules(tx, case, clock.name, on=clock.ruled_at):
        _recount(tx, case, clock, reason="level")
    else:
        clock.stop(tx.now)


def _start(tx: ComplaintTransaction, case: Case, name: ClockName, calendar: Calendar) -> None:
    """Start, or go on with, the clock of that name; where no rule holds nothing is timed."""
    before = case.clock(name)
    at = tx.now if before else case.starts_at(name, tx.now)
    rules = _rules(tx, case, name, on=at)
    if not rules:
        return
    if before and before.reopening is not Reopening.NEW:
        before.reopen(at, rules=rules, level=case.level, calendar=calendar)
    else:
        _start_new(tx, case, name, rules, at=at, calendar=calendar)


def _start_new(
    tx: ComplaintTransaction,
    case: Case,
    name: ClockName,
    rules: Rules,
    *,
    at: datetime,
    calendar: Calendar,
) -> None:
    before, pause = case.clock(name), case.pause
    clock = Clock.started(
        name,
        id=new_id(),
        round=before.round + 1 if before else 1,
        level=case.level,
        rules=rules,
        calendar=calendar,
        at=at,
        now=tx.now,
    )
    case.clocks.append(clock)
    if pause:
        clock.hold(at, reason=pause.reason, until=pause.until, calendar=calendar)


def _recount(tx: ComplaintTransaction, case: Case, clock: Clock, *, reason: str) -> None:
    """By the packs by which the clock runs, unless it is the packs that changed."""
    before, missed = clock.deadline, clock.has_missed()
    calendar = calendar_of(tx.session, case.unit)
    if reason == "policy":
        clock.turn_to(_rules(tx, case, clock.name, on=tx.now), calendar=calendar, now=tx.now)
    else:
        rules = _rules(tx, case, clock.name, on=clock.ruled_at)
        clock.retime(calendar=calendar, now=tx.now, rules=rules, level=case.level)
    if clock.deadline != before:
        case.touch()
        tx.tell([reminders.retimed(case, clock, before=before, reason=reason)])
    if missed:
        withdraw_unmissed(tx, case, clock)


def _remind(tx: ComplaintTransaction, case: Case, clock: Clock) -> None:
    if clock.warn(tx.now):
        owned = owners(tx, case, clock.name)
        tx.tell([reminders.due_soon(case, clock, owner_ids=owned)])
    _tell_missed(tx, case, clock)


def _tell_missed(tx: ComplaintTransaction, case: Case, clock: Clock) -> None:
    for missed in clock.miss(tx.now):
        told = supervisors(tx, case, tier=missed.supervisor_tier)
        owned = owners(tx, case, clock.name)
        case.touch()
        breached = reminders.breached(case, clock, missed, owner_ids=owned, supervisor_ids=told)
        tx.tell([breached])
        propose_missed(tx, case, clock, missed, owner_ids=owned)


def _rules(tx: ComplaintTransaction, case: Case, name: ClockName, *, on: datetime) -> Rules:
    day = tx.day_of(case.unit, on)
    section, facts = case.clock_section, case.facts
    found = tx.policies.rulings(section, unit=case.unit, on=day, clock=name, **facts)
    agreed = case.agreed.get(name)
    if agreed:
        found = [replace(one, value=replace(one.value, until=agreed)) for one in found]
    return tuple(found)


def _set_timer(tx: ComplaintTransaction, case: Case) -> None:
    if case.wakes_at:
        tx.set_timer(WAKE, case.ref.subject, case.wakes_at)
    else:
        tx.cancel_timer(WAKE, case.ref.subject)
