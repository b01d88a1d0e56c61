"""What decides on visits, over HTTP: flags of a customer, nodes of his contracts, sales; and how
far the plan of a unit was fulfilled."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from customer.adapters.contact_ratio import contact_ratio
from customer.adapters.customers import Customers
from customer.adapters.mapping import Occasion, VisitFlags
from customer.adapters.transaction import CustomerTransaction
from customer.adapters.visit_fulfilment import fulfilment
from customer.adapters.visit_occasions import FlagRows
from customer.api.access import FULFILMENT_READERS, TALK_READERS, TALKERS
from customer.api.units import check_seen
from customer.api.versions import shown
from customer.api.visit_schemas import (
    ContactRatioSchema,
    DaysArgs,
    FlagsSchema,
    FulfilmentSchema,
    OccasionSchema,
    TellNodeSchema,
    TellSaleSchema,
    VisitFlagsSchema,
)
from customer.domain.visit_occasions import OccasionKind
from customer.use_cases.bases import base_of
from customer.use_cases.visit_occasions import flag_customer, tell_occasion
from shared.org_units import calendar_of
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.etags import check_version, set_version

FLAGS = "/v1/customers/<uuid:customer_id>/visit-flags"


def blueprint() -> Blueprint:
    """What decides on visits."""
    blp = Blueprint("visit_occasions", __name__, description="What decides on visits")
    _flags(blp)
    _occasions(blp)
    _queries(blp)
    return blp


def _flags(blp: Blueprint) -> None:
    @blp.put(FLAGS)
    @allow(*TALKERS)
    @command
    @blp.arguments(FlagsSchema)
    @blp.response(200, VisitFlagsSchema)
    def flag(fresh: dict[str, Any], customer_id: UUID) -> VisitFlags:
        """Set the flags of a customer in the caller's unit; his visits follow at once."""
        flags = _flags_of(tx(), customer_id)
        check_version(flags.version)
        return shown(flag_customer(tx(), flags, fresh=fresh))

    @blp.get(FLAGS)
    @allow(*TALK_READERS)
    @query
    @blp.response(200, VisitFlagsSchema)
    def get_flags(customer_id: UUID) -> VisitFlags:
        """The flags of a customer in his own unit."""
        customer = Customers(session()).get(customer_id, unit=principal().unit)
        flags = FlagRows(session()).of(customer.id, unit=customer.org_unit)
        set_version(flags.version)
        return flags


def _occasions(blp: Blueprint) -> None:
    @blp.post("/v1/customers/<uuid:customer_id>/nodes")
    @allow(*TALKERS)
    @command
    @blp.arguments(TellNodeSchema)
    @blp.response(201, OccasionSchema)
    def tell_node(asked: dict[str, Any], customer_id: UUID) -> Occasion:
        """Tell of a milestone or of the end of a contract; one told before is moved."""
        customer = tx().customers.get(customer_id, unit=principal().unit)
        return tell_occasion(tx(), customer, **asked, caller=principal())

    @blp.post("/v1/customers/<uuid:customer_id>/sales")
    @allow(*TALKERS)
    @command
    @blp.arguments(TellSaleSchema)
    @blp.response(201, OccasionSchema)
    def tell_sale(asked: dict[str, Any], customer_id: UUID) -> Occasion:
        """Tell of a sale that was finished: somebody asks the customer how it went."""
        customer = tx().customers.get(customer_id, unit=principal().unit)
        kind = OccasionKind.SALE
        return tell_occasion(tx(), customer, **asked, kind=kind, caller=principal())


def _queries(blp: Blueprint) -> None:
    @blp.get("/v1/units/<unit>/visit-fulfilment")
    @allow(*FULFILMENT_READERS)
    @query
    @blp.arguments(DaysArgs, location="query")
    @blp.response(200, FulfilmentSchema)
    def get_fulfilment(args: dict[str, Any], unit: str) -> dict[str, Any]:
        """How many visits of a unit were due between two days, made and not made (RP-07)."""
        check_seen(unit)
        return {"rows": fulfilment(session(), unit=unit, **args)}

    @blp.get("/v1/units/<unit>/contact-ratio")
    @allow(*FULFILMENT_READERS)
    @query
    @blp.arguments(DaysArgs, location="query")
    @blp.response(200, ContactRatioSchema)
    def get_contact_ratio(args: dict[str, Any], unit: str) -> dict[str, Any]:
        """How far contacts that we began outweigh those that complaints caused (VS-38)."""
        check_seen(unit)
        zone = calendar_of(session(), unit).timezone
        start, last = (datetime.combine(args[name], time.min, zone) for name in ("first", "last"))
        return contact_ratio(session(), unit=unit, start=start, end=last + timedelta(days=1))


def _flags_of(tx: CustomerTransaction, customer_id: UUID) -> VisitFlags:
    customer = tx.customers.get(customer_id, unit=principal().unit)
    unit = base_of(tx, customer, caller=principal())
    return tx.visit_flags.of(customer.id, unit=unit)
