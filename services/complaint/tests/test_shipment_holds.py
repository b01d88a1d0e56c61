"""Bad goods are shipped no more until the plan for them is approved: PT-13, E-23."""

from datetime import datetime

import pytest

from complaint.domain.department_work import NotOfTheDepartment
from complaint.domain.problems import Plan, Remedy
from complaint.domain.shipment_holds import (
    HOLD_STATES,
    ApproverIsOwner,
    HeldAlready,
    HoldCommand,
    HoldStands,
    HoldState,
    PlanMissing,
    ProductUnknown,
    ShipmentHold,
)
from complaint.domain.staff import NotOfThisTier
from complaint.use_cases import shipment_holds
from shared.ids import new_id
from shared.policy import PolicyMissing
from shared.rules import Because, WrongState

from .problem_desk import following

BECAUSE = Because(pack="problem", version="1", clause="001-P3 L102", rule="PT-13")
GOODS = {"product": "sofa", "batch": "B-7"}


def at(text):
    return datetime.fromisoformat(text + "+08:00")


@pytest.fixture
def shop(desk, rulebook):
    return following(desk, rulebook)


def do(shop, use_case, thing, by, **given):
    return shop.desk.do(use_case, thing.id, by=shop.desk.caller(by), **given)


def holds(shop):
    with shop.desk.open() as tx:
        return list(tx.session.scalars(tx.shipment_holds.listed(unit="hq")))


def registered(shop, **facts):
    problem = shop.submit(**{**GOODS, **facts})
    shop.register(problem)
    return problem


def held(shop, **facts):
    problem = registered(shop, **facts)
    (hold,) = holds(shop)
    return problem, hold


def planned(shop, problem):
    for step in (shop.verify, shop.find, shop.plan):
        step(problem)


@pytest.mark.rule("PT-13")
def test_shipping_stops_when_a_quality_problem_is_registered(shop):
    shop.desk.now = at("2026-02-13T16:30")
    problem = shop.submit(**GOODS)
    assert holds(shop) == []
    shop.register(problem)

    (hold,) = holds(shop)
    assert (hold.state, hold.product, hold.batch) == ("requested", "sofa", "B-7")
    assert (hold.department, hold.owner_id) == ("admin-centre", shop.desk.people["leader"])
    assert hold.due_at == at("2026-02-13T17:30")
    assert (hold.because.rule, hold.because.clause) == ("PT-13", "001-P3 L102")
    (told,) = shop.desk.told("complaint.shipment_hold_requested.v1")
    assert (told["case_id"], told["batch"]) == (str(problem.id), "B-7")
    assert told["supervisor_ids"] == [str(shop.desk.people["head"])]
    assert shop.desk.journal("shipment_held") == [{"hold_id": str(hold.id)}]


@pytest.mark.rule("PT-13")
@pytest.mark.parametrize("facts", [{"type_": "service", **GOODS}, {}])
def test_nothing_is_held_that_is_no_matter_of_quality_or_of_no_known_product(shop, facts):
    problem = shop.submit(**facts)
    shop.register(problem)

    assert holds(shop) == []


@pytest.mark.rule("PT-13")
def test_goods_are_shipped_again_once_somebody_approves_the_plan(shop):
    problem, hold = held(shop)
    do(shop, shipment_holds.confirm, hold, "leader")
    with pytest.raises(PlanMissing) as refused:
        do(shop, shipment_holds.release, hold, "head", opinion="fine")
    assert refused.value.because.rule == "PT-13"
    planned(shop, problem)

    released = do(shop, shipment_holds.release, hold, "head", opinion="the seams are tested")

    assert (released.state, released.said) == ("released", "the seams are tested")
    assert released.confirmed_by == shop.desk.people["leader"]
    (told,) = shop.desk.told("complaint.shipment_hold_released.v1")
    assert (told["outcome"], told["released_by"]) == ("released", str(shop.desk.people["head"]))
    assert "shipment_hold.wake" not in shop.desk.timers()


