"""Column types for the parts of gradings and scorecards that are kept as JSON."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from customer.domain.gradings import Approval
from customer.domain.scorecards import Band, Indicator
from shared.columns import AsJson
from shared.rules import Because


def _approvals(data: Sequence[Mapping[str, Any]]) -> tuple[Approval, ...]:
    return tuple(Approval(**{**one, "at": datetime.fromisoformat(one["at"])}) for one in data)


def _clauses(data: Sequence[Mapping[str, Any]]) -> tuple[Because, ...]:
    return tuple(Because.from_data(one) for one in data)


def _indicators(data: Sequence[Mapping[str, Any]]) -> tuple[Indicator, ...]:
    return tuple(Indicator(**one) for one in data)


def _bands(data: Sequence[Mapping[str, Any]]) -> tuple[Band, ...]:
    return tuple(Band(**one) for one in data)


ApprovalsColumn = AsJson(_approvals)
ClausesColumn = AsJson(_clauses)
IndicatorsColumn = AsJson(_indicators)
BandsColumn = AsJson(_bands)
