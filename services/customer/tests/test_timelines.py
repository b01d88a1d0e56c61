"""The history of a customer: what of it is seen from where."""

from decimal import Decimal
from uuid import UUID

import pytest

from customer.use_cases import admission, blacklist_returns, contracts, needs

from .admissions import way
from .blacklists import HEAD, barred_by_company, barred_by_department, decided
from .desk import HQ, at
from .graders import entered
from .talks import communicated, issue, planned
from .test_gatherings import draft, hold, one_of
from .test_needs import WHOLE
from .test_stage_reviews import graded, until
from .test_stage_reviews import reported as report


@pytest.fixture
def clinic(desk):
    """A clinic that a shop in the north and one in the south deal with."""
    made = way(desk)
    desk.follow("region-south", "medical", "generic")
    with desk.open() as tx:
        entered(tx, made.customer.id, "shop-03")
    return made


@pytest.fixture
def kinds(as_):
    def seen(customer_id, unit="hq"):
        path = f"/v1/customers/{customer_id}/timeline?limit=100"
        items = as_("sales_team", unit=unit).get(path).json["items"]
        return [item["kind"] for item in items]

    return seen


def test_an_admission_is_seen_by_the_unit_and_above(clinic, kinds):
    clinic.admitted()

    assert {"admission_opened", "admission_step_taken", "customer.admitted.v1"} <= {
        *kinds(clinic.customer.id, "region-north")
    }
    assert not [kind for kind in kinds(clinic.customer.id, "region-south") if "admi" in kind]


def test_what_is_negotiated_is_seen_by_the_unit_and_above(desk, clinic, kinds):
    clinic.admitted()
    asked = {"unit": "shop-01", "subject": "beds", "expected_on": desk.now.date(), "caller": HQ}
    desk.do(contracts.open_negotiation, clinic.customer, **asked)

    told = "customer.opportunity_opened.v1"
    assert told in kinds(clinic.customer.id, "shop-01")
    assert told not in kinds(clinic.customer.id, "shop-03")


def test_the_list_of_a_department_is_seen_there_and_where_it_bars(desk, clinic, kinds):
    barred_by_department(desk, clinic.customer)

    seen = {unit for unit in UNITS if "customer.blacklisted.v1" in kinds(clinic.customer.id, unit)}
    assert {"hq", "region-north", "shop-01"} == seen


def test_the_list_of_the_company_is_seen_by_all_and_the_report_by_the_reporter(desk, clinic, kinds):
    barred_by_company(desk, clinic.customer)

    told = {unit: kinds(clinic.customer.id, unit) for unit in UNITS}
    assert {*UNITS} == {unit for unit in UNITS if "customer.blacklisted.v1" in told[unit]}
    reported = {unit for unit in UNITS if "customer.blacklist_reported.v1" in told[unit]}
    assert {"hq", "region-north"} == reported


UNITS = ("hq", "region-north", "shop-01", "region-south", "shop-03")


def test_a_review_is_seen_by_the_unit_and_above(department, desk, kinds):
    customer_id = graded(department).rpartition("/")[2]
    with desk.open() as tx:
        entered(tx, UUID(customer_id), "shop-03")
    until(desk, "grade.review_open")

    told = "customer.evaluation_due.v1"
    assert told in kinds(customer_id, "region-north")
    assert told not in kinds(customer_id, "region-south")


def test_pages_leave_nothing_out_that_may_be_seen(desk, clinic, as_, kinds):
    desk.do(admission.open_admission, clinic.customer, unit="shop-03", products=(), caller=HQ)
    clinic.admitted()
    north = as_("sales_team", unit="region-north")
    path, cursor, seen = f"/v1/customers/{clinic.customer.id}/timeline?limit=2", "", []
    while cursor is not None:
        page = north.get(path + cursor).json
        seen += [item["kind"] for item in page["items"]]
        cursor = page["next_cursor"] and f"&cursor={page['next_cursor']}"

    assert kinds(clinic.customer.id, "region-north") == seen


def told(kinds, customer_id):
    """The notes of the history, without the events."""
    return [kind for kind in kinds(customer_id) if "." not in kind]


def test_documents_stand_in_it_until_they_end(desk, clinic, kinds):
    clinic.paper("business_licence")
    for _ in range(2):
        desk.fire()

    steps = ["collected", "verified", "expiring", "expired"]
    assert [f"document_{step}" for step in steps] == told(kinds, clinic.customer.id)


def test_contacts_stand_in_it_without_their_data(sales, path, contact, as_):
    one = f"{path}/contacts/{contact['contact_id']}"
    fresh = {"phone": "13900139000"}
    version = sales.get(one).headers["ETag"].strip('"')
    assert 200 == sales.patch(one, fresh, version=version).status_code

    (changed,) = [
        item
        for item in as_("auditor").get(f"{path}/timeline?limit=100").json["items"]
        if item["kind"] == "contact_changed"
    ]
    assert {"contact_id": contact["contact_id"], "fields": ["phone"]} == changed["data"]


