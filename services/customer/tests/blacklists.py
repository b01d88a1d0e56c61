"""Those who keep blacklists, and what they write."""

from dataclasses import dataclass

from customer.adapters.mapping import Grade
from customer.domain.blacklist_returns import Verdict
from customer.use_cases import blacklist, blacklist_returns
from shared.rules import Because

GROUNDS = {
    "reason_code": "overdue_payment",
    "reason": "has never paid an invoice",
    "evidence": "invoices 1 to 9",
    "loss_amount": None,
}
CONDITIONS = (
    "civil_liability",
    "business_reputation",
    "sales_contract",
    "lawful_conduct",
    "product_qualification",
    "brand_image",
)
CLAUSE = Because(pack="medical", version="1", clause="001-P10 L490", rule="CL-09")


@dataclass(frozen=True)
class Who:
    id: str
    unit: str
    roles: frozenset[str]


def who(name, unit, *roles):
    return Who(name, unit, frozenset(roles))


HEAD = who("head-n", "region-north", "department_head")
SALES = who("sales-n", "region-north", "sales_team")
MARKETING = who("marketing", "hq", "marketing_division")
BOSS = who("boss", "hq", "general_manager")


def met(*, but=()):
    return [Verdict(condition=one, met=one not in but) for one in CONDITIONS]


def barred_by_department(desk, customer, *, head=HEAD):
    with desk.open() as tx:
        found = tx.customers.get(customer.id, unit=head.unit)
        return blacklist.list_for_department(tx, found, unit=None, officer=head, **GROUNDS)


def vip(desk, customer, unit="region-north"):
    with desk.open() as tx:
        tx.grades.add(
            Grade(
                customer_id=customer.id,
                unit=unit,
                scheme="medical",
                grade="vip",
                because=CLAUSE,
                graded_at=tx.now,
            )
        )


def reported(desk, customer, *, by=SALES, reason_code="major_loss"):
    with desk.open() as tx:
        found = tx.customers.get(customer.id, unit=by.unit)
        grounds = {**GROUNDS, "reason_code": reason_code}
        return blacklist.report_customer(tx, found, unit=None, officer=by, **grounds)


def decided(desk, entry, decide, officer=MARKETING, **asked):
    """What becomes of an entry by one decision."""
    with desk.open() as tx:
        kept = tx.blacklist.kept(entry.id, unit=officer.unit)
        return decide(tx, kept, officer=officer, **asked)


def barred_by_company(desk, customer):
    vip(desk, customer)
    entry = reported(desk, customer)
    decided(desk, entry, blacklist.verify_report, findings="it is true")
    return decided(desk, entry, blacklist.list_for_company)


def returned(desk, entry, *, keeper=HEAD, leader=HEAD, role="department_head"):
    decided(desk, entry, blacklist_returns.open_return, keeper, change="new owners")
    decided(desk, entry, blacklist_returns.review_return, keeper, verdicts=met())
    decided(desk, entry, blacklist_returns.approve_return, leader, role=role)
    return decided(desk, entry, blacklist_returns.approve_return, BOSS, role="general_manager")
