"""What customers said on return visits: collected by period, analysed, and acted upon."""

import pytest

from .desk import PEOPLE, at
from .visit_packs import SHOP, enter, following, report

ALL = f"/v1/units/{SHOP}/opinion-summaries"
SECOND = {"period_from": "2026-04-01"}
SAID = ("usage", "feedback", "questions", "answers")
ACTION = {"kind": "corrective", "reason": "service_failure"}


@pytest.fixture(autouse=True)
def in_july(desk):
    """Requests come on the second of July, when the second quarter is over."""
    following(desk, "bu-control")
    desk.now = at(2026, 7, 2, 10)


@pytest.fixture
def manager(as_):
    return as_("business_unit_manager")


def opened(caller, **asked):
    answer = caller.post(ALL, {**SECOND, **asked})
    assert 201 == answer.status_code, answer.text
    return f"/v1/opinion-summaries/{answer.json['summary_id']}"


@pytest.fixture
def summary(manager):
    return opened(manager)


@pytest.fixture
def heard_on(desk):
    """Report on a return visit to one customer at some time; the id of the visit."""
    customer = desk.register()
    enter(desk, customer)

    def heard(*when):
        desk.now = at(*when)
        made = report(desk, customer, "return_visit", on=desk.now.date(), sections=SAID)
        return str(made.id)

    return heard


def heard(caller, one):
    return [opinion["visit_id"] for opinion in caller.get(f"{one}/opinions").json["items"]]


def analysed(caller, one):
    return caller.post(f"{one}/analyses", {"analysis": "Answers come too late."})


@pytest.mark.rule("VS-36")
def test_what_was_reported_in_a_period_is_collected_and_stays_the_same(manager, heard_on):
    heard_on(2026, 3, 31, 23, 59)
    made = [heard_on(2026, 4, 1, 0), heard_on(2026, 5, 4, 9), heard_on(2026, 6, 30, 23, 59)]
    heard_on(2026, 7, 1, 0)

    one = opened(manager)

    shown = manager.get(one).json
    period = [shown[name] for name in ("period_from", "period_to", "reports")]
    assert ["2026-04-01", "2026-06-30", 3] == period
    assert "004-T19 L520-L525" == shown["because"]["clause"]
    heard_on(2026, 7, 2, 11)
    assert made == heard(manager, one)
    first = manager.get(f"{one}/opinions?limit=2").json
    assert {"questions": "well", "feedback": "well"} == first["items"][0]["sections"]
    rest = manager.get(f"{one}/opinions?limit=2&cursor={first['next_cursor']}").json
    assert made[2:] == [opinion["visit_id"] for opinion in rest["items"]]


@pytest.mark.rule("VS-36")
@pytest.mark.parametrize("first", ["2026-03-01", "2026-04-02", "2026-07-01"])
def test_a_period_begins_with_a_quarter_and_is_over(manager, first):
    refused = manager.post(ALL, {"period_from": first})

    assert (422, "period_invalid") == (refused.status_code, refused.json["code"])
    assert ["period_from"] == list(refused.json["errors"])


@pytest.mark.rule("VS-36")
def test_each_unit_summarises_a_period_once(manager, summary):
    assert "summary_exists" == manager.post(ALL, SECOND).json["code"]
    assert 201 == manager.post(ALL, {"period_from": "2026-01-01"}).status_code


@pytest.mark.rule("VS-36")
@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        ("department_head", True),
        ("business_unit_manager", True),
        ("marketing_manager", False),
        ("marketing_centre", False),
    ],
)
def test_the_responsible_manager_alone_opens_names_and_analyses(as_, summary, role, allowed):
    caller = as_(role, who="north")
    named = {"delegate_id": str(PEOPLE["south"])}

    answers = [
        caller.post(ALL, {"period_from": "2026-01-01"}),
        caller.post(f"{summary}/delegations", named),
        analysed(caller, summary),
        caller.post(f"{summary}/action-requests", ACTION),
    ]

    if allowed:
        assert [201, 200, 200, 200] == [answer.status_code for answer in answers]
    else:
        assert ["not_responsible"] * 4 == [answer.json["code"] for answer in answers]


@pytest.mark.rule("VS-36")
def test_the_person_whom_the_manager_named_analyses_in_his_place(as_, manager, summary):
    named = as_("sales_team", who="north")
    assert "not_responsible" == analysed(named, summary).json["code"]
    nobody = manager.post(f"{summary}/delegations", {"delegate_id": "00000000-0000-7000-8000-01"})
    assert 422 == nobody.status_code

    manager.post(f"{summary}/delegations", {"delegate_id": str(PEOPLE["north"])})

    assert "analysed" == analysed(named, summary).json["state"]
    assert "not_responsible" == analysed(as_("sales_team", who="south"), summary).json["code"]


@pytest.mark.rule("VS-36")
@pytest.mark.parametrize("kind", ["corrective", "preventive"])
@pytest.mark.parametrize("reason", ["repeated_opinion", "service_failure", "product_failure"])
def test_an_action_is_requested_where_the_analysis_makes_it_necessary(
    desk, manager, summary, kind, reason
):
    asked = {"kind": kind, "reason": reason}
    early = manager.post(f"{summary}/action-requests", asked)
    assert (409, "wrong_state") == (early.status_code, early.json["code"])
    analysed(manager, summary)

    shown = manager.post(f"{summary}/action-requests", asked).json

    (told,) = desk.told("corrective_action_requested")
    assert ("action_requested", shown["action_id"]) == (shown["state"], told["action_id"])
    assert (kind, reason, SHOP) == (told["kind"], told["reason"], told["org_unit"])
    assert ("2026-04-01", "2026-06-30", None) == (
        told["period_from"],
        told["period_to"],
        told["due_on"],
    )
    assert "VS-36" == told["because"]["rule"]


def test_an_action_for_a_reason_that_the_packs_do_not_know_is_refused(desk, manager, summary):
    analysed(manager, summary)

    refused = manager.post(f"{summary}/action-requests", {**ACTION, "reason": "weather"})

    assert (422, "reason_unknown") == (refused.status_code, refused.json["code"])
    assert "analysed" == manager.get(summary).json["state"]
    assert [] == desk.told("corrective_action_requested")


def test_a_unit_whose_packs_say_nothing_of_opinions_summarises_none(desk, manager):
    desk.follow(SHOP, "generic")

    assert "policy_missing" == manager.post(ALL, SECOND).json["code"]
