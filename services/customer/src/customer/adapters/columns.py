"""Column types for values of the domain that a database does not know."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from customer.domain.birthdays import Birthday, BirthdayCalendar
from customer.domain.consents import Item
from customer.domain.contacts import Unreachable
from customer.domain.import_rows import Report
from customer.domain.visit_reports import VisitRecord
from shared.cells import Problem
from shared.columns import AsJson, Scaled


def _birthday(data: Mapping[str, Any]) -> Birthday:
    return Birthday(**{**data, "calendar": BirthdayCalendar(data["calendar"])})


def _unreachable(data: Iterable[Mapping[str, Any]]) -> tuple[Unreachable, ...]:
    return tuple(
        Unreachable(**{**one, "since": datetime.fromisoformat(one["since"])}) for one in data
    )


def _items(data: Iterable[str]) -> tuple[Item, ...]:
    return tuple(map(Item, data))


def _report(data: Mapping[str, Any]) -> Report:
    return Report(**{**data, "problems": [Problem(**one) for one in data["problems"]]})


BirthdayColumn = AsJson(_birthday)
UnreachableColumn = AsJson(_unreachable)
ItemsColumn = AsJson(_items)
ReportColumn = AsJson(_report)
RecordColumn = AsJson(VisitRecord.from_data)
AmountColumn = Scaled(4)  # In 10,000 yuan, stored in whole yuan.
