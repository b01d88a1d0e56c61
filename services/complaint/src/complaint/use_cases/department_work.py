"""What all that departments have to do has in common: whose it is, who may go on with it, and by
when it is due by the department's own calendar."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.clock_rules import ClockRule
from complaint.domain.deadlines import Deadline, deadline_from
from complaint.domain.department_work import (
    DepartmentTask,
    DueInPast,
    NotOfTheDepartment,
    OwnerUnknown,
)
from complaint.domain.staff import Caller, Role
from shared.envelope import Event
from shared.org_units import calendar_of
from shared.rules import Because, Ruling
from shared.scope import may_see


def settle(
    tx: ComplaintTransaction,
    task: DepartmentTask,
    events: Sequence[Event] = (),
    *,
    wake: str,
    done: str,
) -> None:
    """Tell what happened to a task, note what was ``done``, and set the timer ``wake`` that says
    when it is late."""
    tx.tell(events)
    tx.note(task.subject, done)
    if task.wakes_at:
        tx.set_timer(wake, task.subject, task.wakes_at)
    else:
        tx.cancel_timer(wake, task.subject)


def deadline(tx: ComplaintTransaction, department: str, rule: Ruling[ClockRule]) -> Deadline:
    """When the time of the rule is up that begins now. Raises UnitUnknown, CalendarMissing."""
    return deadline_from(rule, tx.now, calendar=calendar_of(tx.session, department))


def warning(tx: ComplaintTransaction, rule: ClockRule, due_at: datetime) -> datetime | None:
    """When to warn of a time that somebody chose; None where it is too late for a warning.

    Raises DueInPast.
    """
    if due_at <= tx.now:
        raise DueInPast("It would be due in the past.")
    warn_at = due_at - timedelta(hours=rule.warn_hours)
    return warn_at if warn_at > tx.now else None


def owner(
    tx: ComplaintTransaction,
    department: str,
    roles: Collection[Role],
    *,
    because: Because,
    named: UUID | None = None,
) -> UUID:
    """The person named, or the nearest holder of one of ``roles``. Raises OwnerUnknown."""
    if named:
        found = [named] if tx.staff.posts_of(named) else []
    else:
        found = tx.staff.nearest(roles, unit=department)
    if not found:
        raise OwnerUnknown("Nobody is there to do it.", because=because)
    return found[0]


def seat_of(
    tx: ComplaintTransaction, roles: Collection[Role], *, unit: str
) -> tuple[str, UUID | None]:
    """The department that has to act for ``unit``, where nobody named one: that of the nearest
    holder of one of ``roles``, and he; else the unit itself, and nobody."""
    found = tx.staff.nearest(roles, unit=unit)
    if not found:
        return unit, None
    posts = tx.staff.posts_of(found[0])
    return min(seat for seat, role in posts if role in roles), found[0]


def check_department(
    tx: ComplaintTransaction,
    department: str,
    *,
    by: Caller,
    roles: Collection[Role],
    because: Because,
    owner_id: UUID | None = None,
) -> None:
    """Let the owner act, and whoever has one of ``roles`` where the department is.

    Raises NotOfTheDepartment.
    """
    if owner_id and by.id == owner_id:
        return
    in_reach = may_see(tx.session, principal_unit=by.unit, unit=department)
    if not (in_reach and by.roles.intersection(roles)):
        raise NotOfTheDepartment("Others do this.", because=because, roles=sorted(roles))
