"""Forums, promotion meetings and the like: approved when large, reported on, repeated."""

import pytest

from .desk import at

ALL = "/v1/gatherings"
AGENDAS = {
    "forum": ["market", "cooperation", "purchase_plan", "lessons", "outlook"],
    "promotion": ["new_products", "sales_policy", "promotion_strategy"],
    "exhibition": [],
    "thank_you": [],
}
APPROVERS = {"marketing_division": "north", "branch_leader": "south", "general_manager": None}


@pytest.fixture(autouse=True)
def medical(desk):
    desk.follow("region-north", "medical", "generic")


@pytest.fixture
def division(as_):
    return as_("marketing_division")


def draft(caller, kind="forum", **fields):
    plan = {
        "org_unit": "region-north",
        "kind": kind,
        "title": "Spring forum",
        "plan": "in the hall",
        "agenda": AGENDAS[kind],
        "planned_on": "2026-03-02",
        "attendees": 50,
        **fields,
    }
    return caller.post(ALL, plan)


def one_of(answer):
    assert 201 == answer.status_code, answer.text
    return f"{ALL}/{answer.json['gathering_id']}"


def hold(caller, one):
    return caller.post(f"{one}/holdings", {"held_on": "2026-03-02"})


@pytest.mark.rule("VS-06")
@pytest.mark.rule("VS-15")
@pytest.mark.parametrize("kind", AGENDAS)
def test_gatherings_of_each_kind_are_planned(division, kind):
    joint = {"joint_units": ["region-south"], "invited_units": ["hq"]}
    shown = division.get(one_of(draft(division, kind, **joint))).json

    assert (kind, ["region-south"], ["hq"]) == (
        shown["kind"],
        shown["joint_units"],
        shown["invited_units"],
    )


@pytest.mark.parametrize(
    ("kind", "item"),
    [
        *(pytest.param("forum", i, marks=pytest.mark.rule("VS-07")) for i in AGENDAS["forum"]),
        *(
            pytest.param("promotion", i, marks=pytest.mark.rule("VS-08"))
            for i in AGENDAS["promotion"]
        ),
    ],
)
def test_an_agenda_that_leaves_something_out_is_refused(sales, kind, item):
    refused = draft(sales, kind, agenda=[one for one in AGENDAS[kind] if one != item])

    assert ("agenda_incomplete", [item]) == (refused.json["code"], refused.json["missing"])


@pytest.mark.rule("VS-09")
@pytest.mark.rule("VS-07")
@pytest.mark.rule("VS-08")
@pytest.mark.rule("VS-15")
@pytest.mark.parametrize("kind", AGENDAS)
@pytest.mark.parametrize("size", [{"attendees": 50}, {"attendees": 5, "budget": "20"}])
def test_a_large_one_is_held_after_the_general_manager_approved(sales, division, as_, kind, size):
    one = one_of(draft(division, kind, **size))
    assert "approval_missing" == hold(sales, one).json["code"]
    sales.post(f"{one}/submissions", {})

    for role, who in APPROVERS.items():
        assert "approval_missing" == hold(sales, one).json["code"]
        person = {"who": who} if who else {"who": "head-south"}
        wrong = as_("department_head", **person).post(f"{one}/approvals", {})
        assert (403, "not_the_approver") == (wrong.status_code, wrong.json["code"])
        assert 200 == as_(role, **person).post(f"{one}/approvals", {}).status_code

    assert "held" == hold(sales, one).json["state"]


@pytest.mark.rule("VS-09")
@pytest.mark.rule("VS-07")
@pytest.mark.rule("VS-08")
@pytest.mark.rule("VS-15")
@pytest.mark.parametrize("kind", AGENDAS)
def test_a_small_one_needs_no_approval(sales, division, kind):
    small = draft(division, kind, attendees=49, budget="19.9999")

    assert "held" == hold(sales, one_of(small)).json["state"]


def test_a_unit_whose_packs_know_no_gatherings_plans_none(desk, sales):
    desk.follow("region-north", "generic")

    refused = draft(sales)

    assert (422, "policy_missing") == (refused.status_code, refused.json["code"])


@pytest.mark.rule("VS-09")
def test_a_refusal_sends_the_plan_back_and_nobody_approves_twice(sales, as_):
    one = one_of(draft(sales))
    sales.post(f"{one}/submissions", {})
    marketing = as_("marketing_division", who="north")
    refused = marketing.post(f"{one}/refusals", {"reason": "too dear"})
    assert ("draft", "too dear") == (refused.json["state"], refused.json["refusal"])

    sales.post(f"{one}/submissions", {})
    marketing.post(f"{one}/approvals", {})
    again = as_("branch_leader", who="north").post(f"{one}/approvals", {})

    assert "not_the_approver" == again.json["code"]


@pytest.mark.rule("VS-10")
def test_it_is_closed_after_its_report_alone(sales, as_):
    one = one_of(draft(sales, attendees=5))
    marketing = as_("marketing_division")
    hold(sales, one)

    assert 409 == marketing.post(f"{one}/closings", {}).status_code
    assert "reported" == sales.post(f"{one}/reports", {"text": "all came"}).json["state"]
    assert "closed" == marketing.post(f"{one}/closings", {}).json["state"]


@pytest.mark.rule("VS-11")
def test_the_marketing_division_may_be_invited(sales, as_):
    one = one_of(draft(sales, invited_units=["hq"]))

    assert ["hq"] == as_("marketing_division").get(one).json["invited_units"]


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        pytest.param("forum", at(2026, 9, 2, 9), marks=pytest.mark.rule("VS-07")),
        pytest.param("thank_you", at(2027, 10, 1, 9), marks=pytest.mark.rule("VS-15")),
    ],
)
def test_another_one_is_asked_for_when_the_cycle_has_run_out(desk, division, kind, wanted):
    draft(division, kind)

    assert ("gathering.cycle", wanted) == (desk.fire(), desk.now)

    (told,) = desk.told("gathering_wanted")
    assert (kind, "region-north") == (told["kind"], told["org_unit"])
    assert 1 == len(desk.timers())
