"""What is asked and written down when a complaint comes in (CP-01, CP-06..CP-08, CP-16, CP-23)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from shared.rules import Invalid, Ruling


class Complainant(StrEnum):
    """Who complains (CP-06). Staff of a shop count as franchisee."""

    CONSUMER = "consumer"
    FRANCHISEE = "franchisee"


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
    OTHER = "other"


@dataclass(frozen=True)
class Details:
    """What the form tells of the matter (form F-01, CP-23); what is not known yet is None."""

    reason: str | None = None
    course: str | None = None
    cause: str | None = None
    occurred_at: datetime | None = None
    place: str | None = None
    shop_and_persons: str | None = None
    product: str | None = None
    product_code: str | None = None
    other_contacts: str | None = None
    agent_name: str | None = None
    agent_relation: str | None = None
    respondent_department: str | None = None
    respondent_person: str | None = None


@dataclass(frozen=True)
class Intake:
    """The facts of a complaint that do not change once it is taken in. Times are aware.

    ``repeat_of`` is the earlier complaint about the same event (CP-14, CP-62).
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

    def facts(self) -> dict[str, object]:
        """What the decision table of the levels looks at (CP-13..CP-15)."""
        return {
            "complainant": self.complainant,
            "about": self.about,
            "reported_to_12315": self.reported_to_12315,
            "repeat": self.repeat_of is not None,
        }


@dataclass(frozen=True)
class IntakeRule:
    """About what a kind of complainant may complain, and whether he has to say about whom."""

    subjects: frozenset[Subject]
    respondent_required: bool


class SubjectNotAllowed(Invalid):
    """This kind of complainant does not complain about that (CP-07)."""

    code = "subject_not_allowed"


class RespondentMissing(Invalid):
    """It is not said against which department or person the complaint is (CP-08)."""

    code = "respondent_missing"


class ReceivedInFuture(Invalid):
    """A complaint cannot be taken in before it was received."""

    code = "received_in_future"


def check(intake: Intake, details: Details, *, rule: Ruling[IntakeRule], now: datetime) -> None:
    """Refuse an intake that the pack does not know (CP-06..CP-08).

    Raises SubjectNotAllowed, RespondentMissing, ReceivedInFuture.
    """
    if intake.about not in rule.value.subjects:
        raise SubjectNotAllowed(
            f"A {intake.complainant} does not complain about {intake.about}.",
            because=rule.because,
            allowed=sorted(rule.value.subjects),
        )
    named = details.respondent_department or details.respondent_person
    if rule.value.respondent_required and not named:
        raise RespondentMissing("Say whom the complaint is against.", because=rule.because)
    if intake.received_at > now:
        raise ReceivedInFuture("The complaint was received in the future.")
