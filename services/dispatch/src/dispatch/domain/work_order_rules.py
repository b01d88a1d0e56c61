"""What a pack says about work orders, as plain values, and the refusals that follow from them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dispatch.domain.people import Person
from shared.rules import Forbidden, Invalid, Ruling, WrongState


class Field(StrEnum):
    """The fields of an order that a pack may make mandatory (WO-07)."""

    DISPATCHER = "dispatcher"
    PLACE = "place"
    CONTENT = "content"
    REQUIREMENTS = "requirements"
    REPLY_DUE_AT = "reply_due_at"
    RECEIVER = "receiver"
    CATEGORY = "category"


# No order can go out without somebody who gives and somebody who takes it, and a time.
INDISPENSABLE = (Field.DISPATCHER, Field.REPLY_DUE_AT, Field.RECEIVER)


class Precision(StrEnum):
    """How finely the time of acceptance is kept (WO-08)."""

    MINUTE = "minute"
    SECOND = "second"


class Need(StrEnum):
    """What a completion may have to bring (WO-14)."""

    REMARKS = "remarks"
    CLIENT_SIGNATURE = "client_signature"


class Kind(StrEnum):
    """In which way somebody signed (WO-14): a typed name, by the link, on paper."""

    TYPED = "typed"
    LINK = "link"
    PHOTOGRAPH = "photograph"


class ClosingStep(StrEnum):
    """The steps from completion to the archive, in the order of their states (WO-15)."""

    CALL_BACK = "call_back"
    SIGN = "sign"
    ARCHIVE = "archive"


@dataclass(frozen=True)
class RoleRule:
    """The roles that may do a thing: dispatch (WO-04), receive (WO-05)."""

    roles: tuple[str, ...]


@dataclass(frozen=True)
class IssueRule:
    """What must be filled in before an order goes out (WO-07)."""

    mandatory: tuple[Field, ...]


@dataclass(frozen=True)
class NumberRule:
    """How many digits an order's number is filled up to."""

    width: int

    def written(self, org_unit: str, number: int) -> str:
        """``dispatch-centre-000001``; a longer number keeps all its digits."""
        return f"{org_unit}-{number:0{self.width}d}"


@dataclass(frozen=True)
class AcceptanceRule:
    """How exact the time of acceptance is (WO-08)."""

    precision: Precision

    def cut(self, now: datetime) -> datetime:
        """``now`` without what is finer than the rule keeps."""
        exact = now.replace(microsecond=0)
        return exact.replace(second=0) if self.precision is Precision.MINUTE else exact


@dataclass(frozen=True)
class CompletionRule:
    """What a completion must bring, and in which ways the person served may have signed (WO-14)."""

    needs: tuple[Need, ...]
    signed_by: tuple[Kind, ...] = tuple(Kind)


@dataclass(frozen=True)
class ClosingRule:
    """Who closes orders, by which steps in order, and how one may call back (WO-15)."""

    roles: tuple[str, ...]
    steps: tuple[ClosingStep, ...]
    call_back_by: tuple[str, ...]

    def before(self, step: ClosingStep) -> tuple[ClosingStep, ...]:
        """The steps of this rule that come before ``step``."""
        order = list(ClosingStep)
        return tuple(one for one in self.steps if order.index(one) < order.index(step))


@dataclass(frozen=True)
class IntakeRule:
    """Who gets the drafts that a complaint asks for; tried in this order in each unit (WO-23).

    Where nobody holds any of the roles, one looks again after ``search_again_minutes``.
    """

    roles: tuple[str, ...]
    search_again_minutes: int


@dataclass(frozen=True)
class PaperRule:
    """Whether orders that were written on paper may be entered with their blanks (WO-09)."""

    allowed: bool


class PaperNotAllowed(Invalid):
    """No orders from paper are entered here, so that nothing mandatory may be blank (WO-07)."""

    code = "paper_not_allowed"


class MayNotDispatch(Forbidden):
    """None of the caller's roles may give out work (WO-04)."""

    code = "may_not_dispatch"


