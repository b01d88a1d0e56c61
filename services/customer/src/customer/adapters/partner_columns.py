"""How the lists of a partner's form are stored as JSON, and read again."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from customer.domain.partners import Cell, Finding, Result
from shared.columns import AsJson


def _cells(data: Iterable[Mapping[str, Any]]) -> tuple[Cell, ...]:
    return tuple(Cell(**one) for one in data)


def _findings(data: Iterable[Mapping[str, Any]]) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            item=one["item"],
            result=Result(one["result"]),
            inspector_id=UUID(one["inspector_id"]),
            checked_on=date.fromisoformat(one["checked_on"]),
        )
        for one in data
    )


CellsColumn = AsJson(_cells)
FindingsColumn = AsJson(_findings)
