"""The fields of text and numbers that requests to this service have in common."""

import re
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from marshmallow import ValidationError, fields
from marshmallow.validate import Length

from customer.domain.limits import ZONE, is_amount


def line(limit: int, *, least: int = 1, **options: Any) -> fields.String:
    """Text on one line, not blank, of ``least`` to ``limit`` characters."""
    return fields.String(validate=[Length(least, limit), _printable], **options)


def formed(form: re.Pattern[str], **options: Any) -> fields.String:
    """Text that is wholly of that form."""

    def check(value: str) -> None:
        if not form.fullmatch(value):
            raise ValidationError("Not of the form that is asked for.")

    return fields.String(validate=check, **options)


def prose(limit: int, **options: Any) -> fields.String:
    """Text on any number of lines, not blank, of at most ``limit`` characters."""
    return fields.String(validate=[Length(1, limit), _not_blank], **options)


class Zone(fields.String):
    """The name of an IANA time zone that this machine knows."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        name = str(super()._deserialize(value, attr, data, **kwargs))
        try:
            ZoneInfo(name if len(name) <= ZONE else "")
        except (KeyError, ValueError, OSError):
            raise ValidationError("Not a known time zone.") from None
        return name


class Amount(fields.Decimal):
    """An amount in 10,000 yuan, exact to the yuan; shown as text without needless zeros."""

    def __init__(self, **options: Any) -> None:
        super().__init__(as_string=True, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Decimal:
        amount: Decimal = super()._deserialize(value, attr, data, **kwargs)
        if not is_amount(amount):
            raise ValidationError("Not an amount in 10,000 yuan with at most four places.")
        return amount

    def _to_string(self, value: Decimal) -> str:
        return f"{value.normalize():f}"


def _printable(value: str) -> None:
    _not_blank(value)
    if not value.isprintable():
        raise ValidationError("Holds a character that is no text.")


def _not_blank(value: str) -> None:
    if not value.strip():
        raise ValidationError("May not be blank.")
