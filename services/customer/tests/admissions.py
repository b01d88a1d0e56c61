"""A clinic on its way into the customer base of a shop that follows the medical pack."""

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

from customer.adapters.mapping import Admission, Customer, Document, Grade, Membership
from customer.domain.admission_conditions import Verdict
from customer.use_cases import admission, documents
from customer.use_cases.entry import enter_customer
from shared.rules import Because

from .desk import HQ, PEOPLE, Desk

UNIT = "shop-01"
HEAD = SimpleNamespace(id=str(PEOPLE["head-north"]), unit="region-north")
STEPS = ("market_survey", "cooperation_intention", "background_check")
PAPERS = ("business_licence", "tax_registration", "medical_institution_licence", "contract")
CONDITIONS = (
    "civil_liability",
    "business_reputation",
    "sales_contract",
    "lawful_conduct",
    "brand_image",
)
LAST_DAY = date(2026, 6, 30)
GRADED = Because(pack="medical", version="1", clause="001-P10 L510", rule="CL-18")


@dataclass
class Way:
    """What is done with one customer on his way into a unit."""

    desk: Desk
    customer: Customer
    unit: str = UNIT

    def paper(self, kind: str, *, product: str = "", until: date = LAST_DAY) -> Document:
        """Hand in a document and have it verified."""
        given = {"kind": kind, "number": "N-1", "product": product, "valid_until": until}
        with self.desk.open() as tx:
            collected = documents.collect_document(tx, self.customer, caller=HQ, **given)
            return documents.verify_document(tx, self.customer, collected, caller=HEAD)

    def open(self, *products: str) -> Admission:
        made: Admission = self.desk.do(
            admission.open_admission,
            self.customer,
            unit=self.unit,
            products=products,
            caller=HQ,
        )
        return made

    def run(self, use_case: Any, *before: Any, **asked: Any) -> Admission:
        """A use case about the living admission."""
        with self.desk.open() as tx:
            live = tx.admissions.live(self.customer.id, self.unit)
            made: Admission = use_case(tx, *before, live, caller=HQ, **asked)
            return made

    def step(self, step: str) -> Admission:
        return self.run(admission.take_step, step=step, finding="fine")

    def found(self, condition: str, verdict: Verdict = Verdict.MET, product: str = "") -> Admission:
        one = {"condition": condition, "product": product, "verdict": verdict}
        return self.run(admission.assess, self.customer, assessments=[one])

    def decide(self) -> Admission:
        return self.run(admission.decide, self.customer)

    def reviewed(self, *products: str) -> None:
        """All is done before the decision, and all is well but for the product lines."""
        for kind in PAPERS:
            self.paper(kind)
        self.open(*products)
        for step in STEPS:
            self.step(step)
        for condition in CONDITIONS:
            self.found(condition)

    def admitted(self) -> Admission:
        self.reviewed()
        return self.decide()

    def graded(self, grade: str = "qualified") -> None:
        with self.desk.open() as tx:
            tx.grades.add(
                Grade(
                    customer_id=self.customer.id,
                    unit=self.unit,
                    scheme="medical",
                    grade=grade,
                    because=GRADED,
                    graded_at=tx.now,
                )
            )

    def enter(self, owner: str = "north") -> Membership:
        made: Membership = self.desk.do(
            enter_customer, self.customer, unit=self.unit, owner_id=PEOPLE[owner]
        )
        return made

    def standing(self) -> str:
        with self.desk.open() as tx:
            return str(tx.memberships.find(self.customer.id, self.unit).standing)


def way(desk: Desk, **fields: Any) -> Way:
    """A clinic that is new in the shop."""
    desk.follow("region-north", "medical", "generic")
    return Way(desk, desk.register(org_unit=UNIT, **{"kind": "institution", **fields}))
