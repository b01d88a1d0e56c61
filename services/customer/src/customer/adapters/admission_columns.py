"""How the lists of an admission are stored as JSON, and read again."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from customer.domain.admission import StepTaken
from customer.domain.admission_conditions import Assessment, Missing, Verdict, Why
from shared.columns import AsJson
from shared.rules import Because


def _steps(data: Iterable[Mapping[str, Any]]) -> tuple[StepTaken, ...]:
    return tuple(
        StepTaken(
            step=one["step"],
            finding=one["finding"],
            taken_by=UUID(one["taken_by"]),
            taken_on=date.fromisoformat(one["taken_on"]),
        )
        for one in data
    )


def _assessments(data: Iterable[Mapping[str, Any]]) -> tuple[Assessment, ...]:
    return tuple(
        Assessment(
            condition=one["condition"],
            product=one["product"],
            verdict=Verdict(one["verdict"]),
            assessed_by=UUID(one["assessed_by"]),
            assessed_on=date.fromisoformat(one["assessed_on"]),
        )
        for one in data
    )


def _missing(data: Iterable[Mapping[str, Any]]) -> tuple[Missing, ...]:
    return tuple(
        Missing(
            condition=one["condition"],
            product=one["product"],
            why=Why(one["why"]),
            evidence=tuple(one["evidence"]),
            because=Because.from_data(one["because"]),
        )
        for one in data
    )


TextsColumn = AsJson(tuple)
StepsColumn = AsJson(_steps)
AssessmentsColumn = AsJson(_assessments)
MissingColumn = AsJson(_missing)
