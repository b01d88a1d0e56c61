"""What wakes dispatch: SUBSCRIPTIONS (events of others) and TIMERS (time)."""

from typing import Any
from uuid import UUID

from marshmallow import EXCLUDE, Schema, fields

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.complaints import KnownComplaint
from dispatch.domain.work_order_states import Source
from dispatch.use_cases import priorities
from dispatch.use_cases.barring import bar_customer, release_customer
from dispatch.use_cases.book_holders import HOLDER, look_at_holder
from dispatch.use_cases.calendars import RENEWAL, renew_calendar
from dispatch.use_cases.command_queues import TIDY, tidy_queue
from dispatch.use_cases.deadlines import WAKE
from dispatch.use_cases.departures import DEPARTURE, depart
from dispatch.use_cases.handover_reminders import REMINDER, remind_of_list
from dispatch.use_cases.intake import (
    DISPATCHER_SEARCH,
    open_for_request,
    search_dispatcher_again,
)
from dispatch.use_cases.leaving import HANDS, look_at_hands
from dispatch.use_cases.overdue import wake
from dispatch.use_cases.rounds import ROUND, go_round
from shared.envelope import Received
from shared.subscriptions import Fired, Subscription, Subscriptions, Timers


class ServiceDescribedSchema(Schema):
    """As much of ``customer.service_described.v1`` as an order is made from."""

    class Meta:
        unknown = EXCLUDE

    request_id = fields.UUID(required=True)
    customer_id = fields.UUID(required=True, allow_none=True)
    org_unit = fields.String(required=True)
    place = fields.String(required=True)
    content = fields.String(required=True)
    requirements = fields.String(required=True)
    reply_due_at = fields.AwareDateTime(required=True)


class FieldWorkDescribedSchema(ServiceDescribedSchema):
    """The same of ``complaint.field_work_described.v1``; ``kind`` says what the case is that needs
    it, a complaint unless it says otherwise."""

    complaint_id = fields.UUID(required=True)
    kind = fields.String(load_default="complaint")


class GradeChangedSchema(Schema):
    """As much of ``customer.grade_changed.v1`` as orders a queue; of a secret grade no priority is
    told."""

    class Meta:
        unknown = EXCLUDE

    customer_id = fields.UUID(required=True)
    unit = fields.String(required=True)
    scheme = fields.String(required=True)
    product = fields.String(required=True)
    priority = fields.Integer(required=True, allow_none=True)


class KeyAccountChangedSchema(Schema):
    """As much of ``customer.key_account_changed.v1`` as orders a queue."""

    class Meta:
        unknown = EXCLUDE

    customer_id = fields.UUID(required=True)
    unit = fields.String(required=True)
    is_key = fields.Boolean(required=True)


class ComplaintSchema(Schema):
    """Which complaint an event is about: ``complaint.closed.v1``, ``complaint.reopened.v1``."""

    class Meta:
        unknown = EXCLUDE

    complaint_id = fields.UUID(required=True)


class ComplaintFiledSchema(ComplaintSchema):
    """As much of ``complaint.filed.v1`` as says whose it is."""

    customer_id = fields.UUID(required=True, allow_none=True)


class BlacklistLiftedSchema(Schema):
    """Which entry of a blacklist ``customer.blacklist_lifted.v1`` is about."""

    class Meta:
        unknown = EXCLUDE

    entry_id = fields.UUID(required=True)


class BlacklistedSchema(BlacklistLiftedSchema):
    """As much of ``customer.blacklisted.v1`` as says who is barred."""

    customer_id = fields.UUID(required=True)
    scope = fields.String(required=True)
    unit = fields.String(required=True, allow_none=True)


def on_field_work_described(
    tx: DispatchTransaction, _event: Received, data: dict[str, Any]
) -> None:
    remedies = data.pop("kind") == "complaint"
    open_for_request(tx, source=Source.COMPLAINT, remedies=remedies, **data)


def on_service_described(tx: DispatchTransaction, _event: Received, data: dict[str, Any]) -> None:
    open_for_request(tx, source=Source.CUSTOMER, complaint_id=None, **data)


def on_complaint_opened(tx: DispatchTransaction, event: Received, data: dict[str, Any]) -> None:
    _keep_complaint(tx, event, data, is_open=True)


def on_complaint_closed(tx: DispatchTransaction, event: Received, data: dict[str, Any]) -> None:
    _keep_complaint(tx, event, data, is_open=False)


