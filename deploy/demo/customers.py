"""Customers come in, a return visit comes due, birthdays are kept."""

from datetime import date, timedelta
from typing import Any

from demo.cast import Cast
from demo.telling import local

CUSTOMERS = "/customer/v1/customers"
VISITS = "/customer/v1/visits"
GREETED = {"lunar": "F-0007", "leap_day": "C-0003"}
STORY_ENDS = "2026-03-27 18:00"


def company_is_founded(cast: Cast) -> None:
    """Units, people and a thousand customers."""
    tell = cast.telling
    tell.chapter("A franchise company is set up")
    cast.company.load_people(cast.base)
    cast.settle()
    tell.say("hr", f"enters {len(cast.company.people)} people and their units", at=cast.now())
    report = cast.company.load_customers(cast.base)
    cast.settle()
    tell.say(
        cast.person("sales_back_office").name,
        f"imports {report['rows']} rows: {report['created']} in, {report['rejected']} refused",
        at=cast.now(),
    )
    for problem in report["problems"]:
        tell.say(
            "import", f"row {problem['row']}, {problem['column']}: {problem['code']}", at=cast.now()
        )
    tell.expect("1,000 rows were read", 1000, report["rows"])
    tell.expect("every bad row is named", report["rejected"], len(_rows(report)))
    again = cast.company.load_customers(cast.base)
    tell.expect("the same file again changes nothing", [0, 0], [again["created"], again["changed"]])
    one = cast.acts("auditor").get(CUSTOMERS, grade="size:large", limit=1)["items"][0]
    (size,) = (grade for grade in one["grades"] if grade["scheme"] == "size")
    tell.say(
        "customer",
        f"{one['number']} buys for {one['annual_amount']} a year: {size['grade']}",
        at=cast.now(),
        because=size["because"],
    )


def _rows(report: dict[str, Any]) -> set[int]:
    return {problem["row"] for problem in report["problems"]}


def choose_visit(cast: Cast) -> dict[str, Any]:
    """The first monthly visit of a large customer that comes due after the holiday."""
    visits = (
        visit
        for customer in cast.listed("auditor", CUSTOMERS, grade="size:large")
        for visit in cast.acts("auditor").get(VISITS, customer_id=customer["customer_id"])["items"]
    )
    for visit in visits:
        due = date.fromisoformat(visit["due_on"])
        if date(2026, 3, 2) <= due <= date(2026, 3, 18):
            return dict(visit)
    raise LookupError("no large customer has a visit in the first half of March")


def visit_comes_due(cast: Cast, visit: dict[str, Any]) -> None:
    """The visitor is reminded; nothing happens; the supervisor is told."""
    tell = cast.telling
    tell.chapter("A large customer's monthly return visit comes due")
    visitor = cast.holder(visit["visitor_id"])
    due = date.fromisoformat(visit["due_on"])
    about = f"visit/{visit['visit_id']}"
    tell.say(
        "customer",
        f"{visitor.name} is to visit by {due}",
        at=visit["planned_at"],
        because=visit["because"],
    )
    cast.until(f"{due - timedelta(days=4)} 23:00")
    told = cast.was_told(visitor.id, about, "visit_due")
    tell.expect("not reminded too early", 0, len(told))
    cast.until(f"{due} 18:00")
    told = cast.was_told(visitor.id, about, "visit_due")
    tell.expect("the visitor was reminded once", 1, len(told))
    tell.say(
        "notify", f"reminds {visitor.name}", at=told[0]["planned_at"], because=told[0]["because"]
    )
    cast.until(f"{due + timedelta(days=9)} 18:00")
    supervisor = cast.holder(visit["supervisor_id"])
    told = cast.was_told(supervisor.id, about, "visit_overdue")
    tell.expect("the supervisor was told once", 1, len(told))
    tell.say(
        "notify",
        f"tells {supervisor.name}, the supervisor",
        at=told[0]["planned_at"],
        because=told[0]["because"],
    )


def birthdays_are_kept(cast: Cast) -> None:
    """A lunar birthday and one of 29 February get one greeting each."""
    tell = cast.telling
    tell.chapter("Birthdays")
    cast.until(STORY_ENDS)
    expected = {"lunar": "2026-03-03", "leap_day": "2026-02-28"}
    for kind, number in GREETED.items():
        customer = cast.acts("auditor").get(CUSTOMERS, number=number)["items"][0]
        path = f"{CUSTOMERS}/{customer['customer_id']}/contacts"
        contact = cast.acts("auditor").get(path)["items"][0]
        told = cast.messages(person=contact["contact_id"], reason="birthday")
        tell.expect(f"one greeting for the {kind} birthday of {number}", 1, len(told))
        for message in told:
            tell.say(
                "notify", f"greets {number}", at=message["planned_at"], because=message["because"]
            )
            day = local(message["planned_at"]).split()[1]
            tell.expect("on the day", expected[kind], day)
