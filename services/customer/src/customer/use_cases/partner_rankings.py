"""Rank the partners of a unit by their admission forms and files (CL-35)."""

from dataclasses import dataclass

from customer.adapters.transaction import CustomerTransaction
from customer.domain.partner_rankings import Papers, RankingRule, ranked
from customer.domain.partners import filled_percent
from customer.domain.staff import Caller
from customer.use_cases.file_fields import view
from customer.use_cases.partners import form_items
from shared.rules import Ruling, UnitUnknown


@dataclass(frozen=True)
class Ranking:
    """How many partners a unit ranked for a year."""

    unit: str
    year: int
    partners: int


def rank_partners(tx: CustomerTransaction, *, caller: Caller, unit: str) -> Ranking:
    """Rank those who stand admitted in ``unit`` and below for the year that runs there.

    What was ranked for that year before is replaced; the rankings of earlier years stay. Raises
    UnitUnknown, PolicyMissing.
    """
    if not tx.sees(caller.unit, unit):
        raise UnitUnknown("The organisational unit is not known here.", unit=unit)
    today = tx.today(unit)
    rule: Ruling[RankingRule] = tx.policies.ruling("partner_ranking", unit=unit, on=today)
    papers = []
    for customer, form in tx.partners.admitted_below(unit):
        percent = filled_percent(form_items(tx, form.unit), form.cells)
        papers.append(Papers(customer.id, percent, view(tx, customer).completeness.percent))
    places = ranked(rule.value, papers)
    tx.partner_rankings.replace(
        places,
        unit=unit,
        year=today.year,
        because=rule.because,
        now=tx.now,
        by=tx.origin.actor,
    )
    tx.record("partners.ranked", f"unit/{unit}", year=today.year, partners=len(places))
    return Ranking(unit, today.year, len(places))
