"""Summarise and analyse what customers said on visits, and have actions opened (VS-36)."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from customer.adapters.mapping import OpinionSummary
from customer.adapters.transaction import CustomerTransaction
from customer.adapters.visits import person_of
from customer.domain.opinions import ActionKind, OpinionRule, SummaryExists, check_manager
from customer.domain.staff import Officer
from customer.use_cases.issues import check_person
from shared.ids import new_id
from shared.rules import Ruling
from shared.scope import seen_units


def open_summary(
    tx: CustomerTransaction, *, unit: str, period_from: date, caller: Officer
) -> OpinionSummary:
    """Collect the opinions that were reported to ``unit`` and to those below it in a period that is
    over.

    Raises PolicyMissing, NotResponsible, PeriodInvalid, SummaryExists.
    """
    rule = _rule(tx, unit)
    check_manager(rule.value, roles=caller.roles, because=rule.because)
    last = rule.value.period_end(period_from, today=tx.today(unit), because=rule.because)
    if tx.opinions.is_begun(unit, period_from):
        raise SummaryExists("These opinions are summarised already.", because=rule.because)
    summary = OpinionSummary(
        id=new_id(),
        org_unit=unit,
        period_from=period_from,
        period_to=last,
        from_at=_midnight(tx, unit, period_from),
        until_at=_midnight(tx, unit, last + timedelta(days=1)),
        units=tuple(sorted(seen_units(tx.session, unit))),
        activities=rule.value.activities,
        sections=rule.value.sections,
        because=rule.because,
        opened_by=person_of(caller),
        opened_at=tx.now,
    )
    summary.reports = tx.opinions.count_reports(summary)
    tx.opinions.add(summary)
    _log(tx, summary, "opened", reports=summary.reports)
    return summary


def delegate_summary(
    tx: CustomerTransaction, summary: OpinionSummary, *, delegate_id: UUID, caller: Officer
) -> OpinionSummary:
    """Name the person who analyses the opinions in the manager's place (VS-36).

    Raises NotResponsible, PersonUnknown, WrongState.
    """
    rule = _rule(tx, summary.org_unit)
    check_manager(rule.value, roles=caller.roles, because=rule.because)
    check_person(tx, delegate_id)
    summary.delegate(delegate_id)
    _log(tx, summary, "delegated", delegate_id=delegate_id)
    return summary


def analyse_summary(
    tx: CustomerTransaction, summary: OpinionSummary, *, analysis: str, caller: Officer
) -> OpinionSummary:
    """Write down what follows from the opinions. Raises NotResponsible, WrongState."""
    rule, by = _rule(tx, summary.org_unit), person_of(caller)
    summary.check_responsible(rule.value, roles=caller.roles, by=by, because=rule.because)
    summary.analyse(analysis, by=by, now=tx.now)
    _log(tx, summary, "analysed")
    return summary


def request_action(
    tx: CustomerTransaction,
    summary: OpinionSummary,
    *,
    kind: ActionKind,
    reason: str,
    caller: Officer,
) -> OpinionSummary:
    """Have a corrective or preventive action opened where the opinions make it necessary (VS-36).

    Raises NotResponsible, WrongState, ReasonUnknown.
    """
    unit, by = summary.org_unit, person_of(caller)
    rule = _rule(tx, unit)
    summary.check_responsible(rule.value, roles=caller.roles, by=by, because=rule.because)
    told = summary.request_action(
        rule.value,
        action_id=new_id(),
        kind=kind,
        reason=reason,
        by=by,
        today=tx.today(unit),
        because=rule.because,
    )
    tx.emit(told, because=rule.because)
    _log(tx, summary, "action_requested", action_id=summary.action_id)
    return summary


def _rule(tx: CustomerTransaction, unit: str) -> Ruling[OpinionRule]:
    found: Ruling[OpinionRule] = tx.policies.ruling("opinions", unit=unit, on=tx.today(unit))
    return found


def _midnight(tx: CustomerTransaction, unit: str, day: date) -> datetime:
    return datetime.combine(day, time.min, tx.calendar(unit).timezone)


def _log(tx: CustomerTransaction, summary: OpinionSummary, act: str, **data: object) -> None:
    subject = f"opinion_summary/{summary.id}"
    tx.record(f"opinions.{act}", subject, **data)
    tx.note(subject, f"opinions_{act}", because=summary.because, **data)
