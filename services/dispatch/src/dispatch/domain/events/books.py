"""Books of blank orders: only what somebody has to be told of."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from shared.rules import Because


@dataclass(frozen=True, kw_only=True)
class BookStockLow:
    """Few blank books are left in the stock of a unit, so that more are to be bought (WO-03)."""

    type: ClassVar[str] = "dispatch.book_stock_low.v1"
    subject: ClassVar[str] = "book_stock/{org_unit}"

    org_unit: str
    in_stock: int
    reorder_at: int
    owner_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class BookReminded:
    """The holder of a book left or dispatches no more: it is to be returned or handed over; told
    again until it is (WO-18)."""

    type: ClassVar[str] = "dispatch.book_reminded.v1"
    subject: ClassVar[str] = "book/{book_id}"

    book_id: UUID
    org_unit: str
    book_no: str
    holder_id: UUID
    owner_ids: tuple[UUID, ...]
    reminded_at: datetime


@dataclass(frozen=True, kw_only=True)
class BookPagesLost:
    """Pages for which somebody answers are missing or damaged (WO-19). ``amount`` is what the
    clause takes off his pay in CNY, for all ``pages``; nothing is posted by this. A second count
    that finds another number is told anew."""

    type: ClassVar[str] = "dispatch.book_pages_lost.v1"
    subject: ClassVar[str] = "book/{book_id}"

    book_id: UUID
    org_unit: str
    book_no: str
    breach_id: UUID
    person_id: UUID
    counted_at: datetime
    pages: int
    amount: Decimal
    because: Because
