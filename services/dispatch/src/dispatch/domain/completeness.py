"""Whether all is there that a pack asks for before an order goes on (WO-07, WO-14, WO-15)."""

from typing import TYPE_CHECKING
from uuid import UUID

from dispatch.domain.signatures import Signed
from dispatch.domain.work_order_rules import (
    INDISPENSABLE,
    ClosingRule,
    ClosingStep,
    ClosingStepMissing,
    CompletionIncomplete,
    CompletionRule,
    Field,
    IssueRule,
    MandatoryBlank,
    Need,
)
from shared.rules import Ruling

if TYPE_CHECKING:
    from dispatch.domain.work_orders import WorkOrder

FIELDS = {
    Field.DISPATCHER: "dispatcher_id",
    Field.PLACE: "place",
    Field.CONTENT: "content",
    Field.REQUIREMENTS: "requirements",
    Field.REPLY_DUE_AT: "reply_due_at",
    Field.RECEIVER: "receiver_id",
    Field.CATEGORY: "category",
}


def filled_in(
    order: "WorkOrder", rule: Ruling[IssueRule], *, from_paper: bool = False
) -> tuple[UUID, UUID]:
    """Dispatcher and receiver of an order of which nothing mandatory is blank; of one from paper
    nothing is that it cannot be without.

    Raises MandatoryBlank that lists every blank field (WO-07).
    """
    blank = [name for name in blank_items(order, rule) if not from_paper or name in INDISPENSABLE]
    if blank or order.dispatcher_id is None or order.receiver_id is None:
        raise MandatoryBlank(
            "mandatory fields are blank",
            because=rule.because,
            blank=[name.value for name in blank],
            errors={FIELDS[name]: ["is blank"] for name in blank},
        )
    return order.dispatcher_id, order.receiver_id


def blank_items(order: "WorkOrder", rule: Ruling[IssueRule]) -> list[Field]:
    """The mandatory items of an order that are blank (WO-07, WO-09)."""
    return [name for name in rule.value.mandatory if _is_blank(getattr(order, FIELDS[name]))]


def check_completion(
    remarks: str | None, client: Signed | None, rule: Ruling[CompletionRule]
) -> None:
    """Refuse a completion that lacks remarks or signature. Raises CompletionIncomplete (WO-14)."""
    given = {Need.REMARKS: remarks, Need.CLIENT_SIGNATURE: client and client.name}
    missing = [need.value for need in rule.value.needs if _is_blank(given[need])]
    if missing:
        raise CompletionIncomplete(
            "the completion is not complete",
            because=rule.because,
            missing=missing,
            errors={need: ["is missing"] for need in missing},
        )


def check_steps(order: "WorkOrder", step: ClosingStep, rule: Ruling[ClosingRule]) -> None:
    """Refuse a closing step before which another is missing. Raises ClosingStepMissing (WO-15)."""
    taken = {
        ClosingStep.CALL_BACK: order.call_back_made,
        ClosingStep.SIGN: order.dispatcher_signature,
    }
    missing = [earlier.value for earlier in rule.value.before(step) if taken[earlier] is None]
    if missing:
        raise ClosingStepMissing(
            "an earlier step of the closing is missing", because=rule.because, missing=missing
        )


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
