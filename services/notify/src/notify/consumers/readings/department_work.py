"""What departments have to do, as complaint tells of it."""

from collections.abc import Mapping

from marshmallow import fields

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


NOTABLE: Mapping[str, type[Reading]] = {
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
