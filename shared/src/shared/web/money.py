"""How CNY are written."""

from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, fields

from shared.penalties.rules import CENT, is_money


class Money(fields.Decimal):
    """An amount of CNY above 0 with at most two decimals; shown as text with two."""

    def __init__(self, **options: Any) -> None:
        super().__init__(as_string=True, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Decimal:
        amount: Decimal = super()._deserialize(value, attr, data, **kwargs)
        if not is_money(amount):
            raise ValidationError("Not an amount of CNY with at most two decimals.")
        return amount.quantize(CENT)
