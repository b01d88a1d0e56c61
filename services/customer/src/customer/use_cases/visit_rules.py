"""Which visits the packs of a unit ask for, and which units visit a customer."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from customer.adapters.mapping import Customer
from customer.adapters.transaction import CustomerTransaction
from customer.domain.memberships import Standing
from customer.domain.visit_flags import FLAGS
from customer.domain.visit_occasions import (
    Intensity,
    Occasion,
    OccasionKind,
    OccasionRule,
    holiday_visit,
    node_visit,
)
from customer.domain.visit_rules import RuleKey, VisitRule
from customer.domain.visits import LOWEST_PRIORITY
from customer.use_cases.grading import held
from shared.rules import Because, Ruling

Facts = dict[str, Any]
WHOLE = 100  # per cent


@dataclass(frozen=True)
class Wanted:
    """A visit that a rule of a unit asks for. ``due_on`` is given for an ``occasion`` alone: all
    other visits come again and again."""

    customer: Customer
    unit: str
    rule: VisitRule
    because: Because
    grade: str
    priority: int
    occasion: str = ""
    due_on: date | None = None

    @property
    def key(self) -> tuple[str, RuleKey, str]:
        """Of visits with the same key one is open at most."""
        return (self.unit, self.rule.key, self.occasion)


def visiting_units(tx: CustomerTransaction, customer: Customer) -> list[str]:
    """The units in whose customer base the customer is entered: each visits him by rules of its
    own (CL-26), unless a blacklist bars it (AD-16)."""
    entered = (
        one.unit for one in tx.memberships.of(customer.id) if one.standing is Standing.ENTERED
    )
    return [unit for unit in entered if tx.blacklist.barring(customer.id, unit=unit) is None]


def facts_of(
    tx: CustomerTransaction, customer: Customer, *, unit: str, is_new: bool = False
) -> Facts:
    """What decides on the visits of ``unit`` to a customer. Raises UnitUnknown."""
    facts: Facts = {"grade": held(tx, customer, unit=unit)}
    if is_new:
        named = (*FLAGS, "key_project", "communication_necessary")
        return {**facts, **dict.fromkeys(named, False)}
    flags = tx.visit_flags.of(customer.id, unit=unit)
    return {**facts, **flags.facts, **tx.projects.flags(customer.id)}


def wanted_visits(
    tx: CustomerTransaction, customer: Customer, units: Sequence[str], *, is_new: bool
) -> list[Wanted]:
    """All visits that the rules of ``units`` ask for today, each rule of an activity and an actor
    in one unit once, and once for each occasion. Raises UnitUnknown."""
    told = [] if is_new else tx.visit_occasions.of(customer.id)
    done = tx.visits.done_occasions(customer.id) if told or not is_new else set()
    found = []
    for unit in units:
        facts = facts_of(tx, customer, unit=unit, is_new=is_new)
        found += _recurring(tx, customer, unit, facts)
        # What was told in a unit that the customer has left goes on in his own.
        here = [one for one in told if _place(one, customer, units) == unit]
        found += _occasional(tx, customer, unit, facts, here, done)
    return found


def rules_for(tx: CustomerTransaction, customer: Customer, *, unit: str) -> list[VisitRule]:
    """The rules by which ``unit`` visits the customer today, those of occasions too.

    Raises UnitUnknown.
    """
    facts = facts_of(tx, customer, unit=unit)
    rulings = tx.policies.rulings("visit_rules", unit=unit, on=tx.today(unit), **facts)
    occasions = _occasion_rules(tx, unit, facts)
    return [*(one.value for one in rulings), *(one.value.asked for one in occasions)]


def interval_percent(tx: CustomerTransaction, customer: Customer, *, unit: str) -> int:
    """How much of the interval is left because a project begins soon (VS-21); 100 mostly."""
    rule, today = intensity(tx, unit), tx.today(unit)
    start = tx.projects.next_start(customer.id, on=today) if rule else None
    if rule is None or start is None:
        return WHOLE
    return rule.percent if (start - today).days <= rule.within_days else WHOLE


def next_turn(
    tx: CustomerTransaction, customer: Customer, units: Sequence[str], *, is_new: bool = False
) -> date | None:
    """The next day on which time alone changes what is planned: a project comes near or begins,
    or a holiday may have been published."""
    days = []
    for unit in units:
        today, rule = tx.today(unit), intensity(tx, unit)
        start = tx.projects.next_start(customer.id, on=today) if rule and not is_new else None
        if rule and start:
            near = start - timedelta(days=rule.within_days)
            days.append(near if near > today else start + timedelta(days=1))
        facts = facts_of(tx, customer, unit=unit, is_new=is_new)
        kinds = {one.value.occasion for one in _occasion_rules(tx, unit, facts)}
        if OccasionKind.HOLIDAY in kinds:
            days.append((today.replace(day=1) + timedelta(days=32)).replace(day=1))
    return min(days, default=None)


def intensity(tx: CustomerTransaction, unit: str) -> Intensity | None:
    """What the packs of ``unit`` say of near projects."""
    found = tx.policies.rulings("visit_intensity", unit=unit, on=tx.today(unit))
    return found[0].value if found else None


def _place(occasion: Occasion, customer: Customer, units: Sequence[str]) -> str:
    return occasion.unit if occasion.unit in units else customer.org_unit


def _recurring(
    tx: CustomerTransaction, customer: Customer, unit: str, facts: Facts
) -> list[Wanted]:
    priority = _priority(tx, unit, facts["grade"])
    return [
        Wanted(
            customer=customer,
            unit=unit,
            rule=one.rule.value,
            because=one.because,
            grade=_grade(one.rule.when.get("grade", ()), facts),
            priority=priority,
        )
        for one in tx.policies.held("visit_rules", unit=unit, on=tx.today(unit), **facts)
    ]


def _occasional(
    tx: CustomerTransaction,
    customer: Customer,
    unit: str,
    facts: Facts,
    told: Sequence[Occasion],
    done: Collection[tuple[str, RuleKey, str]],
) -> list[Wanted]:
    rulings = _occasion_rules(tx, unit, facts)
    priority = _priority(tx, unit, facts["grade"])
    today, holidays = tx.today(unit), tx.calendar(unit).holidays
    found = []
    for ruling in rulings:
        rule = ruling.value
        if rule.occasion is OccasionKind.HOLIDAY:
            made = {name for of, key, name in done if (of, key) == (unit, rule.asked.key)}
            asked = [holiday_visit(rule, holidays, today=today, done=made)]
        else:
            last, nodes = _last(rule, rulings), [one for one in told if one.kind is rule.occasion]
            asked = [node_visit(rule, node, is_last=last) for node in nodes]
        found += [
            Wanted(customer, unit, rule.asked, ruling.because, "", priority, *one)
            for one in asked
            if one is not None
        ]
    return [one for one in found if one.key not in done]


def _occasion_rules(tx: CustomerTransaction, unit: str, facts: Facts) -> list[Ruling[OccasionRule]]:
    return tx.policies.rulings("visit_occasions", unit=unit, on=tx.today(unit), **facts)


def _last(rule: OccasionRule, rulings: Sequence[Ruling[OccasionRule]]) -> bool:
    """Whether no other visit for the same occasion comes after that of ``rule``."""
    of_kind = [one.value for one in rulings if one.value.occasion is rule.occasion]
    return rule.days_before == min(one.days_before for one in of_kind)


def _grade(wanted: Sequence[Any], facts: Facts) -> str:
    return next((str(one) for one in wanted if one in facts["grade"]), "")


def _priority(tx: CustomerTransaction, unit: str, grades: Collection[str]) -> int:
    """The best place that a grade gives in queues (CL-28, CL-29)."""
    schemes = tx.policies.rulings("grade_schemes", unit=unit, on=tx.today(unit))
    places = [
        value.priority
        for scheme in (one.value for one in schemes)
        for value in scheme.values
        if value.priority is not None and f"{scheme.scheme}:{value.code}" in grades
    ]
    return min(places, default=LOWEST_PRIORITY)
