"""The documents of customers over HTTP: collect, verify, list."""

from typing import Any
from uuid import UUID

from customer.adapters.customers import Customers
from customer.adapters.documents import Documents
from customer.adapters.mapping import Document
from customer.adapters.tables import documents
from customer.api.access import FILE_EDITORS, FILE_READERS, VERIFIERS
from customer.api.document_schemas import (
    CollectDocumentSchema,
    DocumentSchema,
    VerifyDocumentSchema,
)
from customer.api.versions import shown
from customer.use_cases import documents as use_cases
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import PageArgs, page
from shared.web.schemas import page_schema

ALL = "/v1/customers/<uuid:customer_id>/documents"
ONE = f"{ALL}/<uuid:document_id>"


def blueprint() -> Blueprint:
    """The documents that customers hand in."""
    blp = Blueprint("customer_documents", __name__, description="Documents of customers")
    _commands(blp)
    _queries(blp)
    return blp


def _commands(blp: Blueprint) -> None:
    @blp.post(ALL)
    @allow(*FILE_EDITORS)
    @command
    @blp.arguments(CollectDocumentSchema)
    @blp.response(201, DocumentSchema)
    def collect_document(asked: dict[str, Any], customer_id: UUID) -> Document:
        """Put a document into a customer's file; the caller is its collector."""
        customer = tx().customers.get(customer_id, unit=principal().unit)
        return shown(use_cases.collect_document(tx(), customer, caller=principal(), **asked))

    @blp.post(f"{ONE}/verifications")
    @allow(*VERIFIERS)
    @command
    @blp.arguments(VerifyDocumentSchema)
    @blp.response(200, DocumentSchema)
    def verify_document(_asked: dict[str, Any], customer_id: UUID, document_id: UUID) -> Document:
        """Answer for the truth of a document; its collector may not."""
        customer = tx().customers.get(customer_id, unit=principal().unit)
        document = tx().documents.get(document_id, customer_id=customer.id)
        return shown(use_cases.verify_document(tx(), customer, document, caller=principal()))


def _queries(blp: Blueprint) -> None:
    @blp.get(ALL)
    @allow(*FILE_READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(DocumentSchema))
    def list_documents(args: dict[str, Any], customer_id: UUID) -> dict[str, Any]:
        """The documents of a customer."""
        customer = Customers(session()).get(customer_id, unit=principal().unit)
        listed = Documents(session()).listed(customer.id)
        return page(listed, key=[documents.c.id], args=args, session=session())
