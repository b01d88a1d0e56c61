"""Column types for values of the domain that a database does not know."""

from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Dialect, TypeDecorator

from customer.domain.birthdays import Birthday, BirthdayCalendar
from shared.envelope import plain
from shared.rules import Because
from shared.tables import Json

YUAN_DIGITS = 4  # 0.0001 of 10,000 yuan is one yuan.


class StoredBecause(TypeDecorator[Because]):
    """The clause that decided, as JSON."""

    impl = Json
    cache_ok = True

    def process_bind_param(self, value: Because | None, dialect: Dialect) -> Any:  # noqa: ARG002
        return value.to_data() if value else None

    def process_result_value(self, value: Any, dialect: Dialect) -> Because | None:  # noqa: ARG002
        return Because.from_data(value) if value else None


class StoredBirthday(TypeDecorator[Birthday]):
    """A birthday, as JSON."""

    impl = Json
    cache_ok = True

    def process_bind_param(self, value: Birthday | None, dialect: Dialect) -> Any:  # noqa: ARG002
        return plain(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Birthday | None:  # noqa: ARG002
        if not value:
            return None
        return Birthday(**{**value, "calendar": BirthdayCalendar(value["calendar"])})


class StoredAmount(TypeDecorator[Decimal]):
    """An amount in 10,000 yuan as whole yuan, so that every database compares it exactly."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        return None if value is None else int(value.scaleb(YUAN_DIGITS))

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        return None if value is None else Decimal(value).scaleb(-YUAN_DIGITS)
