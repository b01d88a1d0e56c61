"""The index and the catalogue of a department's files over HTTP (CF-24)."""

from typing import Any

from customer.adapters.file_index import FileIndex
from customer.adapters.tables import files
from customer.api.access import FILE_READERS
from customer.api.owner_schemas import FileCatalogueSchema, FileIndexArgs, IndexedFileSchema
from customer.api.units import check_seen
from shared.web.auth import allow
from shared.web.blueprint import Blueprint
from shared.web.commands import query, session
from shared.web.paging import page
from shared.web.schemas import page_schema


def blueprint() -> Blueprint:
    """The files of a department."""
    blp = Blueprint("file_index", __name__, description="The files of a department")

    @blp.get("/v1/units/<string:unit>/file-index")
    @allow(*FILE_READERS)
    @query
    @blp.arguments(FileIndexArgs, location="query")
    @blp.response(200, page_schema(IndexedFileSchema))
    def list_file_index(args: dict[str, Any], unit: str) -> dict[str, Any]:
        """The files of a unit and of those below it, by category and number."""
        check_seen(unit)
        listed = FileIndex(session()).listed(unit, category=args["category"])
        key = [files.c.category, files.c.serial, files.c.customer_id]
        return page(listed, key=key, args=args, session=session())

    @blp.get("/v1/units/<string:unit>/file-catalogue")
    @allow(*FILE_READERS)
    @query
    @blp.response(200, FileCatalogueSchema)
    def get_file_catalogue(unit: str) -> dict[str, Any]:
        """How many files of each category and state a unit and those below it have."""
        check_seen(unit)
        return {"unit": unit, "categories": FileIndex(session()).counted(unit)}

    return blp