@pytest.mark.rule("PT-13")
@pytest.mark.parametrize("by", ["head", "sales-director"])
def test_the_roles_of_the_pack_approve_and_nobody_else(shop, by):
    problem, hold = held(shop)
    planned(shop, problem)

    with pytest.raises(NotOfTheDepartment):
        do(shop, shipment_holds.release, hold, "leader", opinion="fine")
    with pytest.raises(NotOfTheDepartment):
        do(shop, shipment_holds.confirm, hold, "clerk")
    assert do(shop, shipment_holds.release, hold, by, opinion="fine").state == "released"


def test_whoever_owns_the_plan_does_not_approve_it(shop):
    problem, hold = held(shop)
    shop.verify(problem)
    shop.find(problem)
    shop.plan(problem, owner_id=shop.desk.people["head"])

    with pytest.raises(ApproverIsOwner):
        do(shop, shipment_holds.release, hold, "head", opinion="fine")


@pytest.mark.rule("PT-13")
def test_a_problem_is_not_closed_while_a_hold_stands(shop):
    problem = shop.solved(**GOODS)
    shop.call_back(problem)
    (hold,) = holds(shop)

    with pytest.raises(HoldStands) as refused:
        shop.close(problem)
    assert refused.value.extra == {"hold_ids": [str(hold.id)]}
    assert shop.read(problem).state == "called_back"

    do(shop, shipment_holds.release, hold, "head", opinion="fine")
    assert shop.close(problem).state == "closed"


@pytest.mark.rule("PT-13")
def test_that_nobody_stopped_the_shipping_in_time_is_told_once(shop):
    _, hold = held(shop)

    shop.desk.wake("shipment_hold.wake")

    assert shop.desk.now == hold.due_at == at("2026-02-13T18:00")
    (late,) = shop.desk.told("complaint.shipment_hold_overdue.v1")
    assert late["owner_id"] == str(shop.desk.people["leader"])
    assert late["supervisor_ids"] == [str(shop.desk.people["head"])]
    assert "shipment_hold.wake" not in shop.desk.timers()
    with shop.desk.open() as tx:
        shipment_holds.wake(tx, hold.id)
    assert len(shop.desk.told("complaint.shipment_hold_overdue.v1")) == 1


def test_a_hold_is_asked_for_where_the_product_comes_to_be_known(shop):
    problem = registered(shop, product=None, batch=None)
    handler = shop.handler(problem)
    with pytest.raises(ProductUnknown):
        do(shop, shipment_holds.request, problem, handler, reason="seams")

    hold = do(shop, shipment_holds.request, problem, handler, reason="seams", product="sofa")

    assert (hold.product, hold.batch, hold.reason) == ("sofa", None, "seams")
    with pytest.raises(HeldAlready) as refused:
        do(shop, shipment_holds.request, problem, handler, reason="seams", product="sofa")
    assert refused.value.extra == {"hold_id": str(hold.id)}
    do(shop, shipment_holds.request, problem, handler, reason="s", product="sofa", batch="B-8")
    assert len(holds(shop)) == 2


def test_what_was_refused_or_taken_back_can_be_asked_for_again(shop):
    problem, hold = held(shop)
    do(shop, shipment_holds.cancel, hold, shop.handler(problem), reason="a wrong batch")
    handler = shop.handler(problem)
    again = do(shop, shipment_holds.request, problem, handler, reason="it is the batch")
    do(shop, shipment_holds.refuse, again, "head", reason="one seam alone")

    outcomes = [told["outcome"] for told in shop.desk.told("complaint.shipment_hold_released.v1")]
    assert outcomes == ["cancelled", "refused"]
    assert do(shop, shipment_holds.request, problem, handler, reason="two").state == "requested"


