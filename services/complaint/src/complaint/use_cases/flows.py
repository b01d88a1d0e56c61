"""Cases that follow a preset flow go to whoever answers for the stage that they reach (PT-19)."""

from collections.abc import Collection, Sequence
from typing import Any, TypeVar
from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.case_contacts import NamedContact
from complaint.domain.clocks import ClockName
from complaint.domain.events.cases import OfCase
from complaint.domain.flow_cases import Arrival, FlowCase
from complaint.domain.flows import Stage, StageRule
from complaint.domain.progress import ProgressContact
from complaint.domain.satisfaction import Method
from complaint.domain.staff import Caller, Filer, TierEmpty, check_roles
from complaint.use_cases.case_contacts import name_contact
from complaint.use_cases.clocks import settle, start_anew, tell_missed
from shared.envelope import Event
from shared.ids import new_id
from shared.numbers import next_number
from shared.rules import Invalid, Ruling, UnitUnknown, WrongState
from shared.scope import may_see

Kind = TypeVar("Kind", bound=FlowCase)
LOWEST = 1  # The priority of a kind to which packs give no other.


class PersonNotOnStaff(Invalid):
    """Whoever shall work on a case holds a post."""

    code = "person_not_on_staff"


def taken(tx: ComplaintTransaction, kind: type[Kind], case_id: UUID, *, by: Caller) -> Kind:
    """The case for a command of somebody who is called upon, or answers for its stage.

    Raises NotFound, NotOfThisTier.
    """
    case = tx.cases.take(kind, case_id, unit=by.unit)
    tell_missed(tx, case)
    check_member(tx, case, by=by)
    return case


def responsible(
    tx: ComplaintTransaction,
    *,
    kind: str,
    unit: str,
    stage: Stage,
    person: UUID | None = None,
    heir: UUID | None = None,
) -> Ruling[UUID]:
    """Who of the roles that answer for a stage is nearest to the unit, unless it is ``person``. Of
    several ``heir`` goes first: the successor of one who left (E-38).

    Raises UnitUnknown, CalendarMissing, PolicyMissing, TierEmpty.
    """
    rule = _stage_rule(tx, kind=kind, unit=unit, stage=stage)
    found = [person] if person else tx.staff.nearest(rule.value.roles, unit=unit)
    if not found:
        raise TierEmpty(
            f"Nobody answers for {stage} at {unit}.",
            because=rule.because,
            roles=[role.value for role in rule.value.roles],
        )
    return Ruling(heir if heir in found else found[0], rule.because)


def received(
    tx: ComplaintTransaction, kind: type[FlowCase], arrival: Arrival, *, by: Filer
) -> Ruling[UUID]:
    """To whom a case of that kind goes that comes in for a unit which the caller sees (PT-19).

    Raises UnitUnknown, ReceivedInFuture, CalendarMissing, PolicyMissing, TierEmpty.
    """
    unit = arrival.org_unit
    if not may_see(tx.session, principal_unit=by.unit, unit=unit):
        raise UnitUnknown("The organisational unit is not known here.", unit=unit)
    arrival.check(tx.now)
    return responsible(tx, kind=kind.kind, unit=unit, stage=kind.flow.first)


def take_in(
    tx: ComplaintTransaction,
    kind: type[Kind],
    *,
    by: Filer,
    to: Ruling[UUID],
    arrival: Arrival,
    matter: str,
    level: int = LOWEST,
    contact: NamedContact | None = None,
    **facts: Any,
) -> Kind:
    """Keep a new case of that kind, which goes to the person ``to``; ``contact`` is written to
    about it.

    ``facts`` are what the kind has besides.
    """
    unit = arrival.org_unit
    case = kind(
        id=new_id(),
        number=f"{unit}-{kind.kind}-{next_number(tx.session, f'{kind.kind}/{unit}')}",
        arrival=arrival,
        matter=matter,
        level=level,
        handler_id=to.value,
        assigned_ids=frozenset({to.value}),
        filed_by=by.id,
        filed_at=tx.now,
        **facts,
    )
    told = case.filed(to)
    tx.cases.add(case)
    name_contact(tx, case, contact)
    settle(tx, case, told)
    return case


def go_on(
    tx: ComplaintTransaction,
    case: Kind,
    told: Sequence[Event],
    *,
    done: str = "",
    to: UUID | None = None,
) -> Kind:
    """Something was done about a case; where it reached another stage by that, it goes to whoever
    answers for it, or to the person ``to``.

    ``done`` names in the timeline what no event tells. Raises TierEmpty.
    """
    if done:
        tx.note(case.ref.subject, f"{case.kind}_{done}", state=case.state.value)
    stage = case.step
    if stage and case.unanswered:
        next_one = responsible(tx, kind=case.kind, unit=case.unit, stage=stage, person=to)
        told = [*told, *case.hand_to(next_one, now=tx.now)]
    settle(tx, case, told)
    return case


def contact(
    tx: ComplaintTransaction, by: Caller, *, method: Method, content: str
) -> ProgressContact:
    """That the customer is told something now."""
    return ProgressContact(id=new_id(), by=by.id, at=tx.now, method=method, content=content)


def check_member(tx: ComplaintTransaction, case: FlowCase, *, by: Caller) -> None:
    """Let only those act who are called upon, or who hold a role that answers for the stage.

    Raises NotOfThisTier.
    """
    if by.id in case.assigned_ids or case.step is None:
        return
    rule = stage_rule(tx, case)
    check_roles(by, roles=rule.value.roles, because=rule.because)


def stage_rule(tx: ComplaintTransaction, case: FlowCase) -> Ruling[StageRule]:
    """Which roles answer for the stage of a case. Raises WrongState once it has none."""
    if case.step is None:
        raise WrongState("The case is closed.", state=case.state.value, allowed=[])
    return _stage_rule(tx, kind=case.kind, unit=case.unit, stage=case.step)


def told_progress(tx: ComplaintTransaction, case: FlowCase, told: list[OfCase]) -> None:
    """The customer was told how it goes; the time for the next such contact begins (PT-26)."""
    start_anew(tx, case, ClockName.PROGRESS_CONTACT)
    settle(tx, case, told)


def relieve(tx: ComplaintTransaction, case: FlowCase, *, heir: UUID | None = None) -> None:
    """Somebody who was called upon holds no post any more: others take over (PT-19).

    Raises TierEmpty.
    """
    gone = {one for one in case.assigned_ids if not tx.staff.posts_of(one)}
    if gone and case.step:
        next_one = responsible(tx, kind=case.kind, unit=case.unit, stage=case.step, heir=heir)
        settle(tx, case, case.relieve(gone, next_one, now=tx.now))


def check_staff(tx: ComplaintTransaction, people: Collection[UUID]) -> None:
    """Whoever shall do something holds a post. Raises PersonNotOnStaff."""
    for person in people:
        if not tx.staff.posts_of(person):
            raise PersonNotOnStaff("This person holds no post.", person_id=str(person))


def _stage_rule(
    tx: ComplaintTransaction, *, kind: str, unit: str, stage: Stage
) -> Ruling[StageRule]:
    day = tx.day_of(unit, tx.now)
    found: Ruling[StageRule] = tx.policies.ruling(
        "stages", unit=unit, on=day, kind=kind, stage=stage
    )
    return found
