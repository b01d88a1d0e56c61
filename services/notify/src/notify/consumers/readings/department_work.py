"""What departments and colleagues have to do for cases, as complaint tells of it."""

from collections.abc import Mapping

from marshmallow import fields

from notify.consumers.readings.cases import CaseReading
from notify.consumers.readings.reading import Reading


class TaskReading(Reading):
    """What every event of such a task says."""

    org_unit = fields.String(required=True)
    department = fields.String(required=True)
    owner_id = fields.UUID(required=True, allow_none=True)
    due_at = fields.AwareDateTime(required=True)


class HoldReading(TaskReading):
    """What every event of a shipment hold says."""

    hold_id = fields.UUID(required=True)
    case_id = fields.UUID(required=True)
    product = fields.String(required=True)
    batch = fields.String(required=True, allow_none=True)


class HoldToldSchema(HoldReading):
    """``complaint.shipment_hold_requested.v1`` and ``_overdue``."""

    supervisor_ids = fields.List(fields.UUID(), required=True)


class HoldReleasedSchema(HoldReading):
    """``complaint.shipment_hold_released.v1``."""

    outcome = fields.String(required=True)


class PatternDetectedSchema(Reading):
    """``complaint.pattern_detected.v1``."""

    pattern_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    category = fields.String(required=True)
    product = fields.String(required=True, allow_none=True)
    department = fields.String(required=True)
    supervisor_ids = fields.List(fields.UUID(), required=True)


class TrainingReading(TaskReading):
    """``complaint.training_requested.v1``, and what every event of a training says."""

    training_id = fields.UUID(required=True)
    case_id = fields.UUID(required=True)
    person_ids = fields.List(fields.UUID(), required=True)
    topic = fields.String(required=True)
    requested_by = fields.UUID(required=True)


class TrainingOverdueSchema(TrainingReading):
    """``complaint.training_overdue.v1``."""

    supervisor_ids = fields.List(fields.UUID(), required=True)


class TrainingEndedSchema(TrainingReading):
    """``complaint.training_ended.v1``."""

    outcome = fields.String(required=True)


class AnalysisDueSchema(TaskReading):
    """``complaint.case_analysis_due.v1``."""

    analysis_id = fields.UUID(required=True)
    from_on = fields.Date(required=True)
    until_on = fields.Date(required=True)


class AnalysisOverdueSchema(AnalysisDueSchema):
    """``complaint.case_analysis_overdue.v1``."""

    supervisor_ids = fields.List(fields.UUID(), required=True)


class SubTaskReading(CaseReading):
    """What every event of a sub-task says."""

    sub_task_id = fields.UUID(required=True)
    department = fields.String(required=True)
    handler_id = fields.UUID(required=True)
    owner_id = fields.UUID(required=True)
    due_at = fields.AwareDateTime(required=True)


class SubTaskChangedSchema(SubTaskReading):
    """``complaint.sub_task_changed.v1``."""

    step = fields.String(required=True)


class SubTaskOverdueSchema(SubTaskReading):
    """``complaint.sub_task_overdue.v1``."""

    missed = fields.String(required=True)
    supervisor_ids = fields.List(fields.UUID(), required=True)


class ActionOpenedSchema(Reading):
    """``complaint.corrective_action_opened.v1``."""

    action_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    department = fields.String(required=True)
    kind = fields.String(required=True)
    source = fields.String(required=True)
    owner_id = fields.UUID(required=True, allow_none=True)
    due_at = fields.AwareDateTime(required=True)


class ActionOverdueSchema(ActionOpenedSchema):
    """``complaint.corrective_action_overdue.v1``."""

    supervisor_ids = fields.List(fields.UUID(), required=True)


class CallBackReading(Reading):
    """``complaint.call_back_due_soon.v1``, and what every event of a promised call says."""

    call_back_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    department = fields.String(required=True)
    situation = fields.String(required=True)
    promised_by = fields.UUID(required=True)
    owner_id = fields.UUID(required=True)
    due_at = fields.AwareDateTime(required=True)


class CallBackPromisedSchema(CallBackReading):
    """``complaint.call_back_promised.v1``."""

    asked_ids = fields.List(fields.UUID(), required=True)


class CallBackHandedOverSchema(CallBackReading):
    """``complaint.call_back_handed_over.v1``."""

    reason = fields.String(required=True)


class CallBackOverdueSchema(CallBackReading):
    """``complaint.call_back_overdue.v1``."""

    supervisor_ids = fields.List(fields.UUID(), required=True)


class PhraseFlaggedSchema(Reading):
    """``complaint.phrase_flagged.v1``."""

    flag_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    about = fields.String(required=True)
    person_id = fields.UUID(required=True)
    phrase = fields.String(required=True)
    supervisor_ids = fields.List(fields.UUID(), required=True)


NOTABLE: Mapping[str, type[Reading]] = {
    "complaint.sub_task_opened.v1": SubTaskReading,
    "complaint.sub_task_changed.v1": SubTaskChangedSchema,
    "complaint.sub_task_due_soon.v1": SubTaskReading,
    "complaint.sub_task_overdue.v1": SubTaskOverdueSchema,
    "complaint.corrective_action_opened.v1": ActionOpenedSchema,
    "complaint.corrective_action_overdue.v1": ActionOverdueSchema,
    "complaint.call_back_promised.v1": CallBackPromisedSchema,
    "complaint.call_back_handed_over.v1": CallBackHandedOverSchema,
    "complaint.call_back_due_soon.v1": CallBackReading,
    "complaint.call_back_overdue.v1": CallBackOverdueSchema,
    "complaint.phrase_flagged.v1": PhraseFlaggedSchema,
    "complaint.case_analysis_due.v1": AnalysisDueSchema,
    "complaint.case_analysis_overdue.v1": AnalysisOverdueSchema,
    "complaint.training_requested.v1": TrainingReading,
    "complaint.training_overdue.v1": TrainingOverdueSchema,
    "complaint.training_ended.v1": TrainingEndedSchema,
    "complaint.pattern_detected.v1": PatternDetectedSchema,
    "complaint.shipment_hold_requested.v1": HoldToldSchema,
    "complaint.shipment_hold_overdue.v1": HoldToldSchema,
    "complaint.shipment_hold_released.v1": HoldReleasedSchema,
}
