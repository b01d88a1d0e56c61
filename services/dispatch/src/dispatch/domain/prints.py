"""Work orders on paper: two parts of one record, and a log of what was printed (WO-02, F-02)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from dispatch.domain.sheets import Sheet
from dispatch.domain.work_order_states import Command, target
from shared.rules import Because, Forbidden, Ruling

if TYPE_CHECKING:
    from dispatch.domain.work_orders import WorkOrder


class Part(StrEnum):
    """The two parts of an order, in the order in which they are printed (WO-02)."""

    STUB = "stub"  # The dispatch centre keeps it.
    COPY = "copy"  # The executor takes it along (WO-08).


class Language(StrEnum):
    """The languages of the forms."""

    CHINESE = "zh-CN"
    ENGLISH = "en"


class Duty(StrEnum):
    """The duties whose articles have one number in the text (WO-20)."""

    COMPLETION = "completion"
    DAILY_CHECK = "daily_check"


@dataclass(frozen=True, kw_only=True)
class PrintRule:
    """Who prints a part: those who hold one of ``roles`` over the order, and with ``by_receiver``
    whoever is to carry it out."""

    roles: tuple[str, ...]
    by_receiver: bool = False


@dataclass(frozen=True)
class ArticleRule:
    """By which number the article of a duty is referred to (WO-20)."""

    article: str


@dataclass(eq=False, kw_only=True)
class Print:
    """One part that was printed. Those of one order that were printed together share ``number``,
    from 1; ``copy_no`` counts how often this part was printed, and 1 is the original. ``sheet`` is
    what stands on it and ``digest`` the SHA-256 (hex) of that. It never changes."""

    id: UUID
    work_order_id: UUID
    number: int
    part: Part
    copy_no: int
    language: Language
    printed_at: datetime
    printed_by: UUID
    digest: str
    because: Because
    sheet: Sheet


class MayNotPrint(Forbidden):
    """The caller is none of those who print this part (WO-02)."""

    code = "may_not_print"


def check_printable(order: "WorkOrder") -> None:
    """Refuse a draft: it has no number yet, and nobody to go to. Raises WrongState."""
    target(order.state, Command.PRINT)


def check_printing(
    order: "WorkOrder", rule: Ruling[PrintRule], *, roles: Collection[str], by: UUID
) -> None:
    """Refuse whoever does not print this part of the order. Raises MayNotPrint (WO-02)."""
    receives = rule.value.by_receiver and by == order.receiver_id
    if not receives and not set(roles) & set(rule.value.roles):
        raise MayNotPrint("you may not print this part of the order", because=rule.because)
