"""Keep to the standards of admission and elimination of the company (AD-13, AD-22)."""

from collections.abc import Iterable

from customer.adapters.mapping import Customer, ExitCase, StageReview
from customer.adapters.transaction import CustomerTransaction
from customer.domain.blacklist_rules import Authority, Scope
from customer.domain.exits import BELOW_STANDARD, Kind
from customer.domain.memberships import Standing
from customer.domain.standards import (
    EliminationRule,
    Keeper,
    Kept,
    Record,
    Standard,
    failed,
)
from customer.use_cases.exits import add_case
from shared.ids import new_id
from shared.rules import Ruling


def keepers(tx: CustomerTransaction, unit: str) -> list[Kept]:
    """Who keeps which standard for ``unit`` (AD-13); one that its packs leave open is left out.

    Raises UnitUnknown.
    """
    today, found = tx.today(unit), []
    for standard in (Standard.ADMISSION, Standard.ELIMINATION):
        rulings: list[Ruling[Keeper]] = tx.policies.rulings(
            "standard_keepers", unit=unit, on=today, standard=standard
        )
        found += [Kept(standard, one.value.roles, one.because) for one in rulings]
    lists: list[Ruling[Authority]] = tx.policies.rulings(
        "blacklist_authority", unit=unit, on=today, scope=Scope.COMPANY
    )
    blacklist = Standard.COMPANY_BLACKLIST
    return found + [Kept(blacklist, one.value.roles, one.because) for one in lists]


def propose_failing(tx: CustomerTransaction, customer: Customer, review: StageReview) -> None:
    """Propose at a review the exit of a customer who fails the elimination standard, once for each
    review and only while nobody else has proposed one (AD-22)."""
    unit, today = review.unit, tx.today(review.unit)
    rules = tx.policies.rulings("elimination", unit=unit, on=today)
    decided = tx.policies.rulings("exits", unit=unit, on=today, exit=Kind.TERMINATE)
    if not (rules and decided and _stands(tx, customer, unit)):
        return
    found = failed(rules, _record(tx, customer, review, rules))
    proposed = tx.exits.of_review(review.id) or tx.exits.open_of(customer.id, unit)
    if not found or proposed:
        return
    kept = [one.roles for one in keepers(tx, unit) if one.standard is Standard.ELIMINATION]
    add_case(tx, _case(tx, review, found), told_roles=next(iter(kept), ()))


def _case(
    tx: CustomerTransaction, review: StageReview, found: list[Ruling[EliminationRule]]
) -> ExitCase:
    return ExitCase(
        id=new_id(),
        customer_id=review.customer_id,
        org_unit=review.unit,
        kind=Kind.TERMINATE,
        reason_code=BELOW_STANDARD,
        reason="Fails the elimination standard.",
        evidence=f"stage_review/{review.id}",
        criteria=tuple(one.value.criterion for one in found),
        review_id=review.id,
        because=found[0].because,
        proposed_by=tx.origin.actor,
        proposed_at=tx.now,
    )


def _stands(tx: CustomerTransaction, customer: Customer, unit: str) -> bool:
    membership = tx.memberships.find(customer.id, unit)
    return membership is not None and membership.standing is not Standing.EXITED


def _record(
    tx: CustomerTransaction,
    customer: Customer,
    review: StageReview,
    rules: Iterable[Ruling[EliminationRule]],
) -> Record:
    unit, today = review.unit, tx.today(review.unit)
    bought = tx.purchases.of(customer.id)
    return Record(
        today=today,
        score=tx.gradings.score(customer.id, unit=unit, scheme=review.scheme),
        last_purchase=bought.last_on if bought else None,
        lapsed=frozenset(
            kind
            for one in rules
            for kind in one.value.documents
            if (known := tx.documents.of(customer.id, kind))
            and not any(document.holds(today) for document in known)
        ),
        blacklisted=any(
            tx.blacklist.live(customer.id, scope=scope, unit=unit) is not None for scope in Scope
        ),
    )
