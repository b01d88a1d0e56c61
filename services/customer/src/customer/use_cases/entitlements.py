"""What the grades of a customer entitle him to (CL-27 to CL-31)."""

from typing import Any

from customer.adapters.mapping import Customer
from customer.domain.entitlements import Entitlement
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


def _united(grade: Any, found: list[Ruling[Entitlement]]) -> dict[str, Any]:
    values = [one.value for one in found]
    told = {name: getattr(grade, name) for name in ("unit", "scheme", "product", "grade")}
    for name in ("rights", "priorities", "obligations"):
        told[name] = [word for value in values for word in getattr(value, name)]
    told["vip_discount"] = any(value.vip_discount for value in values)
    told["because"] = [one.because for one in found]
    return told
