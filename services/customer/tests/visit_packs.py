"""A desk whose shop follows one regulation, and staff for the visits that it asks for."""

from uuid import UUID

from customer.adapters.mapping import Grade
from customer.domain.memberships import Standing
from customer.domain.visit_reports import VisitRecord
from customer.domain.visit_rules import VisitMode
from customer.use_cases import visits
from customer.use_cases.visit_plans import plan_visits
from shared.rules import Because

from .desk import HQ

SHOP = "shop-01"
BECAUSE = Because(pack="test", version="1", clause="1", rule="CL-09")
STAFF = {
    role: UUID(int=0x7000_9000 << 64 | number)
    for number, role in enumerate(
        (
            "sales_team",
            "contracting_unit",
            "company_executive",
            "key_account_group",
            "general_manager",
            "marketing_centre",
            "business_unit_manager",
            "marketing_manager",
            "project_manager",
            "joint_venture_office",
            "marketing_director",
        ),
        start=1,
    )
}


def following(desk, pack):
    """Let the shop follow ``pack`` alone beside what the default has for reminders."""
    desk.follow(SHOP, pack, "generic")
    with desk.open() as tx:
        for role, person in STAFF.items():
            tx.staff.keep(person, active=True, superior_id=None, posts=[("hq", role)])
    return desk


def enter(desk, customer):
    """Let a customer be entered in the shop, whatever that takes."""
    with desk.open() as tx:
        tx.memberships.find(customer.id, SHOP).take(Standing.ENTERED, now=tx.now)
        tx.session.flush()
        plan_visits(tx, tx.customers.known(customer.id), recount=True)


def grade(desk, customer, code):
    """Give a customer who is entered a grade in the shop, and plan his visits by it."""
    scheme, _, given = code.partition(":")
    enter(desk, customer)
    with desk.open() as tx:
        tx.grades.add(
            Grade(
                customer_id=customer.id,
                unit=SHOP,
                scheme=scheme,
                grade=given,
                because=BECAUSE,
                graded_at=tx.now,
            )
        )
        tx.session.flush()
        plan_visits(tx, tx.customers.known(customer.id), recount=True)


def due(desk, customer):
    """When each open visit of a customer is due, by activity and actor."""
    return {
        (visit.activity, visit.role): visit.due_on.isoformat()
        for visit in desk.open_visits(customer)
    }


def report(desk, customer, activity, *, on, sections=(), mode="on_site", **more):
    """Report on the open visit of an activity that is due first."""
    with desk.open() as tx:
        found = [v for v in tx.visits.open_of(customer.id).values() if v.activity == activity]
        visit = min(found, key=lambda one: one.due_on)
        record = VisitRecord(sections=dict.fromkeys(sections, "well"), **more)
        given = {"completed_on": on, "mode": VisitMode(mode), "report": "well", "record": record}
        return visits.complete_visit(tx, visit, **given, caller=HQ)
