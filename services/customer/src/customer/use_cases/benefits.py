"""Propose benefits for partners on top of the ranking, decide on them, let them end (CL-35)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from customer.adapters.mapping import Benefit, Customer
from customer.adapters.transaction import CustomerTransaction
from customer.domain.benefit_states import TRANSITIONS, Command
from customer.domain.benefits import (
    ONE_DAY,
    BenefitExists,
    BenefitRule,
    Evidence,
    NotOnTop,
    check_say,
)
from customer.domain.gates import Purpose
from customer.domain.partner_rankings import RankingMissing
from customer.domain.reminders import opening_from
from customer.domain.staff import Officer
from customer.use_cases import gates
from shared.ids import new_id
from shared.rules import Ruling, UnitUnknown

EXPIRY = "benefit.expiry"


def propose_benefit(
    tx: CustomerTransaction,
    customer: Customer,
    *,
    caller: Officer,
    unit: str,
    evidence: Sequence[Mapping[str, Any]],
    discount: int,
    services: Sequence[str],
) -> Benefit:
    """Propose a benefit for a partner who is on top of this year's ranking of ``unit``.

    Raises UnitUnknown, PolicyMissing, NoSay, BenefitExists, RankingMissing, NotOnTop, as
    ``Benefit.check``, and as the gates before a negotiation.
    """
    if not tx.sees(caller.unit, unit):
        raise UnitUnknown("The organisational unit is not known here.", unit=unit)
    rule = _rule(tx, unit)
    check_say(rule.value.proposers, caller.roles)
    customer = tx.customers.known(customer.id)  # His benefits come one after the other.
    gates.demand(tx, customer, unit=unit, purpose=Purpose.NEGOTIATION)
    if tx.benefits.live(customer.id, unit=unit) is not None:
        raise BenefitExists("The partner has a benefit, or one waits for its approval.")
    year = tx.today(unit).year
    benefit = Benefit(
        id=new_id(),
        customer_id=customer.id,
        org_unit=unit,
        year=year,
        rank=_rank(tx, customer, unit=unit, year=year),
        discount=discount,
        services=tuple(services),
        evidence=tuple(Evidence(**one) for one in evidence),
        because=rule.because,
        proposed_by=caller.id,
        proposed_at=tx.now,
    )
    benefit.check(rule.value, today=tx.today(unit))
    tx.benefits.add(benefit)
    return _kept(tx, benefit, "proposed")


def approve_benefit(tx: CustomerTransaction, benefit: Benefit, *, caller: Officer) -> Benefit:
    """Grant a benefit that is proposed; what the pack allows is asked once more.

    Raises WrongState, PolicyMissing, and as ``Benefit.approve`` and the gates.
    """
    customer = tx.customers.known(benefit.customer_id)
    unit = benefit.org_unit
    granted = benefit.approve(
        _rule(tx, unit).value,
        by=caller.id,
        roles=caller.roles,
        today=tx.today(unit),
        now=tx.now,
    )
    gates.demand(tx, customer, unit=unit, purpose=Purpose.NEGOTIATION)
    tx.emit(granted, because=benefit.because)
    due_at = opening_from(tx.calendar(unit), granted.valid_until + ONE_DAY)
    tx.set_timer(EXPIRY, f"benefit/{benefit.id}", due_at, benefit_id=benefit.id)
    return _kept(tx, benefit, "granted")


def reject_benefit(
    tx: CustomerTransaction, benefit: Benefit, *, caller: Officer, reason: str
) -> Benefit:
    """Decide against a proposal. Raises WrongState, NoSay, OwnProposal, PolicyMissing."""
    rule = _rule(tx, benefit.org_unit).value
    benefit.reject(rule, by=caller.id, roles=caller.roles, reason=reason, now=tx.now)
    return _kept(tx, benefit, "rejected")


def withdraw_benefit(
    tx: CustomerTransaction, benefit: Benefit, *, caller: Officer, reason: str
) -> Benefit:
    """Take a proposal back, or end what was granted. Raises WrongState, NoSay, PolicyMissing."""
    rule = _rule(tx, benefit.org_unit).value
    ended = benefit.withdraw(rule, roles=caller.roles, reason=reason)
    if ended is not None:
        tx.cancel_timer(EXPIRY, f"benefit/{benefit.id}")
        tx.emit(ended, because=benefit.because)
    return _kept(tx, benefit, "withdrawn")


def expire_benefit(tx: CustomerTransaction, *, benefit_id: UUID) -> None:
    """End a benefit whose last day is over; one that ended before stays as it is."""
    benefit = tx.benefits.known(benefit_id)
    if Command.EXPIRE in TRANSITIONS[benefit.state]:
        tx.emit(benefit.expire(), because=benefit.because)
        _kept(tx, benefit, "expired")


def _rule(tx: CustomerTransaction, unit: str) -> Ruling[BenefitRule]:
    found: Ruling[BenefitRule] = tx.policies.ruling("benefits", unit=unit, on=tx.today(unit))
    return found


def _rank(tx: CustomerTransaction, customer: Customer, *, unit: str, year: int) -> int:
    place = tx.partner_rankings.place(customer.id, unit=unit, year=year)
    if place is None and not tx.partner_rankings.exists(unit=unit, year=year):
        raise RankingMissing("The partners are ranked before one of them is given more.", year=year)
    if place is None or not place.on_top:
        rank = place.rank if place else None
        raise NotOnTop("The partner is not among the first of the ranking.", rank=rank, year=year)
    return int(place.rank)


def _kept(tx: CustomerTransaction, benefit: Benefit, what: str) -> Benefit:
    """The audit log and the customer's timeline say who did what; no rank, no reason in words."""
    subject = f"customer/{benefit.customer_id}"
    tx.record(f"benefit.{what}", f"benefit/{benefit.id}", customer_id=benefit.customer_id)
    told = {"benefit_id": benefit.id, "unit": benefit.org_unit}
    tx.note(subject, f"benefit_{what}", **told, because=benefit.because)
    return benefit
