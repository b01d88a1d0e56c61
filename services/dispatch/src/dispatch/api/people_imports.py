"""Import people from a CSV file: read twice, taken whole or not at all."""

from typing import Any

from flask import request
from marshmallow import Schema, fields

from dispatch.api.access import STAFF_ADMINISTRATORS
from dispatch.domain.people_imports import OPTIONAL, REQUIRED, Row, read_row
from dispatch.use_cases.people_imports import CHECKS, Report, import_people
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.bodies import body_limit, opened_body
from shared.web.commands import command, tx
from shared.web.csv_files import charset, check, records

LARGEST_FILE = 8 * 1024 * 1024
MOST_ROWS = 5_000
FILE = {
    "requestBody": {
        "required": True,
        "description": "UTF-8 or GB18030, named as charset or found out, with a header that names "
        f"these columns: {', '.join(REQUIRED)}; it may name {', '.join(OPTIONAL)}. Posts are "
        "unit/role, addresses channel:address, several of a kind parted by semicolons; a superior "
        "is named by staff number or id.",
        "content": {"text/csv": {"schema": {"type": "string"}}},
    }
}


class ImportArgs(Schema):
    """Whether one only wants to know what the file would do."""

    dry_run = fields.Boolean(load_default=False)


class PersonProblemSchema(Schema):
    """What is wrong with a row; it never repeats what the cell holds."""

    row = fields.Integer(required=True)
    column = fields.String(required=True)
    code = fields.String(required=True)
    reason = fields.String(required=True)


class PeopleImportSchema(Schema):
    """What an import did, or would do; the header of the file is row 1."""

    rows = fields.Integer(required=True)
    created = fields.Integer(required=True)
    changed = fields.Integer(required=True)
    unchanged = fields.Integer(required=True)
    problems = fields.List(fields.Nested(PersonProblemSchema), required=True)


def blueprint() -> Blueprint:
    """The import of people."""
    blp = Blueprint("people_imports", __name__, description="Import of people")

    @blp.post("/v1/people/imports")
    @allow(*STAFF_ADMINISTRATORS)
    @body_limit(LARGEST_FILE)
    @command
    @blp.doc(**FILE)
    @blp.arguments(ImportArgs, location="query")
    @blp.response(200, PeopleImportSchema)
    def import_staff(args: dict[str, Any]) -> Report:
        """Enter and change the people of a CSV file, all of them or nobody."""
        said = charset(request)
        form = check(opened_body, tuple(REQUIRED), said=said, optional=OPTIONAL, most=MOST_ROWS)
        found = records(opened_body(), tuple(REQUIRED), encoding=form.encoding, optional=OPTIONAL)
        read = [read_row(number, cells, check=CHECKS) for number, cells in found]
        rows = [one for one in read if isinstance(one, Row)]
        problems = [problem for one in read if isinstance(one, list) for problem in one]
        return import_people(tx(), rows, problems, **args, caller=principal())

    return blp
