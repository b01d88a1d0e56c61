"""The cells of an imported row: text in, values of the domain out.

A fault tells its code and a reason that does not repeat the cell, which may be personal.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from customer.domain import limits
from customer.domain.birthdays import Birthday, BirthdayCalendar, BirthdayImpossible
from customer.domain.kinds import Kind
from shared.cells import CellFault, identity, one_of, pattern, required, text

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
YES_NO = {"": False, "no": False, "yes": True}


def amount(cell: str) -> Decimal | None:
    """An amount in 10,000 yuan with at most four places; an empty cell is None."""
    if not cell:
        return None
    try:
        value = Decimal(cell)
    except InvalidOperation:
        raise CellFault("amount_invalid", "Not an amount.") from None
    if not limits.is_amount(value):
        raise CellFault("amount_invalid", "Not an amount in 10,000 yuan with four places.")
    return value


def day(cell: str) -> date | None:
    """A date as 2026-03-31; an empty cell is None."""
    if not cell:
        return None
    try:
        return date.fromisoformat(cell if ISO_DATE.fullmatch(cell) else "")
    except ValueError:
        raise CellFault("date_invalid", "Not a date such as 2026-03-31.") from None


def birthday(cells: Mapping[str, str]) -> Birthday | None:
    """The birthday in the four cells of a row; None when all are empty."""
    kind, month, number, leap = (
        cells[f"birthday_{part}"] for part in ("calendar", "month", "day", "leap_month")
    )
    if not (kind or month or number or leap):
        return None
    fault = CellFault("birthday_impossible", "No year has such a day.")
    if kind not in set(BirthdayCalendar) or leap not in YES_NO:
        raise fault
    if not (month.isdecimal() and number.isdecimal() and len(month + number) <= limits.DAY_DIGITS):
        raise fault
    try:
        return Birthday(
            calendar=BirthdayCalendar(kind),
            month=int(month),
            day=int(number),
            leap_month=YES_NO[leap],
        )
    except BirthdayImpossible:
        raise fault from None


CUSTOMER: Mapping[str, Callable[[str], Any]] = {
    "number": required(pattern(limits.NUMBER, "number_invalid", "Not the number of a customer.")),
    "name": required(text(limits.NAME)),
    "kind": required(one_of(Kind, "kind_unknown")),
    "industry": text(limits.INDUSTRY),
    "annual_amount": amount,
    "org_unit": required(text(limits.UNIT)),
    "owner_id": identity,
    "visitor_id": identity,
    "since": day,
}
CONTACT: Mapping[str, Callable[[str], Any]] = {
    "contact_name": text(limits.NAME),
    "phone": text(limits.PHONE),
    "email": pattern(limits.EMAIL, "email_invalid", "Not an e-mail address."),
    "language": pattern(limits.LANGUAGE, "language_invalid", "Not a language tag."),
    "zone": text(limits.ZONE),
}
BIRTHDAY = tuple(f"birthday_{part}" for part in ("calendar", "month", "day", "leap_month"))
# Why a row is another customer than those who are like it; a file may have this column.
DUPLICATE_REASON = "duplicate_reason"
COLUMNS = (*CUSTOMER, *CONTACT, *BIRTHDAY)
