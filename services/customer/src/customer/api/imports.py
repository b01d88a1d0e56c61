"""Import customers from a CSV file: read twice, written in batches, resumed where it stopped."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec
from uuid import UUID

from flask import Response, g, request

from customer.adapters.imports import Imports
from customer.adapters.mapping import Import
from customer.adapters.tables import imports
from customer.api.access import EDITORS, READERS
from customer.api.import_runs import OPTIONAL, keep_answer, run_import
from customer.api.import_schemas import ImportProgressSchema, ImportReportSchema
from customer.domain.import_cells import COLUMNS
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.bodies import body_limit, opened_body
from shared.web.commands import query, session
from shared.web.csv_files import charset, check
from shared.web.idempotency import Guard
from shared.web.paging import PageArgs, page
from shared.web.schemas import page_schema

P = ParamSpec("P")

LARGEST_FILE = 512 * 1024 * 1024
ALL = "/v1/customers/imports"
FILE = {
    "requestBody": {
        "required": True,
        "description": "UTF-8 or GB18030, named as charset or found out, with a header that names "
        f"these columns: {', '.join(COLUMNS)}; it may name {', '.join(OPTIONAL)}. "
        "Sent again with the same key after it was cut off, it goes on behind the last rows that "
        "were taken in.",
        "content": {"text/csv": {"schema": {"type": "string"}}},
    }
}


def in_batches(view: Callable[P, Response]) -> Callable[P, Response]:
    """The frame of a command that commits several transactions of its own.

    Its answer is stored under the ``Idempotency-Key`` after the last of them.
    """

    @wraps(view)
    def run(*args: P.args, **kwargs: P.kwargs) -> Response:
        g.guard = Guard.of_request()
        stored: Response | None = g.guard.look_up_apart()
        if stored is not None:
            return stored
        response = view(*args, **kwargs)
        keep_answer(g.guard, response)
        return response

    run.kind = "command"  # type: ignore[attr-defined]
    return run


def blueprint() -> Blueprint:
    """The import of customers."""
    blp = Blueprint("imports", __name__, description="Import of customers")

    @blp.post(ALL)
    @allow(*EDITORS)
    @body_limit(LARGEST_FILE)
    @in_batches
    @blp.doc(**FILE)
    @blp.response(200, ImportReportSchema)
    def import_customers() -> Import:
        """Take in the good rows of a CSV file and tell what is wrong with the others."""
        form = check(opened_body, COLUMNS, said=charset(request), optional=OPTIONAL)
        return run_import(g.guard, form)

    _queries(blp)
    return blp


def _queries(blp: Blueprint) -> None:
    @blp.get(ALL)
    @allow(*READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(ImportProgressSchema))
    def list_imports(args: dict[str, Any]) -> dict[str, Any]:
        """The imports of the caller's unit and of those below it, the latest first."""
        sent = Imports(session()).listed(unit=principal().unit)
        return page(sent, key=[imports.c.id], args=args, session=session(), descending=True)

    @blp.get(f"{ALL}/<uuid:import_id>")
    @allow(*READERS)
    @query
    @blp.response(200, ImportProgressSchema)
    def get_import(import_id: UUID) -> Import:
        """How far an import came."""
        return Imports(session()).get(import_id, unit=principal().unit)
