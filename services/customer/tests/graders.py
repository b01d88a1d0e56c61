"""People who grade, and a department with customers to grade."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from customer.adapters.mapping import Customer
from customer.adapters.tables import customers, grades, memberships
from customer.domain.kinds import Kind
from customer.domain.memberships import Standing
from customer.use_cases.files import fill_file
from shared.ids import new_id
from shared.rules import Because

from .desk import Desk

NORTH = "region-north"
FORM = "form-17"
SURVEY = {
    "company_profile": "A hospital of the district.",
    "operating_status": "Sound.",
    "contract_execution": "All contracts were kept.",
}
POINTS = {"business_volume": 40, "receivables": 10, "reputation": 10, "loyalty": 5}
CARD: dict[str, Any] = {
    "scheme": "medical",
    "effective_from": "2026-03-02",
    "indicators": [
        {"code": "business_volume", "definition": "Volume", "max_points": 40, "weight": 40},
        {"code": "receivables", "definition": "Receivables", "max_points": 10, "weight": 30},
        {"code": "reputation", "definition": "Reputation", "max_points": 10, "weight": 20},
        {"code": "loyalty", "definition": "Loyalty", "max_points": 5, "weight": 10},
    ],
    "bands": [
        {"grade": "vip", "at_least": 85},
        {"grade": "preferred", "at_least": 60},
        {"grade": "qualified", "at_least": 0},
    ],
}
VIP_WORDS = ["good_results", "high_reputation", "stable", "loyal", "long_term_partnership"]
PREFERRED_WORDS = ["known_in_region", "no_current_risk", "fair_operations"]
PREFERRED_WORDS += ["operating_strength", "large_demand", "high_integrity", "long_cooperation"]
EXCELLENT = {"hospital_level": "tertiary_b", "declared": VIP_WORDS + PREFERRED_WORDS}
BECAUSE = Because(pack="medical", version="1", clause="001-P10 L484", rule="CL-09")


@dataclass
class Department:
    """Region north, which follows the medical pack and has a scorecard."""

    desk: Desk
    as_: Any

    def __post_init__(self) -> None:
        self.desk.follow("hq", "medical", "jointventure", "retail", "generic")
        self.sales = self.as_("sales_team", unit=NORTH, who="north")
        self.head = self.as_("department_head", unit=NORTH, who="head-north")

    def has_scorecard(self, **changed: Any) -> Any:
        return self.head.post(f"/v1/units/{NORTH}/scorecards", {**CARD, **changed})

    def customer(self, number: str = "F-1", *, facts: Any = None, **fields: Any) -> str:
        """The path of a new customer of the department."""
        made = self.desk.register(number, org_unit=NORTH, **fields)
        with self.desk.open() as tx:
            membership = tx.memberships.find(made.id, NORTH)
            membership.take(Standing.ENTERED, now=tx.now)
        self.survey(made)
        path = f"/v1/customers/{made.id}"
        if facts is not None:
            assert self.sales.post(f"{path}/grading-facts", facts).status_code == 200
        return path

    def survey(self, customer: Customer, **changed: str | None) -> None:
        """Fill in the form that comes before a grade; None empties a field of it."""
        with self.desk.open() as tx:
            file = tx.files.open(customer.id, now=tx.now, by=tx.origin.actor)
            told = {"values": {**SURVEY, **changed}, "reason": "the survey"}
            fill_file(tx, tx.customers.known(customer.id), file, **told)

    def propose(self, path: str, grade: str | None = "vip", **more: Any) -> Any:
        asked = {"unit": NORTH, "scheme": "medical", "evidence": FORM, "scores": POINTS}
        return self.sales.post(f"{path}/gradings", {**asked, "grade": grade, **more})

    def approve(self, grading: Any, caller: Any = None) -> Any:
        return (caller or self.head).post(f"/v1/gradings/{grading['grading_id']}/approvals", {})

    def grade(self, path: str, grade: str = "vip", **more: Any) -> Any:
        """Propose a grade and have it approved; the answer to the approval."""
        proposed = self.propose(path, grade, **more)
        assert proposed.status_code == 201, proposed.text
        return self.approve(proposed.json)

    def crowd(self, count: int, *, holding: str = "", product: str = "") -> None:
        """So many entered customers more, and the grade that all of them hold."""
        with self.desk.open() as tx:
            people = [crowded(new_id(), tx.now) for _ in range(count)]
            tx.session.execute(insert(customers), people)
            for one in people:
                entered(tx, one["id"], NORTH)
                if holding:
                    given = {"grade": holding, "product": product, "graded_at": tx.now}
                    tx.session.execute(insert(grades), {**GRADE, **given, "customer_id": one["id"]})


GRADE = {"unit": NORTH, "scheme": "medical", "because": BECAUSE, "internal": False, "version": 1}


CROWD = {"kind": Kind.COMPANY, "org_unit": NORTH, "name_key": ""}


def crowded(customer_id: UUID, now: datetime) -> dict[str, Any]:
    row = {"id": customer_id, "number": str(customer_id), "name": "One of many", "version": 1}
    return {**row, **CROWD, "registered_at": now}


def entered(tx: Any, customer_id: Any, unit: str, standing: Standing = Standing.ENTERED) -> None:
    row = {"customer_id": customer_id, "unit": unit, "standing": standing}
    tx.session.execute(insert(memberships).values({**row, "since": tx.now, "version": 1}))
