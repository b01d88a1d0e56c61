"""What is asked and written down when a complaint comes in (CP-01, CP-06..CP-08, CP-16, CP-23,
CP-46)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from shared.rules import Invalid, Ruling


class Complainant(StrEnum):
    """Who complains (CP-06). Staff of a shop count as franchisee; a customer is one who buys from
    the sales departments (CP-46), a key account has a manager of his own (CP-41)."""

    CONSUMER = "consumer"
    FRANCHISEE = "franchisee"
    CUSTOMER = "customer"
    KEY_ACCOUNT = "key_account"


class Channel(StrEnum):
    """How a complaint came in. Every form is accepted (CP-01, CP-16)."""

    HOTLINE = "hotline"
    TELEPHONE = "telephone"
    SMS = "sms"
    LETTER = "letter"
    FAX = "fax"
    EMAIL = "email"
    MAILBOX = "mailbox"
    NETWORK_PLATFORM = "network_platform"
    IN_PERSON = "in_person"
    OTHER = "other"


class Subject(StrEnum):
    """What a complaint is about; packs say who may complain about what, and how serious it is."""

    PRODUCT_QUALITY = "product_quality"
    BATCH_NEW_PRODUCT_QUALITY = "batch_new_product_quality"
    SHOP_ATTITUDE = "shop_attitude"
    SHOP_SERVICE = "shop_service"
    REGIONAL_SERVICE = "regional_service"
    DELIVERY = "delivery"
    FREIGHT = "freight"
    POLICY = "policy"
    DEPARTMENT_INACTION = "department_inaction"
    PROCEDURE_COMPLAINT = "procedure_complaint"
    FRAUD_ACCUSATION = "fraud_accusation"
    SERVICE_QUALITY = "service_quality"
    WORKER_CONDUCT = "worker_conduct"
    OTHER = "other"


class Severity(StrEnum):
    """How grave the problem of a key account is, and how far it reaches (CP-42)."""

    ORDINARY = "ordinary"
    MAJOR = "major"
    EMERGENCY = "emergency"


@dataclass(frozen=True)
class Details:
    """What the form tells of the matter (form F-01, CP-23); what is not known yet is None.

    ``cause_code`` is one of those that the packs name, so that causes can be counted (RP-13).
    """

    reason: str | None = None
    course: str | None = None
    cause: str | None = None
    cause_code: str | None = None
    occurred_at: datetime | None = None
    place: str | None = None
    shop_and_persons: str | None = None
    product: str | None = None
    product_code: str | None = None
    sales_order: str | None = None
    other_contacts: str | None = None
    agent_name: str | None = None
    agent_relation: str | None = None
    respondent_department: str | None = None
    respondent_person: str | None = None


@dataclass(frozen=True)
class Intake:
    """The facts of a complaint that do not change once it is taken in. Times are aware.

    ``repeat_of`` is the earlier complaint about the same event (CP-14, CP-62).
    ``accused_customer_id`` is the customer whom another one accuses (CP-46).
    """

    org_unit: str
    complainant: Complainant
    channel: Channel
    about: Subject
    received_at: datetime
    customer_id: UUID | None = None
    complainant_name: str | None = None
    complainant_phone: str | None = None
    reported_to_12315: bool = False
    repeat_of: UUID | None = None
    accused_customer_id: UUID | None = None
    severity: Severity | None = None

    def facts(self) -> dict[str, object]:
        """What the decision table of the levels looks at (CP-13..CP-15, CP-42)."""
        return {
            "complainant": self.complainant,
            "about": self.about,
            "reported_to_12315": self.reported_to_12315,
            "repeat": self.repeat_of is not None,
            "severity": self.severity,
        }


@dataclass(frozen=True)
class IntakeRule:
    """About what a kind of complainant may complain, and whether he has to say about whom.

    With ``customer_required`` it has to be known which customer complains; ``accusations`` are the
    subjects by which he accuses another customer (CP-46). With ``severity_required`` whoever takes
    it in says how grave it is (CP-42). ``against_persons`` are the subjects by which he complains
    about somebody, whom he has to name (CP-53).
    """

    subjects: frozenset[Subject]
    respondent_required: bool
    customer_required: bool = False
    accusations: frozenset[Subject] = frozenset()
    severity_required: bool = False
    against_persons: frozenset[Subject] = frozenset()


class SubjectNotAllowed(Invalid):
    """This kind of complainant does not complain about that (CP-07)."""

    code = "subject_not_allowed"


class RespondentMissing(Invalid):
    """It is not said against which department or person the complaint is (CP-08, CP-53)."""

    code = "respondent_missing"


class CustomerMissing(Invalid):
    """It is not said which customer complains (CP-46)."""

    code = "customer_missing"


class AccusedMissing(Invalid):
    """It is not said which customer is accused (CP-46)."""

    code = "accused_missing"


class AccusedNotAsked(Invalid):
    """A complaint about this accuses no customer (CP-46)."""

    code = "accused_not_asked"


class AccusedIsComplainant(Invalid):
    """A customer accuses another one, not himself (CP-46)."""

    code = "accused_is_complainant"


class SeverityMissing(Invalid):
    """It is not said how grave the problem is (CP-42)."""

    code = "severity_missing"


class SeverityNotAsked(Invalid):
    """The level of such a complaint does not hang on how grave it is said to be (CP-42)."""

    code = "severity_not_asked"


class ReceivedInFuture(Invalid):
    """A complaint cannot be taken in before it was received."""

    code = "received_in_future"


def check(intake: Intake, details: Details, *, rule: Ruling[IntakeRule], now: datetime) -> None:
    """Refuse an intake that the pack does not know (CP-06..CP-08, CP-42, CP-46, CP-53).

    Raises SubjectNotAllowed, RespondentMissing, CustomerMissing, AccusedMissing, AccusedNotAsked,
    AccusedIsComplainant, SeverityMissing, SeverityNotAsked, ReceivedInFuture.
    """
    if intake.about not in rule.value.subjects:
        raise SubjectNotAllowed(
            f"A {intake.complainant} does not complain about {intake.about}.",
            because=rule.because,
            allowed=sorted(rule.value.subjects),
        )
    if intake.about in rule.value.against_persons and not details.respondent_person:
        raise RespondentMissing("Say which person it is against.", because=rule.because)
    named = details.respondent_department or details.respondent_person
    if rule.value.respondent_required and not named:
        raise RespondentMissing("Say whom the complaint is against.", because=rule.because)
    if rule.value.customer_required and intake.customer_id is None:
        raise CustomerMissing("Say which customer complains.", because=rule.because)
    _check_accused(intake, rule)
    _check_severity(intake, rule)
    if intake.received_at > now:
        raise ReceivedInFuture("The complaint was received in the future.")


def _check_accused(intake: Intake, rule: Ruling[IntakeRule]) -> None:
    accused = intake.accused_customer_id
    if intake.about in rule.value.accusations:
        if accused is None:
            raise AccusedMissing("Say which customer is accused.", because=rule.because)
        if accused == intake.customer_id:
            raise AccusedIsComplainant("A customer accuses another one.", because=rule.because)
    elif accused is not None:
        raise AccusedNotAsked(f"{intake.about} accuses no customer.", because=rule.because)


def _check_severity(intake: Intake, rule: Ruling[IntakeRule]) -> None:
    if rule.value.severity_required and intake.severity is None:
        raise SeverityMissing("Say how grave it is.", because=rule.because)
    if intake.severity is not None and not rule.value.severity_required:
        raise SeverityNotAsked("How grave it is follows from the matter.", because=rule.because)
