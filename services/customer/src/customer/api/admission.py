"""Admission and entry over HTTP (AD-01 to AD-12), and the gates before a dealing (K-35)."""

from typing import Any
from uuid import UUID

from customer.adapters.admission import Admissions
from customer.adapters.customers import Customers
from customer.adapters.mapping import Admission, Customer, Membership
from customer.adapters.tables import admissions
from customer.api.access import ADMISSION_CLERKS, ADMISSION_DECIDERS, ADMISSION_READERS
from customer.api.admission_schemas import (
    AdmissionSchema,
    AssessSchema,
    DecideSchema,
    EnterCustomerSchema,
    GateArgs,
    GatesSchema,
    OpenAdmissionSchema,
    StandingSchema,
    TakeStepSchema,
)
from customer.api.readings import Looking, looking
from customer.api.versions import shown
from customer.domain.gates import Purpose
from customer.use_cases import admission as use_cases
from customer.use_cases.entry import enter_customer
from customer.use_cases.gates import passages
from shared.policy import Rulebook
from shared.rules import UnitUnknown
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import PageArgs, page
from shared.web.schemas import page_schema

CUSTOMER = "/v1/customers/<uuid:customer_id>"
ADMISSIONS = f"{CUSTOMER}/admissions"
ADMISSION = f"{ADMISSIONS}/<uuid:admission_id>"


def blueprint(rulebook: Rulebook) -> Blueprint:
    """How customers come into the customer bases of units."""
    blp = Blueprint("admission", __name__, description="Admission and entry")
    _preparation(blp)
    _decisions(blp)
    _queries(blp, looking(rulebook))
    return blp


def _preparation(blp: Blueprint) -> None:
    @blp.post(ADMISSIONS)
    @allow(*ADMISSION_CLERKS)
    @command
    @blp.arguments(OpenAdmissionSchema)
    @blp.response(201, AdmissionSchema)
    def open_admission(asked: dict[str, Any], customer_id: UUID) -> Admission:
        """Begin the way of a customer into a unit."""
        customer = _customer(customer_id)
        return shown(use_cases.open_admission(tx(), customer, **asked, caller=principal()))

    @blp.post(f"{ADMISSION}/steps")
    @allow(*ADMISSION_CLERKS)
    @command
    @blp.arguments(TakeStepSchema)
    @blp.response(200, AdmissionSchema)
    def take_step(asked: dict[str, Any], customer_id: UUID, admission_id: UUID) -> Admission:
        """Record the next step before the review."""
        admission = _admission(customer_id, admission_id)
        return shown(use_cases.take_step(tx(), admission, **asked, caller=principal()))

    @blp.post(f"{ADMISSION}/assessments")
    @allow(*ADMISSION_CLERKS)
    @command
    @blp.arguments(AssessSchema)
    @blp.response(200, AdmissionSchema)
    def assess(asked: dict[str, Any], customer_id: UUID, admission_id: UUID) -> Admission:
        """Record what was found of conditions."""
        customer, admission = _customer(customer_id), _admission(customer_id, admission_id)
        return shown(use_cases.assess(tx(), customer, admission, **asked, caller=principal()))


def _decisions(blp: Blueprint) -> None:
    @blp.post(f"{ADMISSION}/decisions")
    @allow(*ADMISSION_DECIDERS)
    @command
    @blp.arguments(DecideSchema)
    @blp.response(200, AdmissionSchema)
    def decide(_asked: dict[str, Any], customer_id: UUID, admission_id: UUID) -> Admission:
        """Admit the customer if every condition is met; else the answer says what is lacking."""
        customer, admission = _customer(customer_id), _admission(customer_id, admission_id)
        return shown(use_cases.decide(tx(), customer, admission, caller=principal()))

    @blp.post(f"{CUSTOMER}/entries")
    @allow(*ADMISSION_DECIDERS)
    @command
    @blp.arguments(EnterCustomerSchema)
    @blp.response(200, StandingSchema)
    def enter(asked: dict[str, Any], customer_id: UUID) -> Membership:
        """Enter a prospect in the customer base of a unit, with his owner."""
        customer = _customer(customer_id)
        _check_unit(asked["unit"])
        return shown(enter_customer(tx(), customer, **asked))


def _queries(blp: Blueprint, look: Looking) -> None:
    @blp.get(ADMISSIONS)
    @allow(*ADMISSION_READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(AdmissionSchema))
    def list_admissions(args: dict[str, Any], customer_id: UUID) -> dict[str, Any]:
        """The admissions of a customer to the caller's unit and those below it."""
        unit = principal().unit
        customer = Customers(session()).get(customer_id, unit=unit)
        listed = Admissions(session()).listed(customer.id, seen_from=unit)
        return page(listed, key=[admissions.c.id], args=args, session=session())

    @blp.get(f"{CUSTOMER}/gates")
    @allow(*ADMISSION_READERS)
    @query
    @blp.arguments(GateArgs, location="query")
    @blp.response(200, GatesSchema)
    def show_gates(args: dict[str, Any], customer_id: UUID) -> dict[str, Any]:
        """Whether a unit may do something with a customer, gate by gate."""
        looked = look()
        customer = looked.customers.get(customer_id, unit=principal().unit)
        found = _passages(looked, customer, args["unit"], args["purpose"])
        return {"open": all(one.open for one in found), "gates": found}


def _passages(looked: Any, customer: Customer, unit: str, purpose: Purpose) -> list[Any]:
    if not looked.sees(principal().unit, unit):
        raise UnitUnknown("The organisational unit is not known here.", unit=unit)
    return list(passages(looked, customer, unit=unit, purpose=purpose))


def _check_unit(unit: str) -> None:
    if not tx().sees(principal().unit, unit):
        raise UnitUnknown("The organisational unit is not known here.", unit=unit)


def _customer(customer_id: UUID) -> Customer:
    found: Customer = tx().customers.get(customer_id, unit=principal().unit)
    return found


def _admission(customer_id: UUID, admission_id: UUID) -> Admission:
    unit = principal().unit
    tx().customers.get(customer_id, unit=unit)
    found: Admission = tx().admissions.get(admission_id, customer_id=customer_id, seen_from=unit)
    return found
