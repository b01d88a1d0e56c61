"""Visits over HTTP: in which order they are listed, what decides on them, how many were made."""

from decimal import Decimal

import pytest

from shared.web.testing import callers

from .desk import HQ, SECTIONS
from .talks import issue
from .visit_packs import following, grade

FLAGS = {"is_key": True, "out_of_town": False, "executive_selected": False, "lost": False}
FULFILMENT = "/v1/units/region-north/visit-fulfilment?first=2026-01-01&last=2026-12-31"


@pytest.fixture
def graded(desk):
    """One customer of each grade, the best one last; all are due on one day but the qualified."""
    following(desk, "medical")
    found = {}
    for name in ("qualified", "preferred", "vip"):
        found[name] = desk.register(f"F-{name}")
        grade(desk, found[name], f"medical:{name}")
    return found


def listed(caller, query):
    """The grades of the listed visits, one page after the other."""
    seen, cursor = [], ""
    while cursor is not None:
        page = caller.get(f"/v1/visits?limit=1&{query}&cursor={cursor}").json
        seen += [one["grade"].removeprefix("medical:") for one in page["items"]]
        cursor = page["next_cursor"]
    return seen


@pytest.mark.rule("CL-28", "CL-29")
@pytest.mark.parametrize("order", ["due", "priority"])
@pytest.mark.usefixtures("graded")
def test_vip_customers_are_visited_before_preferred_and_those_before_others(sales, order):
    assert ["vip", "preferred", "qualified"] == listed(sales, f"order={order}")
    assert ["vip", "preferred"] == listed(sales, f"order={order}&due_until=2026-04-02")


@pytest.mark.rule("CL-32")
@pytest.mark.usefixtures("graded")
def test_a_customer_is_not_told_for_which_grade_he_is_visited(app, issuer):
    known = callers(app, issuer, audience="customer")
    both = known(HQ.id, "sales_team", "customer_portal", unit="hq")

    assert ["", "", ""] == listed(both, "order=due")


@pytest.mark.rule("RP-07")
def test_the_report_tells_for_each_grade_and_actor_what_was_due_done_and_late(desk, as_):
    customer = desk.register(annual_amount=Decimal(500))
    desk.complete(customer, on=desk.now.date())
    desk.register("F-2", annual_amount=Decimal(100))
    for _ in range(3):
        desk.fire()

    report = as_("department_head").get(FULFILMENT)

    row = {"activity": "return_visit", "role": "customer_service_team"}
    assert [
        {**row, "grade": "size:large", "due": 2, "done": 1, "overdue": 1},
        {**row, "grade": "size:medium", "due": 1, "done": 0, "overdue": 0},
    ] == report.json["rows"]
    assert 404 == as_("department_head", unit="region-south").get(FULFILMENT).status_code


def test_flags_are_set_by_one_person_at_a_time(sales, path):
    first = sales.put(f"{path}/visit-flags", FLAGS, version=0)
    again = sales.put(f"{path}/visit-flags", {**FLAGS, "is_key": False}, version=0)

    assert (200, True, '"1"') == (first.status_code, first.json["is_key"], first.headers["ETag"])
    assert 412 == again.status_code
    assert True is sales.get(f"{path}/visit-flags").json["is_key"]


def test_that_somebody_becomes_a_key_account_or_ceases_to_be_one_is_told_once(desk, sales, path):
    no, yes = {**FLAGS, "is_key": False}, FLAGS
    for version, flags in enumerate([{**no, "lost": True}, yes, {**yes, "lost": True}, no]):
        assert 200 == sales.put(f"{path}/visit-flags", flags, version=version).status_code

    told = desk.told("key_account_changed")
    assert [("shop-01", True), ("shop-01", False)] == [(o["unit"], o["is_key"]) for o in told]


def test_nodes_and_sales_are_told(sales, path):
    node = {"kind": "contract_expiry", "happens_on": "2026-06-01", "reference": "contract 7"}
    sale = {"happens_on": "2026-03-01", "reference": "order 7"}

    told = sales.post(f"{path}/nodes", node)
    moved = sales.post(f"{path}/nodes", {**node, "happens_on": "2026-07-01"})
    sold = sales.post(f"{path}/sales", sale)
    holiday = sales.post(f"{path}/nodes", {**node, "kind": "holiday"})

    assert (201, told.json["occasion_id"]) == (moved.status_code, moved.json["occasion_id"])
    assert ("2026-07-01", "sale") == (moved.json["happens_on"], sold.json["kind"])
    assert 422 == holiday.status_code


def test_a_visit_over_http_is_done_with_all_sections_alone(desk, as_, sales):
    customer = desk.register(annual_amount=Decimal(500))
    visit = desk.visit(customer)
    north = as_("customer_service_team", who="north")
    url = f"/v1/visits/{visit.id}"
    body = {"completed_on": "2026-03-02", "mode": "telephone", "report": "all well"}

    refused = north.post(f"{url}/completions", body)
    appointed = north.post(f"{url}/appointments", {"appointed_on": "2026-03-20"})
    done = north.post(f"{url}/completions", {**body, "record": {"sections": SECTIONS}})

    assert (422, "report_incomplete", {"sections.feedback", "sections.usage"}) == (
        refused.status_code,
        refused.json["code"],
        set(refused.json["errors"]),
    )
    assert "2026-03-20" == appointed.json["appointed_on"]
    assert (200, SECTIONS) == (done.status_code, done.json["record"]["sections"])
    assert SECTIONS == sales.get(url).json["record"]["sections"]


@pytest.mark.rule("VS-25")
def test_what_a_customer_raises_on_a_visit_gets_an_owner_and_a_deadline(desk, as_, sales):
    customer = desk.register(annual_amount=Decimal(500))
    visit = desk.visit(customer)
    north = as_("customer_service_team", who="north")
    url = f"/v1/visits/{visit.id}/completions"
    body = {"completed_on": "2026-03-02", "mode": "telephone", "report": "all well"}
    body["record"] = {"sections": SECTIONS}

    for wrong in ({"responsible_id": None}, {"due_at": "2026-03-01T10:00:00+08:00"}):
        refused = north.post(url, {**body, "issues": [issue(), {**issue(), **wrong}]})
        assert 422 == refused.status_code
    assert ("planned", []) == (desk.visit(customer).state, desk.told("issue_raised"))

    done = north.post(url, {**body, "issues": [issue(), issue(text="the lock is loose")]})

    assert 200 == done.status_code, done.text
    found = sales.get(f"/v1/issues?source_id={visit.id}").json["items"]
    assert ["the door sticks", "the lock is loose"] == sorted(one["text"] for one in found)
    assert {("visit", "shop-01", issue()["responsible_id"])} == {
        (one["source"], one["org_unit"], one["responsible_id"]) for one in found
    }
    assert 2 == len([kind for kind, _ in desk.timers() if kind == "issue.overdue"])