def test_no_hold_without_a_rule_a_duty_or_an_open_problem(shop):
    service = registered(shop, type_="service")
    with pytest.raises(PolicyMissing):
        do(shop, shipment_holds.request, service, shop.handler(service), reason="seams")
    problem, hold = held(shop)
    with pytest.raises(NotOfThisTier):
        do(shop, shipment_holds.request, problem, "clerk", reason="seams", product="chair")
    with pytest.raises(NotOfThisTier):
        do(shop, shipment_holds.cancel, hold, "clerk", reason="none")


def test_a_closed_problem_takes_no_hold(shop):
    problem = shop.solved()
    shop.call_back(problem)
    shop.close(problem)

    with pytest.raises(WrongState):
        do(shop, shipment_holds.request, problem, "manager", reason="seams", product="sofa")


def hold_in(state):
    return ShipmentHold(
        id=new_id(),
        case_id=new_id(),
        org_unit="shop-01",
        department="admin-centre",
        product="sofa",
        batch=None,
        reason="seams",
        because=BECAUSE,
        requested_by=new_id(),
        requested_at=at("2026-03-02T10:00"),
        due_at=at("2026-03-02T11:00"),
        state=state,
    )


NOW = at("2026-03-02T10:30")
PLAN = Plan(Remedy.REPAIR, "sew", "can be done", new_id(), at("2026-03-05T10:00"))
DO = {
    HoldCommand.CONFIRM: lambda hold: hold.confirm(new_id(), now=NOW),
    HoldCommand.RELEASE: lambda hold: hold.release(new_id(), plan=PLAN, opinion="o", now=NOW),
    HoldCommand.REFUSE: lambda hold: hold.refuse(new_id(), reason="r", now=NOW),
    HoldCommand.CANCEL: lambda hold: hold.cancel(new_id(), reason="r", now=NOW),
}


@pytest.mark.parametrize("state", HoldState)
@pytest.mark.parametrize("command", HoldCommand)
def test_each_command_does_in_each_state_what_the_table_says(state, command):
    hold = hold_in(state)
    if command in HOLD_STATES[state]:
        DO[command](hold)
        assert (hold.state, hold.version) == (HOLD_STATES[state][command], 2)
    else:
        with pytest.raises(WrongState) as refused:
            DO[command](hold)
        assert refused.value.extra["allowed"] == [one.value for one in HOLD_STATES[state]]
        assert (hold.state, hold.version) == (state, 1)


def test_over_http_whoever_ships_finds_what_is_held(as_, shop):
    problem, hold = held(shop)
    leader, head = as_("leader", unit="admin-centre"), as_("head", unit="region-north")
    handler = as_(shop.handler(problem))
    whole = f"/v1/problems/{problem.id}/shipment-holds"
    chair = handler.post(whole, {"product": "chair", "reason": "legs"}).json
    one = f"/v1/shipment-holds/{hold.id}"

    def found(query):
        return [row["id"] for row in leader.get(f"/v1/shipment-holds?{query}").json["items"]]

    assert found("product=sofa&batch=B-7&standing=true") == [str(hold.id)]
    assert found("product=sofa&batch=B-8&standing=true") == []
    assert found("product=chair&batch=any") == [chair["id"]]
    assert leader.post(f"{one}/confirmations", {}).json["state"] == "in_force"
    cancel = handler.post(f"/v1/shipment-holds/{chair['id']}/cancellations", {"reason": "no"})
    assert cancel.json["state"] == "cancelled"
    assert head.post(f"{one}/releases", {"opinion": "ok"}).json["code"] == "plan_missing"
    elsewhere = as_("head", unit="admin-centre").post(f"{one}/releases", {"opinion": "ok"})
    assert elsewhere.json["code"] == "not_of_the_department"
    assert handler.post(f"{one}/cancellations", {"reason": "no"}).json["code"] == "wrong_state"
    assert found("standing=false") == [chair["id"]]
    assert as_("assistant-south", unit="region-south").get(one).status_code == 404
