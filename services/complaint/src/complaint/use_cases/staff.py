"""Keep what dispatch tells of units and persons, and do what follows for open cases."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.cases import CaseRef
from complaint.domain.complaint import Complaint
from complaint.domain.flow_cases import FlowCase
from complaint.domain.states import IN_HANDS
from complaint.use_cases import case_analyses, flows
from complaint.use_cases.call_back_reminders import relieve
from complaint.use_cases.chain import team_of
from complaint.use_cases.clocks import settle
from complaint.use_cases.follow_ups import follow_up
from complaint.use_cases.recounts import recount_below
from complaint.use_cases.weekly_reports import await_reports
from shared import org_units

REASSIGN = "team.reassign"


def keep_unit(
    tx: ComplaintTransaction,
    *,
    unit: str,
    parent: str | None,
    kind: str,
    name: str,
    calendar: Mapping[str, Any] | None,
) -> None:
    """Take over a unit; the clocks that run there are counted anew, since its hours may differ, and
    so are the times of its weekly reports."""
    org_units.define(tx.session, unit=unit, parent=parent, kind=kind, name=name, calendar=calendar)
    recount_below(tx, unit, reason="calendar")
    await_reports(tx, unit)
    case_analyses.await_below(tx, unit)


def keep_person(
    tx: ComplaintTransaction,
    *,
    person_id: UUID,
    active: bool,
    superior_id: UUID | None,
    posts: Iterable[Mapping[str, str]],
) -> None:
    """Take over a person and his posts. The open cases that called upon him, and the calls that he
    was to make, go to others when he lost a post."""
    before = tx.staff.posts_of(person_id)
    pairs = [(post["unit"], post["role"]) for post in posts]
    tx.staff.keep(person_id, active=active, superior_id=superior_id, posts=pairs)
    if before - tx.staff.posts_of(person_id):
        for ref in tx.cases.in_hands_of(person_id):
            reassign(tx, ref)
        relieve(tx, person_id)


def keep_departure(tx: ComplaintTransaction, *, person_id: UUID, successor_id: UUID | None) -> None:
    """Somebody left: what he had in hand goes to the successor who was named, where he is among
    those who would get it, else to whoever is nearest (E-38)."""
    tx.staff.leave(person_id)
    act = partial(_replace_team, heir=successor_id)
    for ref in tx.cases.in_hands_of(person_id):
        follow_up(tx, ref, act, timer=REASSIGN)
    relieve(tx, person_id)


def reassign(tx: ComplaintTransaction, ref: CaseRef, *, tries: int = 0) -> None:
    """Choose the persons of the case anew, since one of them left (CP-18..CP-20).

    Where nobody can be found now, it is tried again later.
    """
    follow_up(tx, ref, _replace_team, timer=REASSIGN, tries=tries)


def _replace_team(tx: ComplaintTransaction, case_id: UUID, *, heir: UUID | None = None) -> None:
    case = tx.cases.of_event(case_id)
    if isinstance(case, Complaint) and case.state in IN_HANDS:
        team = team_of(tx, case.intake, level=case.level, heir=heir)
        settle(tx, case, case.replace_team(team))
    elif isinstance(case, FlowCase):
        flows.relieve(tx, case, heir=heir)