def _keep_complaint(
    tx: DispatchTransaction, event: Received, data: dict[str, Any], *, is_open: bool
) -> None:
    told = KnownComplaint(
        id=data["complaint_id"],
        customer_id=data.get("customer_id"),
        is_open=is_open,
        sequence=event.sequence,
    )
    tx.complaints.keep(told)


def on_grade_changed(tx: DispatchTransaction, event: Received, data: dict[str, Any]) -> None:
    priorities.keep_grade(tx, **data, sequence=event.sequence)


def on_key_account_changed(tx: DispatchTransaction, event: Received, data: dict[str, Any]) -> None:
    priorities.keep_key_account(tx, **data, sequence=event.sequence)


def on_blacklisted(tx: DispatchTransaction, _event: Received, data: dict[str, Any]) -> None:
    bar_customer(tx, **data)


def on_blacklist_lifted(tx: DispatchTransaction, _event: Received, data: dict[str, Any]) -> None:
    release_customer(tx, **data)


def on_queue_tidy(tx: DispatchTransaction, fired: Fired) -> None:
    tidy_queue(tx, UUID(fired.data["device_id"]))


def on_calendar_renewal(tx: DispatchTransaction, fired: Fired) -> None:
    renew_calendar(tx, unit=fired.data["unit"])


def on_dispatcher_search(tx: DispatchTransaction, fired: Fired) -> None:
    search_dispatcher_again(tx, work_order_id=UUID(fired.data["work_order_id"]))


def on_customer_move(tx: DispatchTransaction, fired: Fired) -> None:
    customer_id, after = (UUID(fired.data[name]) for name in ("customer_id", "after"))
    priorities.move_orders_of(tx, customer_id, after=after)


def on_unit_move(tx: DispatchTransaction, fired: Fired) -> None:
    after = fired.data.get("after")
    priorities.move_orders_below(tx, fired.data["unit"], after=after and UUID(after))


def on_order_wake(tx: DispatchTransaction, fired: Fired) -> None:
    wake(tx, UUID(fired.data["work_order_id"]))


def on_order_hands(tx: DispatchTransaction, fired: Fired) -> None:
    look_at_hands(tx, work_order_id=UUID(fired.data["work_order_id"]))


def on_daily_check(tx: DispatchTransaction, fired: Fired) -> None:
    go_round(tx, fired.data["unit"])


def on_handover(tx: DispatchTransaction, fired: Fired) -> None:
    remind_of_list(tx, UUID(fired.data["daily_check_id"]))


def on_departure(tx: DispatchTransaction, fired: Fired) -> None:
    depart(tx, **{name: UUID(fired.data[name]) for name in ("person_id", "departure_id")})


def on_book_holder(tx: DispatchTransaction, fired: Fired) -> None:
    look_at_holder(tx, book_id=UUID(fired.data["book_id"]))


SUBSCRIPTIONS: Subscriptions = {
    "complaint.filed.v1": Subscription(reads=ComplaintFiledSchema(), handler=on_complaint_opened),
    "complaint.reopened.v1": Subscription(reads=ComplaintSchema(), handler=on_complaint_opened),
    "complaint.closed.v1": Subscription(reads=ComplaintSchema(), handler=on_complaint_closed),
    "complaint.field_work_described.v1": Subscription(
        reads=FieldWorkDescribedSchema(), handler=on_field_work_described
    ),
    "customer.blacklisted.v1": Subscription(reads=BlacklistedSchema(), handler=on_blacklisted),
    "customer.blacklist_lifted.v1": Subscription(
        reads=BlacklistLiftedSchema(), handler=on_blacklist_lifted
    ),
    "customer.grade_changed.v1": Subscription(reads=GradeChangedSchema(), handler=on_grade_changed),
    "customer.key_account_changed.v1": Subscription(
        reads=KeyAccountChangedSchema(), handler=on_key_account_changed
    ),
    "customer.service_described.v1": Subscription(
        reads=ServiceDescribedSchema(), handler=on_service_described
    ),
}

TIMERS: Timers = {
    TIDY: on_queue_tidy,
    RENEWAL: on_calendar_renewal,
    DISPATCHER_SEARCH: on_dispatcher_search,
    DEPARTURE: on_departure,
    HANDS: on_order_hands,
    priorities.MOVE_CUSTOMER: on_customer_move,
    priorities.MOVE_UNIT: on_unit_move,
    HOLDER: on_book_holder,
    WAKE: on_order_wake,
    ROUND: on_daily_check,
    REMINDER: on_handover,
}
