"""What dispatch tells the world. Each class has a schema in shared/contracts/events."""

from dispatch.domain.events.books import BookPagesLost, BookReminded, BookStockLow
from dispatch.domain.events.daily_checks import (
    DailyCheckOpened,
    DailyCheckReminded,
    HandoverProposed,
    HandoverSigned,
    HandoverVoided,
)
from dispatch.domain.events.deadlines import (
    WorkOrderBreachRecorded,
    WorkOrderBreachWithdrawn,
    WorkOrderHandedOn,
    WorkOrderProgressReported,
    WorkOrderReminded,
    WorkOrderReplyDueSoon,
    WorkOrderReplyOverdue,
)
from dispatch.domain.events.organisation import (
    OrgUnitChanged,
    PersonChanged,
    PersonContactChanged,
    PersonDeparted,
)
from dispatch.domain.events.penalties import (
    PenaltyConfirmed,
    PenaltyPosted,
    PenaltyProposed,
    PenaltyWaived,
    PenaltyWithdrawn,
)
from dispatch.domain.events.unable import (
    WorkOrderCancelled,
    WorkOrderDecisionReferred,
    WorkOrderUnableDecided,
    WorkOrderUnableReported,
)
from dispatch.domain.events.work_orders import (
    WorkOrderAccepted,
    WorkOrderArchived,
    WorkOrderCalledBack,
    WorkOrderCompleted,
    WorkOrderIssued,
    WorkOrderOpened,
)

__all__ = [
    "BookPagesLost",
    "BookReminded",
    "BookStockLow",
    "DailyCheckOpened",
    "DailyCheckReminded",
    "HandoverProposed",
    "HandoverSigned",
    "HandoverVoided",
    "OrgUnitChanged",
    "PenaltyConfirmed",
    "PenaltyPosted",
    "PenaltyProposed",
    "PenaltyWaived",
    "PenaltyWithdrawn",
    "PersonChanged",
    "PersonContactChanged",
    "PersonDeparted",
    "WorkOrderAccepted",
    "WorkOrderArchived",
    "WorkOrderBreachRecorded",
    "WorkOrderBreachWithdrawn",
    "WorkOrderCalledBack",
    "WorkOrderCancelled",
    "WorkOrderCompleted",
    "WorkOrderDecisionReferred",
    "WorkOrderHandedOn",
    "WorkOrderIssued",
    "WorkOrderOpened",
    "WorkOrderProgressReported",
    "WorkOrderReminded",
    "WorkOrderReplyDueSoon",
    "WorkOrderReplyOverdue",
    "WorkOrderUnableDecided",
    "WorkOrderUnableReported",
]
