"""What goes over HTTP about imports."""

from marshmallow import Schema, fields

from shared.web.schemas import AwareTime


class RowProblemSchema(Schema):
    """Why a row was refused; it never repeats what the cell holds."""

    row = fields.Integer(required=True)
    column = fields.String(required=True)
    code = fields.String(required=True)
    reason = fields.String(required=True)


class ImportReportSchema(Schema):
    """What an import did; the header of the file is row 1. A small file goes in at once, and has
    no progress to ask for by ``import_id``."""

    import_id = fields.UUID(required=True, allow_none=True, attribute="id")
    rows = fields.Integer(required=True, attribute="report.rows")
    created = fields.Integer(required=True, attribute="report.created")
    changed = fields.Integer(required=True, attribute="report.changed")
    unchanged = fields.Integer(required=True, attribute="report.unchanged")
    rejected = fields.Integer(required=True, attribute="report.rejected")
    problems = fields.List(
        fields.Nested(RowProblemSchema), required=True, attribute="report.problems"
    )
    problems_left_out = fields.Integer(required=True, attribute="report.problems_left_out")


class ImportProgressSchema(ImportReportSchema):
    """How far an import came: ``rows`` of ``rows_in_file`` are in the books or refused."""

    rows_in_file = fields.Integer(required=True, attribute="rows")
    started_at = AwareTime(required=True)
    finished_at = AwareTime(required=True, allow_none=True)
