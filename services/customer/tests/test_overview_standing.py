"""Where a customer stands and what is open for him, in one answer, to those who may know."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from customer.adapters.mapping import Contract, ExitCase, Grade
from customer.domain.issues import Source
from customer.use_cases import (
    admission,
    blacklist_returns,
    change_notices,
    contracts,
    exits,
    gatherings,
    issues,
    needs,
)
from shared.ids import new_id
from shared.web.testing import callers

from . import test_partners as partners
from .admissions import way
from .blacklists import (
    CLAUSE,
    HEAD,
    barred_by_company,
    barred_by_department,
    decided,
    reported,
    vip,
    who,
)
from .desk import HQ, PEOPLE, at
from .graders import NORTH, entered
from .talks import held, planned
from .test_gatherings import AGENDAS
from .test_needs import WHOLE
from .test_overview import counting
from .test_stage_reviews import graded, until
from .test_stage_reviews import reported as report

SOUTH = "region-south"


@pytest.fixture
def clinic(desk):
    """A clinic of shop-01 that another shop in the south deals with as well."""
    made = way(desk)
    desk.follow(NORTH, "medical", "factory", "generic")
    desk.follow(SOUTH, "medical", "generic")
    return made


@pytest.fixture
def shown(as_):
    def read(customer_id, role="sales_team", *, unit="hq"):
        answer = as_(role, unit=unit).get(f"/v1/customers/{customer_id}/overview")
        assert 200 == answer.status_code, answer.text
        return answer.json

    return read


def kinds(overview):
    return [one["kind"] for one in overview["due_next"]]


def of_kind(overview, kind):
    return [one for one in overview["due_next"] if one["kind"] == kind]


def raised(desk, customer, unit="shop-01"):
    return desk.do(
        issues.raise_issue,
        customer,
        source=Source.VISIT,
        source_id=customer.id,
        org_unit=unit,
        text="the door sticks",
        responsible_id=PEOPLE["north"],
        due_at=at(2026, 3, 4, 18),
        caller=HQ,
    )


def invited(desk, customer, unit=NORTH):
    plan = {"kind": "forum", "agenda": AGENDAS["forum"], "planned_on": date(2026, 4, 1)}
    words = {"title": "Spring forum", "plan": "in the hall", "attendees": 9, "budget": None}
    asked = {"customers": [customer.id], "joint_units": [], "invited_units": []}
    return desk.do(gatherings.draft_gathering, org_unit=unit, **plan, **words, **asked, caller=HQ)


@pytest.mark.rule("CF-05")
def test_it_shows_how_he_stands_with_each_unit_that_admits(clinic, shown):
    clinic.open()

    (admission,) = shown(clinic.customer.id)["admissions"]

    assert ("shop-01", "prospect") == (admission["unit"], admission["state"])
    assert "steps" not in admission


@pytest.mark.rule("CF-05")
def test_it_shows_documents_with_their_validity_and_who_renews_them(clinic, shown):
    paper = clinic.paper("business_licence")

    overview = shown(clinic.customer.id)

    (document,) = overview["documents"]
    assert ("business_licence", "2026-06-30", "****") == (
        document["kind"],
        document["valid_until"],
        document["number"],
    )
    (due,) = of_kind(overview, "document")
    assert (str(paper.id), HQ.id, "2026-06-30") == (due["subject_id"], due["by"], due["due_on"])


def test_a_document_that_another_one_outlives_is_not_due(clinic, shown):
    clinic.paper("business_licence")
    later = clinic.paper("business_licence", until=date(2027, 6, 30))
    clinic.paper("contract", until=None)

    (due,) = of_kind(shown(clinic.customer.id), "document")

    assert str(later.id) == due["subject_id"]


@pytest.mark.rule("CF-05")
def test_it_shows_contracts_and_how_far_the_file_is(desk, clinic, shown):
    asked = {"unit": "shop-01", "number": "K-1", "products": ()}
    clinic.admitted()
    desk.do(contracts.draft_contract, clinic.customer, caller=HQ, **asked)
    clinic.desk.do(lambda tx: tx.files.open(clinic.customer.id, now=tx.now, by="north"))

    overview = shown(clinic.customer.id)

    (contract,) = overview["transactions"]["contracts"]
    assert ("K-1", "draft") == (contract["contract_no"], contract["state"])
    assert "draft" == overview["file"]["state"]


@pytest.mark.rule("CF-05")
def test_it_shows_blacklists_until_when_and_a_return_under_way(desk, clinic, shown):
    entry = barred_by_department(desk, clinic.customer)

    (listed,) = shown(clinic.customer.id)["blacklist"]
    assert ("department", NORTH, "listed", "2026-09-02", "overdue_payment") == tuple(
        listed[name] for name in ("scope", "org_unit", "state", "valid_until", "reason_code")
    )

    desk.now = at(2026, 9, 3, 10)
    decided(desk, entry, blacklist_returns.open_return, HEAD, change="new owners")

    (listed,) = shown(clinic.customer.id)["blacklist"]
    assert "return_review" == listed["state"]


def test_the_reason_of_a_blacklist_is_shown_to_nobody_here(desk, clinic, shown):
    barred_by_company(desk, clinic.customer)

    assert "invoice" not in str(shown(clinic.customer.id, "department_head"))


def test_a_lifted_blacklist_is_shown_no_more(desk, clinic, shown):
    entry = barred_by_department(desk, clinic.customer)
    with desk.open() as tx:
        tx.blacklist.known(entry.id).state = "lifted"

    assert [] == shown(clinic.customer.id)["blacklist"]


@pytest.mark.rule("CF-05")
def test_it_shows_what_he_raised_needs_and_is_invited_to(desk, clinic, shown):
    raised(desk, clinic.customer)
    desk.do(needs.record_need, clinic.customer, **WHOLE, caller=HQ)
    invited(desk, clinic.customer)
    other = desk.register("F-2")
    invited(desk, other)

    overview = shown(clinic.customer.id)

    (issue,), (need,) = overview["open_issues"], overview["open_needs"]
    assert ("open", ["region-north", SOUTH]) == (
        issue["state"],
        [target["unit"] for target in need["targets"]],
    )
    (gathering,) = overview["gatherings"]
    assert "Spring forum" == gathering["title"]
    assert "customers" not in gathering
    assert ["issue", "need", "need", "gathering"] == [
        kind for kind in kinds(overview) if kind not in ("visit", "document")
    ]
    assert {str(PEOPLE["north"])} == {one["by"] for one in of_kind(overview, "issue")}
    assert {"region-north", SOUTH} == {one["unit"] for one in of_kind(overview, "need")}


def test_what_is_closed_or_acknowledged_is_open_no_more(desk, clinic, shown):
    issue = raised(desk, clinic.customer)
    need = desk.do(needs.record_need, clinic.customer, **WHOLE, caller=HQ)
    with desk.open() as tx:
        for unit in ("region-north", SOUTH):
            needs.acknowledge_need(tx, tx.needs.known(need.id), unit=unit, caller=HQ)
        known = tx.issues.known(issue.id)
        issues.answer_issue(tx, known, text="planed", caller=HQ)

    overview = shown(clinic.customer.id)
    assert ([], ["answered"]) == (
        overview["open_needs"],
        [one["state"] for one in overview["open_issues"]],
    )
    assert not {"need", "issue"} & {*kinds(overview)}


def test_talks_are_due_when_they_are_planned_and_minutes_afterwards(desk, sales, river, shown):
    path = f"/v1/customers/{river['customer_id']}"
    planned(sales, path)
    held(sales, path)

    first, second = of_kind(shown(river["customer_id"]), "communication")

    assert "2026-03-02T03:00:00+00:00" == first["due_at"]
    assert first["due_at"] < second["due_at"]


def test_a_file_is_due_for_its_review_and_for_major_changes(desk, river, shown):
    with desk.open() as tx:
        customer = tx.customers.get(UUID(river["customer_id"]), unit="hq")
        file = tx.files.open(customer.id, now=tx.now, by="north")
        file.review_due_at = tx.now + timedelta(days=90)
        known = {"fields": ["legal_representative"], "known_at": tx.now}
        change_notices.report_change(tx, customer, **known)

    overview = shown(river["customer_id"])

    assert ["change_notice", "file_review"] == [
        kind for kind in kinds(overview) if kind in ("change_notice", "file_review")
    ]


@pytest.mark.rule("CL-23", "CL-24")
def test_reviews_of_grades_and_downgrades_are_due_for_those_who_read_reviews(
    department, desk, shown
):
    customer_id = graded(department).rpartition("/")[2]
    until(desk, "grade.review_open")
    (review,) = of_kind(shown(customer_id), "grade_review")
    assert (NORTH, None, "medical") == (review["unit"], review["by"], review["what"])

    report(department, "vip", problems=["late_payment"])

    assert ["downgrade"] == [one for one in kinds(shown(customer_id)) if one != "visit"]
    for unread in ("customer_service_team", "sales_back_office"):
        assert "downgrade" not in kinds(shown(customer_id, unread))


def test_a_unit_is_shown_no_dealings_of_the_other(desk, clinic, shown):
    customer = clinic.customer
    with desk.open() as tx:
        entered(tx, customer.id, "shop-03")
        tx.contracts.add(drafted_in("shop-03", customer, tx.now))
    asked = {"unit": "shop-03", "products": (), "caller": HQ}
    desk.do(admission.open_admission, customer, **asked)
    raised(desk, customer, unit="shop-03")
    invited(desk, customer, unit=SOUTH)
    barred_by_department(desk, customer, head=who("head-s", SOUTH, "department_head"))
    with desk.open() as tx:
        exits.add_case(tx, parting(customer, SOUTH, tx.now))

    north, south = (shown(customer.id, unit=unit) for unit in (NORTH, SOUTH))

    for section in ("admissions", "blacklist", "open_exits", "open_issues", "gatherings"):
        assert (0, 1) == (len(north[section]), len(south[section])), section
    assert ([], ["K-9"]) == tuple(
        [contract["contract_no"] for contract in seen["transactions"]["contracts"]]
        for seen in (north, south)
    )
    assert not {"issue", "gathering"} & {*kinds(north)}
    assert {"issue", "gathering"} <= {*kinds(south)}


def parting(customer, unit, now):
    words = {"reason_code": "high_risk", "reason": "No pay.", "evidence": "17", "because": CLAUSE}
    told = {"proposed_by": "north", "proposed_at": now, "kind": "terminate"}
    return ExitCase(id=new_id(), customer_id=customer.id, org_unit=unit, **words, **told)


def drafted_in(unit, customer, now):
    told = {"unit": unit, "number": "K-9", "products": (), "drafted_by": PEOPLE["south"]}
    return Contract(id=new_id(), customer_id=customer.id, drafted_at=now, **told)


def test_a_shop_is_shown_what_bars_it(desk, clinic, shown):
    barred_by_department(desk, clinic.customer)
    vip(desk, clinic.customer)
    reported(desk, clinic.customer)

    assert 2 == len(shown(clinic.customer.id, unit=NORTH)["blacklist"])
    (listed,) = shown(clinic.customer.id, unit="shop-01")["blacklist"]
    assert "department" == listed["scope"]


def test_the_company_list_is_shown_to_all(desk, clinic, shown):
    with desk.open() as tx:
        entered(tx, clinic.customer.id, "shop-03")
    barred_by_company(desk, clinic.customer)

    (listed,) = shown(clinic.customer.id, unit=SOUTH)["blacklist"]
    assert ("company", "listed") == (listed["scope"], listed["state"])


@pytest.mark.rule("AD-28")
def test_the_form_of_a_partner_is_shown_to_those_who_read_it(desk, shown):
    partner = partners.Way(desk)
    partner.checked()

    form = shown(partner.customer.id, "department_head")["partner_form"]

    assert ("onsite_checked", "shop-01") == (form["state"], form["unit"])
    assert "findings" not in form
    assert shown(partner.customer.id, "sales_team")["partner_form"] is None


@pytest.mark.rule("CL-32", "XC-08")
def test_a_customer_is_shown_nothing_that_was_decided_about_him(
    app, issuer, department, desk, shown
):
    customer_id = graded(department).rpartition("/")[2]
    until(desk, "grade.review_open")
    with desk.open() as tx:
        customer = tx.customers.get(UUID(customer_id), unit="hq")
        tx.grades.add(internal(customer, tx.now))
    barred_by_department(desk, customer)
    with desk.open() as tx:
        exits.add_case(tx, parting(customer, NORTH, tx.now))
    known = callers(app, issuer, audience="customer")
    of_both = known(HQ.id, "sales_team", "customer_portal", unit="hq")

    overview = of_both.get(f"/v1/customers/{customer_id}/overview").json

    assert [] == overview["blacklist"] == overview["open_exits"]
    assert "grade_review" not in kinds(overview)
    assert "jv" not in [grade["scheme"] for grade in overview["grades"]]
    told = str(overview["timeline"])
    assert not [word for word in ("blacklist", "evaluation", "exit", "'jv'") if word in told]
    assert "jv" in [grade["scheme"] for grade in shown(customer_id)["grades"]]


def internal(customer, now):
    held = {"unit": NORTH, "scheme": "jv", "grade": "a", "because": CLAUSE, "internal": True}
    return Grade(customer_id=customer.id, graded_at=now, **held)


def test_more_of_everything_takes_no_more_statements(desk, clinic, shown, sessions):
    def more():
        for kind in ("business_licence", "contract"):
            clinic.paper(kind)
        raised(desk, clinic.customer)
        invited(desk, clinic.customer)
        desk.do(needs.record_need, clinic.customer, **WHOLE, caller=HQ)

    clinic.open()
    more()
    barred_by_department(desk, clinic.customer)
    engine = sessions.kw["bind"]
    with counting(engine) as of_one:
        shown(clinic.customer.id)
    for _ in range(25):
        more()

    with counting(engine) as of_many:
        overview = shown(clinic.customer.id)

    assert len(of_one) == len(of_many)
    assert {20} == {
        len(overview[name]) for name in ("documents", "open_issues", "open_needs", "due_next")
    }
