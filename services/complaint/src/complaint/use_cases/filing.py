"""Take a complaint in."""

from dataclasses import replace

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain import intake as intakes
from complaint.domain.case_contacts import NamedContact
from complaint.domain.clock_rules import ClockUnruled
from complaint.domain.clocks import ClockName
from complaint.domain.complaint import Complaint
from complaint.domain.emergencies import Cause
from complaint.domain.filing import Filing
from complaint.domain.intake import Details, Intake
from complaint.domain.levels import Suggestion, choose, suggest
from complaint.domain.repeats import same_subject
from complaint.domain.staff import Filer
from complaint.use_cases import patterns
from complaint.use_cases.case_contacts import name_contact, tell_news
from complaint.use_cases.causes import check_cause
from complaint.use_cases.chain import leader_of, team_of
from complaint.use_cases.clocks import settle
from complaint.use_cases.emergencies import start_if_grave
from shared.ids import new_id
from shared.numbers import next_number
from shared.rules import Invalid, NotFound, UnitUnknown
from shared.scope import may_see

PROCEDURE = "procedure_named"  # In the timeline: by which document a complaint is handled.


class RepeatUnknown(Invalid):
    """The earlier complaint about the same event is not there, or not to be seen."""

    code = "repeat_unknown"


def file_complaint(
    tx: ComplaintTransaction,
    *,
    by: Filer,
    intake: Intake,
    details: Details,
    level: int | None = None,
    level_reason: str | None = None,
    contact: NamedContact | None = None,
) -> Complaint:
    """Take a complaint in at the level of the decision table, or above it for a reason, give it to
    the persons of that level and start the first-contact clock (CP-06..CP-21).

    Raises UnitUnknown, RepeatUnknown, TierEmpty, and what the domain refuses.
    """
    _check(tx, by=by, intake=intake, details=details)
    intake = _linked(tx, intake, details, by=by)
    suggestion = _suggest(tx, intake)
    chosen = choose(suggestion, wanted=level, reason=level_reason)
    filing = _filing(tx, intake, details, suggestion=suggestion, level=chosen, by=by)
    return _keep(tx, filing, level_reason=level_reason, contact=contact)


def _filing(
    tx: ComplaintTransaction,
    intake: Intake,
    details: Details,
    *,
    suggestion: Suggestion,
    level: int,
    by: Filer,
) -> Filing:
    return Filing(
        id=new_id(),
        form_id=new_id(),
        number=_number(tx, intake.org_unit),
        intake=intake,
        details=details,
        suggestion=suggestion,
        team=team_of(tx, intake, level=level),
        filed_by=by.id,
        filed_at=tx.now,
    )


def _check(tx: ComplaintTransaction, *, by: Filer, intake: Intake, details: Details) -> None:
    unit = intake.org_unit
    if not may_see(tx.session, principal_unit=by.unit, unit=unit):
        raise UnitUnknown("The organisational unit is not known here.", unit=unit)
    today = tx.day_of(unit, tx.now)
    check_cause(tx, details.cause_code, unit=unit)
    rule = tx.policies.ruling("intake", unit=unit, on=today, complainant=intake.complainant)
    intakes.check(intake, details, rule=rule, now=tx.now)
    if intake.repeat_of:
        try:
            tx.complaints.get(intake.repeat_of, unit=by.unit)
        except NotFound:
            raise RepeatUnknown("The earlier complaint is not known here.") from None


def _linked(tx: ComplaintTransaction, intake: Intake, details: Details, *, by: Filer) -> Intake:
    """The intake with the earlier complaint about the same event, where a link names none but the
    pack's rule finds one (CP-62)."""
    today = tx.day_of(intake.org_unit, tx.now)
    rules = tx.policies.rulings("repeats", unit=intake.org_unit, on=today)
    if intake.repeat_of or not rules:
        return intake
    since = rules[0].value.since(intake.received_at)
    for earlier in tx.complaints.earlier_of(intake, unit=by.unit, since=since):
        told = earlier.form.details
        if same_subject(intake, details, earlier=earlier.intake, earlier_details=told):
            return replace(intake, repeat_of=earlier.id)
    return intake


def _suggest(tx: ComplaintTransaction, intake: Intake) -> Suggestion:
    today = tx.day_of(intake.org_unit, tx.now)
    return suggest(tx.policies.rulings("levels", unit=intake.org_unit, on=today, **intake.facts()))


def _number(tx: ComplaintTransaction, unit: str) -> str:
    return f"{unit}-{next_number(tx.session, f'complaint/{unit}')}"


def _keep(
    tx: ComplaintTransaction,
    filing: Filing,
    *,
    level_reason: str | None,
    contact: NamedContact | None,
) -> Complaint:
    complaint = filing.complaint()
    tx.cases.add(complaint)
    settle(tx, complaint)
    patterns.note(tx, complaint)
    first_contact = complaint.clock(ClockName.FIRST_CONTACT)
    if first_contact is None:
        raise ClockUnruled("No rule says when the complainant has to be contacted.")
    filed = filing.events(first_contact)
    tx.tell(filed)
    by, cause = filing.filed_by, Cause.FILED
    tx.tell(start_if_grave(tx, complaint, by=by, cause=cause, reason=level_reason))
    name_contact(tx, complaint, contact)
    tell_news(tx, complaint, filed)
    _report(tx, complaint)
    reasons = filing.suggestion.reasons
    tx.note(
        f"complaint/{complaint.id}",
        "level_set",
        because=reasons[0].because,
        suggested=filing.suggestion.level,
        level=complaint.level,
        reasons=[reason.reason for reason in reasons],
        level_reason=level_reason,
    )
    return complaint


def _report(tx: ComplaintTransaction, complaint: Complaint) -> None:
    """Whoever took it in reports it to the leader, where packs say so (CP-53), and by which
    document it is handled stands in the timeline (CP-57)."""
    leader = leader_of(tx, complaint.intake)
    if leader:
        tx.tell([complaint.reported(leader, now=tx.now)])
    day = tx.day_of(complaint.unit, tx.now)
    for rule in tx.policies.rulings("procedure", unit=complaint.unit, on=day)[:1]:
        named = {"number": rule.value.number, "title": rule.value.title}
        tx.note(complaint.ref.subject, PROCEDURE, because=rule.because, **named)