class ReceiverUnfit(Invalid):
    """The receiver has left or holds no role that receives work (WO-05)."""

    code = "receiver_unfit"


class ReceiverStillFit(WrongState):
    """The receiver is there and may receive, so the order stays with him (WO-10)."""

    code = "receiver_still_fit"


class MandatoryBlank(Invalid):
    """Mandatory fields are blank; ``blank`` lists all of them (WO-07)."""

    code = "mandatory_blank"


class NotTheReceiver(Forbidden):
    """Only the receiver accepts and completes an order (WO-08, WO-14)."""

    code = "not_the_receiver"


class CompletionIncomplete(Invalid):
    """The completion lacks what ``missing`` lists (WO-14)."""

    code = "completion_incomplete"


class SignatureKindRefused(Invalid):
    """The person served is not to sign in this way (WO-14)."""

    code = "signature_kind_refused"


class MayNotClose(Forbidden):
    """None of the caller's roles may close orders where this one lies (WO-15)."""

    code = "may_not_close"


class CallBackMethod(Invalid):
    """The client was called back by a way that the rule does not know (WO-15)."""

    code = "call_back_method"


class ClosingStepMissing(WrongState):
    """A step that comes earlier was not taken; ``missing`` lists them (WO-15)."""

    code = "closing_step_missing"


def check_dispatching(roles: Collection[str], rule: Ruling[RoleRule]) -> None:
    """Refuse somebody who may not give out work. Raises MayNotDispatch (WO-04)."""
    if not set(roles) & set(rule.value.roles):
        raise MayNotDispatch("your roles may not dispatch work", because=rule.because)


def check_receiving(receiver: Person, rule: Ruling[RoleRule]) -> None:
    """Refuse a receiver who has left or may not be given work. Raises ReceiverUnfit (WO-05)."""
    if not is_fit(receiver, rule):
        raise ReceiverUnfit(
            "the receiver has left or holds no role that receives work",
            because=rule.because,
            errors={"receiver_id": ["cannot receive work"]},
        )


def check_gone(receiver: Person | None, rule: Ruling[RoleRule]) -> None:
    """Refuse to take an order from somebody who can carry it out. Raises ReceiverStillFit."""
    if is_fit(receiver, rule):
        raise ReceiverStillFit(
            "the receiver of the order is there and may receive work", because=rule.because
        )


def check_kind(kind: Kind, rule: Ruling[CompletionRule]) -> None:
    """Refuse a way of signing that the rule does not know. Raises SignatureKindRefused (WO-14)."""
    if kind not in rule.value.signed_by:
        raise SignatureKindRefused(
            "the person served does not sign in this way",
            because=rule.because,
            allowed=[one.value for one in rule.value.signed_by],
            errors={"client_signature": ["is of a kind that is not taken"]},
        )


def check_closing(roles: Collection[str], rule: Ruling[ClosingRule]) -> None:
    """Refuse somebody who may not close orders. Raises MayNotClose (WO-15)."""
    if not set(roles) & set(rule.value.roles):
        raise MayNotClose("your roles may not close this order", because=rule.because)


def check_method(method: str, rule: Ruling[ClosingRule]) -> None:
    """Refuse a call-back by a way that the rule does not know. Raises CallBackMethod (WO-15)."""
    if method not in rule.value.call_back_by:
        raise CallBackMethod(
            "the client is not called back in this way",
            because=rule.because,
            errors={"method": [f"must be one of {', '.join(rule.value.call_back_by)}"]},
        )


def check_paper(rule: Ruling[PaperRule]) -> None:
    """Refuse orders from paper where none are entered. Raises PaperNotAllowed (WO-09)."""
    if not rule.value.allowed:
        raise PaperNotAllowed(
            "no orders from paper are entered here",
            because=rule.because,
            errors={"from_paper": ["is not allowed"]},
        )


def is_fit(receiver: Person | None, rule: Ruling[RoleRule]) -> bool:
    """Whether somebody is there and may be given work (WO-05)."""
    roles = set(rule.value.roles)
    return receiver is not None and receiver.active and bool(receiver.roles & roles)
