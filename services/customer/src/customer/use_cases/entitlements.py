"""What the grades of a customer entitle him to, and how he is served (CL-27 to CL-31, CL-42)."""

from typing import Any

from customer.adapters.mapping import Customer
from customer.adapters.transaction import CustomerTransaction
from customer.domain.entitlements import Entitlement
from customer.domain.service_schemes import ServiceScheme
from customer.use_cases.grading import held
from shared.policy import Policies
from shared.rules import Ruling


def entitled(policies: Policies, customer: Customer, *, on: Any) -> list[dict[str, Any]]:
    """For each grade that people gave him and that he may know: rights, priorities, obligations and
    the clauses that say so. ``on`` gives the local date of a unit."""
    shown = []
    for grade in customer.grades:  # type: ignore[attr-defined]
        if grade.internal:
            continue
        found: list[Ruling[Entitlement]] = policies.rulings(
            "entitlements", unit=grade.unit, on=on(grade.unit)
        )
        same = [o for o in found if (o.value.scheme, o.value.grade) == (grade.scheme, grade.grade)]
        if same:
            shown.append(_united(grade, same))
    return shown


def service_schemes(
    tx: CustomerTransaction, customer: Customer, *, open_only: bool
) -> list[dict[str, Any]]:
    """The schemes by which his unit serves a customer of his kind, grades, industry and region
    (CL-37).

    ``open_only`` passes over grades that he must not know, from whose schemes he could tell them
    (CL-32). Raises UnitUnknown, CalendarMissing.
    """
    unit = customer.org_unit
    kind, industry, region = customer.kind, customer.industry, customer.region
    grades = held(tx, customer, unit=unit)
    if open_only:
        grades -= {one.code for one in tx.grades.of(customer.id) if one.internal}
    found: list[Ruling[ServiceScheme]] = tx.policies.rulings(
        "service_schemes",
        unit=unit,
        on=tx.today(unit),
        kind=kind,
        grade=grades,
        industry=industry,
        region=region,
    )
    return [{**vars(one.value), "because": one.because} for one in found]


def _united(grade: Any, found: list[Ruling[Entitlement]]) -> dict[str, Any]:
    values = [one.value for one in found]
    told = {name: getattr(grade, name) for name in ("unit", "scheme", "product", "grade")}
    for name in ("rights", "priorities", "obligations"):
        told[name] = [word for value in values for word in getattr(value, name)]
    told["vip_discount"] = any(value.vip_discount for value in values)
    told["because"] = [one.because for one in found]
    return told
