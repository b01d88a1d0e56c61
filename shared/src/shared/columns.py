"""Columns for values that databases do not know: JSON of a domain, decimal numbers."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Dialect, TypeDecorator

from shared.envelope import plain
from shared.rules import Because
from shared.tables import Json


class AsJson(TypeDecorator[Any]):
    """A value as JSON; None is NULL. ``read`` makes the value from what is stored, ``write`` what
    is stored from the value (by default its agreed plain form)."""

    impl = Json
    cache_ok = True

    def __init__(self, read: Callable[[Any], Any], *, write: Callable[[Any], Any] = plain) -> None:
        super().__init__()
        self.read = read
        self.write = write

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002
        return None if value is None else self.write(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002
        return None if value is None else self.read(value)


class Scaled(TypeDecorator[Decimal]):
    """A decimal number with ``digits`` after the point as a whole number, so that every database
    adds up and compares it exactly."""

    impl = BigInteger
    cache_ok = True

    def __init__(self, digits: int) -> None:
        super().__init__()
        self.digits = digits

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        return None if value is None else int(value.scaleb(self.digits))

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        return None if value is None else Decimal(value).scaleb(-self.digits)


MoneyColumn = Scaled(2)  # CNY, stored in fen.
BecauseColumn = AsJson(Because.from_data)