def test_talks_and_issues_stand_in_it(desk, sales, path, kinds):
    customer_id = path.rpartition("/")[2]
    late = planned(sales, path)
    assert 200 == sales.post(f"{late}/cancellations", {}).status_code
    recorded = communicated(sales, path, issues=[issue()])
    raised = sales.get(f"/v1/issues?source_id={recorded.json['communication_id']}").json["items"]
    while desk.fire() != "issue.overdue":
        pass
    one = f"/v1/issues/{raised[0]['issue_id']}"
    assert 200 == sales.post(f"{one}/answers", {"text": "planed"}).status_code
    assert 200 == sales.post(f"{one}/closings", {}).status_code

    talk = ["planned", "cancelled", "planned", "held", "recorded"]
    expected = [f"communication_{step}" for step in talk]
    expected.insert(4, "issue_raised")
    rest = ["issue_overdue", "issue_answered", "issue_closed"]
    found = [kind for kind in told(kinds, customer_id) if not kind.startswith("visit")]
    assert [*expected, *rest] == found


def test_grades_stand_in_it_with_their_reviews_but_not_what_they_are(department, desk, kinds):
    customer_id = graded(department).rpartition("/")[2]
    until(desk, "grade.review_open")
    reported = report(department, "vip", scores={"payment": 3}, problems=[], consequence="none")
    filed = f"/v1/stage-reviews/{reported.json['review_id']}/filings"
    marketing = department.as_("marketing_division", who="south")
    assert 200 == marketing.post(filed, {}).status_code

    expected = ["grading_proposed", "grading_approved", "review_reported", "review_filed"]
    found = [kind for kind in told(kinds, customer_id) if kind[:3] in ("gra", "rev")]
    assert ["grading_facts_recorded", *expected] == found


def test_a_return_from_a_blacklist_stands_in_it_where_the_list_does(desk, clinic, kinds):
    entry = barred_by_department(desk, clinic.customer)
    desk.now = at(2026, 9, 3, 10)
    decided(desk, entry, blacklist_returns.open_return, HEAD, change="new owners")
    refused = {"reason": "not yet", "officer": HEAD}
    decided(desk, entry, blacklist_returns.refuse_return, **refused)

    expected = ["blacklist_return_opened", "blacklist_return_refused"]
    assert expected == told(kinds, clinic.customer.id)
    assert not [kind for kind in kinds(clinic.customer.id, "shop-03") if "blacklist" in kind]


def test_what_a_customer_needs_and_who_knows_stands_in_it(desk, clinic, sales, kinds):
    desk.follow("region-north", "medical", "factory", "generic")
    need = desk.do(needs.record_need, clinic.customer, **WHOLE, caller=HQ)
    asked = {"unit": "region-north"}
    assert 200 == sales.post(f"/v1/needs/{need.id}/acknowledgements", asked).status_code
    desk.fire()

    expected = ["need_recorded", "need_acknowledged", "need_unanswered"]
    assert expected == told(kinds, clinic.customer.id)


def test_a_gathering_stands_in_the_history_of_each_who_was_invited(desk, clinic, sales, kinds):
    customers = [str(clinic.customer.id)]
    one = one_of(draft(sales, customers=customers, attendees=9, org_unit="region-north"))
    assert 200 == hold(sales, one).status_code

    assert ["gathering_held"] == told(kinds, clinic.customer.id)


@pytest.mark.rule("CL-34")
@pytest.mark.parametrize("stage", ["signed", "lost"])
def test_a_bid_that_is_won_or_lost_stands_in_it(sales, path, as_, stage):
    project = sales.post(f"{path}/projects", {"name": "Bridge", "stage": "negotiation"})
    one = f"/v1/projects/{project.json['project_id']}"
    assert 200 == sales.patch(one, {"stage": stage}, version=1).status_code

    items = as_("auditor").get(f"{path}/timeline?limit=100").json["items"]
    (told,) = [item["data"] for item in items if item["kind"] == "project_stage_changed"]
    assert {"project_id": project.json["project_id"], "stage": stage} == told


def test_a_visit_that_is_late_stands_in_it(desk, kinds):
    customer = desk.register(annual_amount=Decimal(500))
    while desk.fire() != "visit.escalate":
        pass

    assert ["visit_overdue", "visit_escalated"] == told(kinds, customer.id)


def test_who_is_erased_and_what_he_bought_stand_in_it(desk, as_, sales, path, contact, kinds):
    bought = {"amount": "20", "frequency": 2, "last_on": "2026-03-01"}
    assert 200 == sales.post(f"{path}/purchases", bought).status_code
    officer = as_("data_protection_officer")
    asked = {"contact_id": contact["contact_id"], "reason": "asks for it"}
    assert 201 >= officer.post(f"{path}/erasures", asked).status_code

    assert {"purchases_told", "person_erased"} <= {*told(kinds, path.rpartition("/")[2])}
