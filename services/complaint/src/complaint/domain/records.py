"""Record what is done in a case, step by step, and explain the way ahead (CP-03, CP-24, CP-48)."""

from collections.abc import Collection

from complaint.domain.cases import Case
from complaint.domain.events.cases import OfCase
from complaint.domain.events.records import ProcessExplained, StepRecorded
from complaint.domain.handling_records import (
    CompensationUnfit,
    HandlingRecord,
    HandlingRule,
    HandlingStage,
    ProcessExplanation,
    StepsMissing,
)
from shared.rules import Ruling


def write(case: Case, record: HandlingRecord) -> list[OfCase]:
    """Add a record to the case. Raises WrongState, CompensationUnfit, AmountUnfit."""
    case.check("record_step")
    if (record.step is HandlingStage.COMPENSATION) != (record.compensation is not None):
        raise CompensationUnfit("A compensation has type and amount, and nothing else has.")
    if record.compensation:
        record.compensation.check()
    case.worked_on(record.by, now=record.at)
    case.records.append(record)
    case.touch()
    written = StepRecorded(
        **case.told_of(),
        record_id=record.id,
        step=record.step,
        recorded_by=record.by,
        person_ids=record.person_ids,
        department=record.department,
    )
    return [written]


def explain_process(case: Case, explanation: ProcessExplanation) -> list[OfCase]:
    """The complainant was told what will happen. Raises WrongState."""
    case.check("explain_process")
    case.worked_on(explanation.by, now=explanation.at)
    case.explanations.append(explanation)
    case.touch()
    explained = ProcessExplained(
        **case.told_of(),
        explained_by=explanation.by,
        steps=tuple(one.step.value for one in explanation.steps),
    )
    return [explained]


def missing(
    steps: Collection[HandlingStage], records: Collection[HandlingRecord]
) -> list[HandlingStage]:
    """Which of ``steps`` nobody recorded."""
    recorded = {record.step for record in records}
    return [step for step in steps if step not in recorded]


def check_recorded(case: Case, rule: Ruling[HandlingRule]) -> None:
    """Raises StepsMissing, which names them, where the pack makes them a must."""
    lacking = missing(rule.value.steps, case.records)
    if rule.value.mandatory and lacking:
        raise StepsMissing(
            "Steps are not recorded yet.",
            because=rule.because,
            missing=[step.value for step in lacking],
        )
