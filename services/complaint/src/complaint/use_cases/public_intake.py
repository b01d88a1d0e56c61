"""A customer files something himself, without a token (CP-16, PT-20)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.case_contacts import NamedContact
from complaint.domain.chain import LevelUnknown
from complaint.domain.clock_rules import ClockUnruled
from complaint.domain.complaint import Complaint
from complaint.domain.intake import Details, Intake
from complaint.domain.public_intake import (
    IntakeClosed,
    KeyReused,
    PublicIntake,
    check_complainant,
    check_key,
)
from complaint.domain.staff import Customer, Filer, TierEmpty
from complaint.domain.tracking import TrackedCase
from complaint.use_cases import filing
from shared.call_limits import CallLimit, count
from shared.org_units import CalendarMissing, require
from shared.policy import PolicyMissing
from shared.rules import NotFound, Ruling

HOUR = timedelta(hours=1)
# What keeps a case from anybody's hands is nothing that a customer can mend.
CLOSED = (TierEmpty, PolicyMissing, CalendarMissing, LevelUnknown, ClockUnruled)
TURN_TO_STAFF = "Nothing can be taken in there this way; turn to the staff."


@dataclass(frozen=True)
class Sent:
    """A request of a stranger: its ``Idempotency-Key``, the digest of its content, and the address
    that it came from."""

    key: str
    content: str
    address: str


@dataclass(frozen=True)
class Filed:
    """A case, and the code by which its customer finds it."""

    tracking_code: str
    case: TrackedCase


def file(
    tx: ComplaintTransaction,
    sent: Sent,
    *,
    kind: str,
    unit: str,
    act: Callable[[Filer], TrackedCase],
) -> Filed:
    """Take in a case of the customer himself, which ``act`` files: it is one like any other. The
    same request gets the same answer.

    Raises UnitUnknown, IntakeClosed, TooMany, KeyWeak, KeyReused, and what ``act`` raises.
    """
    check_key(sent.key)
    if again := _filed_before(tx, sent):
        return again
    rule = rule_of(tx, unit)
    if kind not in rule.value.kinds:
        raise IntakeClosed(TURN_TO_STAFF)
    _count(tx, sent, unit=unit, rule=rule.value)
    # What is counted waits for what was counted before it, which may have been the same request.
    if again := _filed_before(tx, sent):
        return again
    try:
        case = act(Customer(unit))
    except CLOSED:
        raise IntakeClosed(TURN_TO_STAFF) from None
    return _issued(tx, sent, case)


def complain(
    tx: ComplaintTransaction,
    by: Filer,
    *,
    intake: Intake,
    details: Details,
    contact: NamedContact | None,
) -> Complaint:
    """File a complaint. Raises ComplainantNotAsked, and what filing one raises."""
    check_complainant(intake.complainant, rule=rule_of(tx, intake.org_unit))
    return filing.file_complaint(tx, by=by, intake=intake, details=details, contact=contact)


def _filed_before(tx: ComplaintTransaction, sent: Sent) -> Filed | None:
    code = tx.trackings.code_of(key=sent.key, content=sent.content)
    try:
        return Filed(code, tx.trackings.get(code))
    except NotFound:
        if tx.trackings.is_used(sent.key):
            raise KeyReused("The key stands for another filing.") from None
        return None


def rule_of(tx: ComplaintTransaction, unit: str) -> Ruling[PublicIntake]:
    """What the unit takes in from the public. Raises UnitUnknown, IntakeClosed."""
    require(tx.session, unit)
    try:
        return tx.policies.ruling("public_intake", unit=unit, on=tx.day_of(unit, tx.now))
    except CLOSED:
        raise IntakeClosed(TURN_TO_STAFF) from None


def _count(tx: ComplaintTransaction, sent: Sent, *, unit: str, rule: PublicIntake) -> None:
    of_address = CallLimit("filings_of_address", rule.hourly_of_address, HOUR)
    of_unit = CallLimit("filings_of_unit", rule.hourly_of_unit, HOUR)
    count(tx.session, of_address, sent.address, now=tx.now)
    count(tx.session, of_unit, unit, now=tx.now)


def _issued(tx: ComplaintTransaction, sent: Sent, case: TrackedCase) -> Filed:
    code = tx.trackings.code_of(key=sent.key, content=sent.content)
    tx.trackings.issue(case.id, code, key=sent.key)
    return Filed(code, case)
