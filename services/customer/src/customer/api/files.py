"""Files over HTTP: fill, show masked, reveal for a reason, review, void, history."""

from typing import Any
from uuid import UUID

from customer.adapters.customers import Customers
from customer.adapters.file_changes import FileChanges
from customer.adapters.mapping import Customer
from customer.adapters.tables import file_changes
from customer.api.access import CONSULTANTS, FILE_EDITORS, FILE_HEADS, FILE_READERS
from customer.api.file_schemas import (
    FileChangeSchema,
    FileSchema,
    FillFileSchema,
    ReasonSchema,
    ReviewFileSchema,
    described,
)
from customer.api.readings import Looking, looking
from customer.use_cases import files as use_cases
from customer.use_cases.file_fields import FileView, opened, permit, view
from shared.policy import Rulebook
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, flush, query, revealing, session, tx
from shared.web.etags import check_version, set_version
from shared.web.paging import PageArgs, page
from shared.web.schemas import page_schema

FILE = "/v1/customers/<uuid:customer_id>/file"


def blueprint(rulebook: Rulebook) -> Blueprint:
    """What the packs ask of a customer's file."""
    blp = Blueprint("files", __name__, description="Files of customers")
    _filling(blp)
    _acts(blp)
    _queries(blp, looking(rulebook))
    return blp


def _filling(blp: Blueprint) -> None:
    @blp.patch(FILE)
    @allow(*FILE_EDITORS)
    @command
    @blp.arguments(FillFileSchema)
    @blp.response(200, FileSchema)
    def fill_file(asked: dict[str, Any], customer_id: UUID) -> dict[str, Any]:
        """Fill fields of a customer's file; version 0 is that of a file nobody has opened."""
        customer = _customer(customer_id)
        file = opened(tx(), customer, roles=principal().roles)
        check_version(file.version)
        values = {one["field"]: one["value"] for one in asked.pop("values")}
        return _shown(use_cases.fill_file(tx(), customer, file, values=values, **asked))


def _acts(blp: Blueprint) -> None:
    @blp.post(f"{FILE}/reviews")
    @allow(*FILE_EDITORS)
    @command
    @blp.arguments(ReviewFileSchema)
    @blp.response(200, FileSchema)
    def review_file(_asked: dict[str, Any], customer_id: UUID) -> dict[str, Any]:
        """Find a file to be up to date."""
        customer = _customer(customer_id)
        file = opened(tx(), customer, roles=principal().roles)
        return _shown(use_cases.review_file(tx(), customer, file))

    @blp.post(f"{FILE}/voids")
    @allow(*FILE_HEADS)
    @command
    @blp.arguments(ReasonSchema)
    @blp.response(200, FileSchema)
    def void_file(asked: dict[str, Any], customer_id: UUID) -> dict[str, Any]:
        """Close a file for good."""
        customer = _customer(customer_id)
        permit(tx(), customer, "void", roles=principal().roles)
        file = tx().files.open(customer.id, now=tx().now, by=principal().id)
        return _shown(use_cases.void_file(tx(), customer, file, **asked))

    @blp.post(f"{FILE}/reveals")
    @allow(*CONSULTANTS)
    @command
    @blp.arguments(ReasonSchema)
    @blp.response(200, FileSchema)
    @revealing
    def reveal_file(asked: dict[str, Any], customer_id: UUID) -> dict[str, Any]:
        """Show a file in full; the audit log keeps who asked and why."""
        customer = _customer(customer_id)
        permit(tx(), customer, "consult", roles=principal().roles)
        return _shown(use_cases.consult_file(tx(), customer, **asked), revealed=True)


def _queries(blp: Blueprint, look: Looking) -> None:
    @blp.get(FILE)
    @allow(*FILE_READERS)
    @query
    @blp.response(200, FileSchema)
    def get_file(customer_id: UUID) -> dict[str, Any]:
        """A customer's file, masked where it is personal."""
        customer = Customers(session()).get(customer_id, unit=principal().unit)
        return _shown(view(look(), customer))

    @blp.get("/v1/customers/<uuid:customer_id>/changes")
    @allow(*FILE_READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(FileChangeSchema))
    def list_changes(args: dict[str, Any], customer_id: UUID) -> dict[str, Any]:
        """Who changed which field of a customer when and why, the latest first."""
        customer = Customers(session()).get(customer_id, unit=principal().unit)
        listed = FileChanges(session()).listed(customer.id)
        key = [file_changes.c.at, file_changes.c.id]
        return page(listed, key=key, args=args, session=session(), descending=True)


def _customer(customer_id: UUID) -> Customer:
    found: Customer = tx().customers.get(customer_id, unit=principal().unit)
    return found


def _shown(found: FileView, *, revealed: bool = False) -> dict[str, Any]:
    flush()
    set_version(found.file.version if found.file else 0)
    return described(found, revealed=revealed)
