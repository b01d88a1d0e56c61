"""Find the same thing again and again, and let a department act on it (CP-58, E-24).

By what a case is like others is kept with its filing, together with a timer that is due at once.
The timer counts what is committed: of cases that are filed at the same time the last one to be
counted sees all, so that none is missed and filings do not wait for each other.
"""

from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.cases import Case
from complaint.domain.corrective_actions import ActionKind, ActionSource
from complaint.domain.patterns import (
    Pattern,
    PatternMark,
    RepeatThreshold,
    likeness,
    repeated,
    responsible,
)
from complaint.use_cases import corrective_actions
from shared.ids import new_id
from shared.org_units import require
from shared.rules import Ruling, UnitUnknown

COUNT = "pattern.count"
REASON = "repeated_cases"  # Why such an action is needed.


def note(tx: ComplaintTransaction, case: Case) -> None:
    """A case was taken in, or more is known of it: keep by what it is like others, and count."""
    found = likeness(case)
    if found is None:
        return
    category, product, named = found
    mark = tx.patterns.mark(case.id)
    if mark is None:
        mark = PatternMark(
            case_id=case.id,
            org_unit=case.unit,
            category=category,
            product=product,
            department=_department(tx, named),
            filed_at=case.filed_at,
        )
        tx.patterns.put(mark)
    elif (mark.product, mark.department) == (product, _department(tx, named)):
        return
    elif mark.pattern_id is None:
        mark.product, mark.department = product, _department(tx, named)
    if _rules(tx, mark):
        tx.set_timer(COUNT, case.ref.subject, tx.now)


def count(tx: ComplaintTransaction, case_id: UUID) -> None:
    """Whether there are too many cases like this one: then a department has to act, unless it does
    already. Raises UnitUnknown, CalendarMissing, PolicyMissing."""
    mark = tx.patterns.mark(case_id)
    rules = _rules(tx, mark) if mark else []
    if mark is None or mark.pattern_id or not rules:
        return
    rule = rules[0]
    unit = tx.patterns.scope(mark, rule.value)
    open_one = tx.patterns.open_of(unit, mark)
    if open_one:
        open_one.join(mark)
        return
    found = repeated(tx.patterns.near(mark, unit, rule.value), mark, rule.value)
    if found:
        _detect(tx, unit, found, rule)


def _detect(
    tx: ComplaintTransaction, unit: str, found: list[PatternMark], rule: Ruling[RepeatThreshold]
) -> None:
    department = responsible(found) or unit
    pattern = Pattern(
        id=new_id(),
        org_unit=unit,
        category=found[0].category,
        product=found[0].product,
        department=department,
        cases=len(found),
        first_at=found[0].filed_at,
        last_at=found[-1].filed_at,
        detected_at=tx.now,
        action_id=new_id(),
        because=rule.because,
    )
    tx.patterns.add(pattern)
    for mark in found:
        mark.pattern_id = pattern.id
        tx.note(f"pattern/{pattern.id}", "case_joined", case_id=mark.case_id)
    corrective_actions.open_action(
        tx,
        action_id=pattern.action_id,
        kind=ActionKind.CORRECTIVE,
        source=ActionSource.PATTERN,
        source_id=pattern.id,
        unit=unit,
        department=department,
        reason=REASON,
    )
    told = tuple(tx.staff.nearest(rule.value.told, unit=department))
    tx.tell([pattern.detected((mark.case_id for mark in found), told)])


def _rules(tx: ComplaintTransaction, mark: PatternMark) -> list[Ruling[RepeatThreshold]]:
    on = tx.day_of(mark.org_unit, tx.now)
    facts = {"category": mark.category, "product_known": bool(mark.product)}
    return tx.policies.rulings("repeat_threshold", unit=mark.org_unit, on=on, **facts)


def _department(tx: ComplaintTransaction, named: str | None) -> str | None:
    """The department that somebody named, where it is a unit that is known."""
    try:
        require(tx.session, named or "")
    except UnitUnknown:
        return None
    return named
