"""Column types for values of the domain that a database does not know."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Dialect, TypeDecorator

from customer.domain.birthdays import Birthday, BirthdayCalendar
from customer.domain.consents import Item
from customer.domain.import_rows import Problem, Report
from customer.domain.visit_reports import VisitRecord
from shared.columns import AsJson

YUAN_DIGITS = 4  # 0.0001 of 10,000 yuan is one yuan.


def _birthday(data: Mapping[str, Any]) -> Birthday:
    return Birthday(**{**data, "calendar": BirthdayCalendar(data["calendar"])})


def _items(data: Iterable[str]) -> tuple[Item, ...]:
    return tuple(map(Item, data))


def _report(data: Mapping[str, Any]) -> Report:
    return Report(**{**data, "problems": [Problem(**one) for one in data["problems"]]})


BirthdayColumn = AsJson(_birthday)
ItemsColumn = AsJson(_items)
ReportColumn = AsJson(_report)
RecordColumn = AsJson(VisitRecord.from_data)


class StoredAmount(TypeDecorator[Decimal]):
    """An amount in 10,000 yuan as whole yuan, so that every database compares it exactly."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        return None if value is None else int(value.scaleb(YUAN_DIGITS))

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        return None if value is None else Decimal(value).scaleb(-YUAN_DIGITS)
