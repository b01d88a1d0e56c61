"""Contacts over HTTP, masked (S32); whoever may see one in full gives a reason."""

from typing import Any
from uuid import UUID

from customer.adapters.contacts import Contacts
from customer.adapters.customers import Customers
from customer.adapters.history import ContactHistory
from customer.adapters.mapping import Contact
from customer.adapters.tables import contact_history, contacts
from customer.api.access import EDITORS, READERS, REVEALERS
from customer.api.contact_schemas import (
    AddContactSchema,
    ChangeContactSchema,
    ContactSchema,
    RevealContactSchema,
    RevealedContactSchema,
    SentSchema,
)
from customer.api.versions import shown
from customer.use_cases import contacts as use_cases
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, revealing, session, tx
from shared.web.etags import check_version
from shared.web.paging import PageArgs, page
from shared.web.schemas import page_schema

ALL = "/v1/customers/<uuid:customer_id>/contacts"
ONE = f"{ALL}/<uuid:contact_id>"


def blueprint() -> Blueprint:
    """The contacts of a customer, and what was sent to them."""
    blp = Blueprint("contacts", __name__, description="Contacts of customers")
    _commands(blp)
    _reveal(blp)
    _queries(blp)
    return blp


def _commands(blp: Blueprint) -> None:
    @blp.post(ALL)
    @allow(*EDITORS)
    @command
    @blp.arguments(AddContactSchema)
    @blp.response(201, ContactSchema)
    def add_contact(asked: dict[str, Any], customer_id: UUID) -> Contact:
        """Enter a contact of a customer."""
        customer = tx().customers.get(customer_id, unit=principal().unit)
        return shown(use_cases.add_contact(tx(), customer, **asked))

    @blp.patch(ONE)
    @allow(*EDITORS)
    @command
    @blp.arguments(ChangeContactSchema)
    @blp.response(200, ContactSchema)
    def change_contact(fresh: dict[str, Any], customer_id: UUID, contact_id: UUID) -> Contact:
        """Change a contact, or let him leave."""
        customer = tx().customers.get(customer_id, unit=principal().unit)
        contact = tx().contacts.get(contact_id, customer_id=customer.id)
        check_version(contact.version)
        return shown(use_cases.change_contact(tx(), customer, contact, fresh=fresh))


def _reveal(blp: Blueprint) -> None:
    @blp.post(f"{ONE}/reveals")
    @allow(*REVEALERS)
    @command
    @blp.arguments(RevealContactSchema)
    @blp.response(200, RevealedContactSchema)
    @revealing
    def reveal_contact(asked: dict[str, Any], customer_id: UUID, contact_id: UUID) -> Contact:
        """Show a contact in full; the audit log keeps who asked and why."""
        customer = tx().customers.get(customer_id, unit=principal().unit)
        contact = tx().contacts.get(contact_id, customer_id=customer.id)
        return use_cases.reveal_contact(tx(), contact, reason=asked["reason"])


def _queries(blp: Blueprint) -> None:
    @blp.get(ALL)
    @allow(*READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(ContactSchema))
    def list_contacts(args: dict[str, Any], customer_id: UUID) -> dict[str, Any]:
        """The contacts of a customer."""
        customer = Customers(session()).get(customer_id, unit=principal().unit)
        listed = Contacts(session()).listed(customer.id)
        return page(listed, key=[contacts.c.id], args=args, session=session())

    @blp.get(ONE)
    @allow(*READERS)
    @query
    @blp.response(200, ContactSchema)
    def get_contact(customer_id: UUID, contact_id: UUID) -> Contact:
        """One contact."""
        customer = Customers(session()).get(customer_id, unit=principal().unit)
        return shown(Contacts(session()).get(contact_id, customer_id=customer.id))

    @blp.get("/v1/unreachable-contacts")
    @allow(*READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(ContactSchema))
    def list_unreachable_contacts(args: dict[str, Any]) -> dict[str, Any]:
        """The contacts of all customers whose address has to be asked for anew (E-47)."""
        listed = Contacts(session()).unreachable(unit=principal().unit)
        return page(listed, key=[contacts.c.id], args=args, session=session())

    @blp.get("/v1/customers/<uuid:customer_id>/contact-history")
    @allow(*READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(SentSchema))
    def list_contact_history(args: dict[str, Any], customer_id: UUID) -> dict[str, Any]:
        """What was sent to a customer's contacts, the latest first."""
        customer = Customers(session()).get(customer_id, unit=principal().unit)
        sent = ContactHistory(session()).listed(customer.id)
        key = [contact_history.c.sent_at, contact_history.c.message_id]
        return page(sent, key=key, args=args, session=session(), descending=True)
