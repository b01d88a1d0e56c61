"""The form of a work order, filled in from the order (F-02)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from dispatch.domain.breaches import Breach
from dispatch.domain.completeness import FIELDS
from dispatch.domain.daily_checks import Entry as OpenEntry
from dispatch.domain.prints import Part
from dispatch.domain.sheets import Box, Cited, Entry, Note, Sheet
from dispatch.domain.signatures import Signature
from dispatch.domain.work_order_rules import CompletionRule, IssueRule, Need
from dispatch.domain.work_orders import WorkOrder

# An order may be reported on without end, and its paper is to have one.
REPORTS = 20


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the form needs to know besides the order. ``names`` are those of people by id and
    ``receiver_role`` the post that receives; ``open_reasons`` were given in daily checks;
    ``masked`` hides the name of a client."""

    names: Mapping[UUID, str]
    receiver_role: str | None
    unit: str
    zone: ZoneInfo
    now: datetime
    by: UUID
    breaches: Sequence[Breach]
    open_reasons: Sequence[OpenEntry]
    issuing: IssueRule
    completing: CompletionRule
    cited: tuple[Cited, ...]
    regulation: str
    owner: str
    masked: Callable[[str], str]

    def at(self, moment: datetime | None) -> str | None:
        """A time as it stands on the form, to the minute."""
        return moment.astimezone(self.zone).strftime("%Y-%m-%d %H:%M") if moment else None

    def name(self, person_id: UUID | None) -> str | None:
        """How a person is called; somebody who is not known by his id."""
        return self.names.get(person_id, str(person_id)) if person_id else None


def sheet_of(
    order: WorkOrder, facts: Facts, *, part: Part, copy_no: int, link: str | None = None
) -> Sheet:
    """One part of an order, as it stands. What breaches cost and dispatchers note for each other is
    no business of the executor's copy, which leaves the house, and to sign by the link none of the
    stub. Raises Impossible."""
    shown, omitted = _notes(order, facts)
    return Sheet(
        part=part,
        copy_no=copy_no,
        order_no=order.given_out()[0],
        state=order.state,
        unit=facts.unit,
        zone=facts.zone.key,
        printed_at=facts.at(facts.now) or "",
        printed_by=facts.name(facts.by) or "",
        entries=tuple(_entries(order, facts)),
        boxes=tuple(_boxes(order, facts)),
        notes=(*shown, *(_of_the_house(facts) if part is Part.STUB else ())),
        omitted=omitted,
        cited=facts.cited,
        regulation=facts.regulation,
        owner=facts.owner,
        link=link if part is Part.COPY else None,
    )


def _entries(order: WorkOrder, facts: Facts) -> Iterator[Entry]:
    """The fields of the order from its dispatch to its completion."""
    mandatory = {FIELDS[name] for name in facts.issuing.mandatory}
    yield Entry(name="source", value=order.source, coded=True)
    yield Entry(name="category", value=order.category, mandatory="category" in mandatory)
    for name in ("dispatcher_id", "receiver_id"):
        person = facts.name(getattr(order, name))
        yield Entry(name=name, value=person, mandatory=name in mandatory)
    yield Entry(name="receiver_role", value=facts.receiver_role, coded=True)
    for name in ("issued_at", "reply_due_at", "accepted_at", "completed_at"):
        moment = facts.at(getattr(order, name))
        yield Entry(name=name, value=moment, mandatory=name in mandatory)
    for name in ("book_no", "page_no", "customer_id", "complaint_id"):
        found = getattr(order, name)
        if found:
            yield Entry(name=name, value=str(found))
    for name in ("place", "content", "requirements"):
        yield Entry(name=name, value=getattr(order, name), mandatory=name in mandatory)
    needed = Need.REMARKS in facts.completing.needs
    yield Entry(name="remarks", value=order.remarks, mandatory=needed)


def _boxes(order: WorkOrder, facts: Facts) -> Iterator[Box]:
    client = order.client_signature
    yield _box("acceptance", order.acceptance, facts)
    yield Box(
        field="client_signature",
        name=facts.masked(client.name) if client else None,
        at=facts.at(client.at) if client else None,
    )
    yield _box("dispatcher_signature", order.dispatcher_signature, facts)
    yield Box(field="archive", name=facts.name(order.archived_by), at=facts.at(order.archived_at))


def _box(field: str, signature: Signature | None, facts: Facts) -> Box:
    if signature is None:
        return Box(field=field)
    return Box(field=field, name=signature.name, at=facts.at(signature.at))


def _notes(order: WorkOrder, facts: Facts) -> tuple[list[Note], int]:
    """What was said of the order, in the order in which it is said, and how many reports are left
    out."""
    reports = order.progress_reports[-REPORTS:]
    notes = [
        _note("progress_report", one.at, one.by, one.text, facts, code=_per_cent(one.percent))
        for one in reports
    ]
    unable, called = order.unable_report, order.call_back_made
    if unable:
        notes.append(_note("unable_report", unable.at, unable.by, unable.reason, facts))
    if unable and unable.decided_at and unable.decided_by:
        reason, decision = unable.decision_reason or "", unable.decision
        made = _note("decision", unable.decided_at, unable.decided_by, reason, facts, code=decision)
        notes.append(made)
    if called:
        code = "satisfied" if called.satisfied else "not_satisfied"
        notes.append(_note("call_back", called.at, called.by, called.result, facts, code=code))
    return notes, len(order.progress_reports) - len(reports)


def _note(
    kind: str, at: datetime, by: UUID, text: str, facts: Facts, *, code: str | None = None
) -> Note:
    return Note(kind=kind, at=facts.at(at) or "", by=facts.name(by) or "", text=text, code=code)


def _of_the_house(facts: Facts) -> Iterator[Note]:
    """Why the order was open at the end of a shift (WO-17), and what each breach takes off whose
    pay, in CNY, by which clause (WO-09 to WO-16)."""
    for entry in facts.open_reasons[-REPORTS:]:
        if entry.answered_at and entry.answered_by:
            text = f"{entry.reason}\n{entry.instruction}"
            yield _note("open_reason", entry.answered_at, entry.answered_by, text, facts)
    for breach in facts.breaches:
        said = f"{breach.items} × {breach.amount / breach.items} = {breach.amount} CNY"
        text = f"{said} ({breach.because.rule}, {breach.because.clause})"
        yield _note("penalty", breach.occurred_at, breach.person_id, text, facts, code=breach.code)


def _per_cent(percent: int | None) -> str | None:
    return None if percent is None else f"{percent} %"
