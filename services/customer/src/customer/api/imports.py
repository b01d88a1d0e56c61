"""Import customers from a CSV file: read twice, written in batches."""

from collections.abc import Callable, Iterator
from functools import wraps
from itertools import islice
from typing import Any, ParamSpec

from flask import Response, request
from marshmallow import Schema, fields

from customer.api.access import EDITORS
from customer.api.csv_files import check, check_media_type, records
from customer.domain.import_cells import COLUMNS
from customer.domain.import_rows import Problem, Report, Row
from customer.use_cases.imports import import_rows, row_reader
from shared.envelope import Origin
from shared.tracing import current_traceparent
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.bodies import body_limit, rewind
from shared.web.correlation import request_id
from shared.web.idempotency import Guard
from shared.web.kit import kit
from shared.web.retrying import twice

P = ParamSpec("P")

LARGEST_FILE = 10 * 1024 * 1024
BATCH = 200
FILE = {
    "requestBody": {
        "required": True,
        "description": f"UTF-8, with a header that names these columns: {', '.join(COLUMNS)}.",
        "content": {"text/csv": {"schema": {"type": "string"}}},
    }
}


class RowProblemSchema(Schema):
    """Why a row was refused; it never repeats what the cell holds."""

    row = fields.Integer(required=True)
    column = fields.String(required=True)
    code = fields.String(required=True)
    reason = fields.String(required=True)


class ImportReportSchema(Schema):
    """What an import did; the header of the file is row 1."""

    rows = fields.Integer(required=True)
    created = fields.Integer(required=True)
    changed = fields.Integer(required=True)
    unchanged = fields.Integer(required=True)
    rejected = fields.Integer(required=True)
    problems = fields.List(fields.Nested(RowProblemSchema), required=True)
    problems_left_out = fields.Integer(required=True)


def in_batches(view: Callable[P, Response]) -> Callable[P, Response]:
    """The frame of a command that commits several transactions of its own.

    Its answer is stored under the ``Idempotency-Key`` after the last of them; when it is cut off
    before, the same command goes on where it stopped, since what is done already is left as it is.
    """

    @wraps(view)
    def run(*args: P.args, **kwargs: P.kwargs) -> Response:
        guard = Guard.of_request()
        stored = guard.look_up_apart()
        if stored is not None:
            return stored
        response = view(*args, **kwargs)
        twice(lambda _attempt: _keep(guard, response))
        return response

    run.kind = "command"  # type: ignore[attr-defined]
    return run


def blueprint() -> Blueprint:
    """The import of customers."""
    blp = Blueprint("imports", __name__, description="Import of customers")

    @blp.post("/v1/customers/imports")
    @allow(*EDITORS)
    @body_limit(LARGEST_FILE)
    @in_batches
    @blp.doc(**FILE)
    @blp.response(200, ImportReportSchema)
    def import_customers() -> Report:
        """Take in the good rows of a CSV file and tell what is wrong with the others."""
        check_media_type(request)
        rewind()
        check(request.stream, COLUMNS)
        rewind()
        return _import()

    return blp


def _import() -> Report:
    """Everything the file holds, a batch at a time; the batch that fails leaves those before it."""
    refused = Report()
    report = Report()
    rows = _rows(refused)
    while batch := list(islice(rows, BATCH)):
        report.add(twice(lambda _attempt, batch=batch: _import_batch(batch)))  # type: ignore[misc]
    report.add(refused)
    return report


def _rows(refused: Report) -> Iterator[Row]:
    """The rows that can be read; the others are counted in ``refused``."""
    reader = row_reader()
    for number, cells in records(request.stream, COLUMNS):
        if cells is None:
            said = "Has more or fewer cells than the header."
            read: Row | list[Problem] = [Problem(number, "", "cells_wrong", said)]
        else:
            read = reader.read(number, cells)
        if isinstance(read, Row):
            yield read
        else:
            refused.add(Report(rows=1, rejected=1, problems=read))


def _import_batch(batch: list[Row]) -> Report:
    with _begin() as tx:
        return import_rows(tx, batch, caller=principal())


def _keep(guard: Guard, response: Response) -> None:
    with _begin() as tx:
        if guard.look_up(tx.session) is None:
            guard.store(tx.session, response, now=tx.now)


def _begin() -> Any:
    origin = Origin(
        actor=principal().id, correlation=request_id(), traceparent=current_traceparent()
    )
    return kit().begin(now=kit().clock.now(), origin=origin)
