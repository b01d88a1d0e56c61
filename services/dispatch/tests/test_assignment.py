"""Who is chosen for an order that names no receiver (WO-26)."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from dispatch.domain.assignment import (
    AssignmentRule,
    CategorySkills,
    Criterion,
    NobodySuitable,
    Worker,
    shortlist,
)
from dispatch.domain.people import Post
from dispatch.domain.work_order_rules import MayNotDispatch, ReceiverUnfit, RoleRule
from dispatch.domain.work_order_states import Source, State
from dispatch.use_cases.assignment import assign_receiver, candidates_for
from dispatch.use_cases.intake import open_for_request
from dispatch.use_cases.shifts import define_shift, roster_person
from dispatch.use_cases.work_orders import revise_work_order
from shared.policy import activate, add_pack
from shared.rules import Because, NotFound, Ruling, WrongState
from shared.tables import journal
from shared.working_time import Window

from .company import CLERK, DISPATCHER, FRIDAY, HR, SUPERVISOR, WORKER, asker
from .office import ENGINEER, HEAD, Office

BECAUSE = Because(pack="property", version="1", clause="004-T5 L106", rule="WO-26")
RULE = AssignmentRule(
    criteria=(Criterion.SKILL, Criterion.AREA, Criterion.LOAD),
    most_open=3,
    levels_up=2,
    on_intake=False,
    skills=(CategorySkills("electric_repair", ("electric",)),),
)
ROLES = Ruling(RoleRule(("repair_worker",)), BECAUSE)
REQUEST = {
    "source": Source.CUSTOMER,
    "complaint_id": None,
    "customer_id": None,
    "org_unit": "shop-01",
    "place": "Gate 2",
    "content": "The lamp is dark",
    "requirements": "A ladder",
    "reply_due_at": FRIDAY + timedelta(days=1),
}
FAR = asker(20, "region-south", "engineer")


def worker(number, **facts):
    told = {"unit": "u", "role": "repair_worker", "area": 0, "skills": (), "load": 0}
    return Worker(person_id=UUID(int=number), **{**told, "last_given": None, **facts})


def listed(workers, *, category=None, **rule):
    found = shortlist(workers, category, Ruling(replace(RULE, **rule), BECAUSE), ROLES)
    return [one.worker.person_id.int for one in found.candidates]


@pytest.fixture
def office(sessions, rulebook, company):
    """Three who may receive: the worker and the engineer of the north, and the head of it."""
    made = Office(sessions, rulebook)
    made.rulebook = rulebook
    made.change(WORKER, skills=("cabinet", "electric"))
    made.change(ENGINEER, skills=("electric",))
    return made


@pytest.fixture
def follow(office):
    """``follow(**value)``: the company follows a pack that says other things of assignment."""

    names = iter(("other", "another"))

    def other(**value):
        name = next(names)
        document = dict(office.rulebook.of_builtin("property", "1").document)
        [rule] = document["sections"]["assignment"]["rules"]
        said = {"merge": "replace", "rules": [{**rule, "value": {**rule["value"], **value}}]}
        sections = {**document["sections"], "assignment": said}
        with office.open() as tx:
            add_pack(tx, {**document, "pack": name, "sections": sections}, office.rulebook)
            activate(tx, "hq", [name], tx.now.date(), rulebook=office.rulebook)

    return other


def ask(office, **fields):
    """Another service asks for work."""
    with office.open() as tx:
        order = open_for_request(tx, **{**REQUEST, "request_id": UUID(int=1), **fields})
    office.order_id = order.id


def keep_shift(office, one, hours):
    """The unit of somebody keeps a shift, with him alone on its roster."""
    begins, ends = (time.fromisoformat(text) for text in hours)
    day = FRIDAY.date()
    with office.open() as tx:
        shift = define_shift(
            tx,
            one.unit,
            code=f"shift-{begins.hour}",
            name="A shift",
            hours=Window(begins, ends),
            weekdays=frozenset(range(7)),
            on_holidays=True,
            first_day=day,
        )
        person_id = UUID(one.id)
        roster_person(tx, shift, person_id=person_id, first_day=day, last_day=None, caller=HR)


def assigned(office, *, by=DISPATCHER, **how):
    return office.on(assign_receiver, by, **how)


def candidates(office, *, by=DISPATCHER):
    found = office.on(candidates_for, by)
    return [str(one.worker.person_id) for one in found.candidates]


def test_of_equals_the_criteria_decide_in_their_order():
    near, free = worker(1, load=2), worker(2, area=1)
    assert listed([free, near]) == [1, 2]
    assert listed([free, near], criteria=(Criterion.LOAD, Criterion.AREA)) == [2, 1]


def test_of_equals_the_one_who_was_given_an_order_longest_ago_comes_first_then_the_lower_id():
    at = datetime(2026, 2, 13, tzinfo=UTC)
    late, early = worker(1, last_given=at), worker(2, last_given=at - timedelta(hours=1))
    assert listed([worker(4), late, worker(3), early]) == [3, 4, 2, 1]


def test_somebody_counts_once_by_the_post_that_is_nearest():
    far, near = worker(1, area=2, unit="far"), worker(1, area=0, unit="near")
    found = shortlist([far, near], None, Ruling(RULE, BECAUSE), ROLES)
    assert [one.worker.unit for one in found.candidates] == ["near"]
    assert found.considered == 1


@given(
    st.lists(
        st.builds(
            worker,
            st.integers(1, 9),
            area=st.integers(0, 2),
            load=st.integers(0, 4),
            skills=st.sampled_from([(), ("electric",), ("electric", "cabinet")]),
        ),
        max_size=12,
    ),
    st.randoms(),
)
def test_the_order_of_candidates_is_one_and_leaves_out_who_does_not_fit(workers, random):
    once = list({one.person_id: one for one in workers}.values())
    found = listed(once, category="electric_repair")
    random.shuffle(once)
    assert listed(once, category="electric_repair") == found
    fits = [one for one in once if "electric" in one.skills and one.load < RULE.most_open]
    assert sorted(found) == sorted(one.person_id.int for one in fits)
    ranked = {one.person_id.int: (one.area, one.load) for one in once}
    assert [ranked[one] for one in found] == sorted(ranked[one] for one in found)


@pytest.mark.rule("WO-26")
def test_a_draft_goes_to_who_has_the_skill_and_the_least_in_hand(office):
    office.issue(receiver_id=UUID(ENGINEER.id))
    office.draft(receiver_id=None, category="electric_repair")
    assert candidates(office) == [WORKER.id, ENGINEER.id]

    order = assigned(office)
    assert (order.receiver_id, order.state) == (UUID(WORKER.id), State.DRAFT)
    because = order.assigned_because
    assert because.by == UUID(DISPATCHER.id)
    assert [(one.criterion, one.value, one.because.rule) for one in because.reasons] == [
        ("role", "repair_worker", "WO-05"),
        ("skill", "electric", "WO-26"),
        ("duty", "unknown", "WO-26"),
        ("area", "1", "WO-26"),
        ("load", "0", "WO-26"),
    ]


@pytest.mark.rule("WO-26")
def test_who_lacks_a_skill_of_the_category_is_left_out(office):
    office.draft(receiver_id=None, category="cabinet_repair")
    assert candidates(office) == [WORKER.id]
    office.draft(receiver_id=None, category="painting")
    assert candidates(office) == [WORKER.id, HEAD.id, ENGINEER.id]


@pytest.mark.rule("WO-26")
def test_where_a_unit_keeps_shifts_who_is_not_on_duty_is_left_out(office):
    office.leave(HEAD)
    keep_shift(office, ENGINEER, ("16:00", "22:00"))
    keep_shift(office, WORKER, ("08:00", "16:00"))
    office.draft(receiver_id=None, category="electric_repair")
    assert candidates(office) == [ENGINEER.id]

    order = assigned(office)
    duty = next(one for one in order.assigned_because.reasons if one.criterion == "duty")
    assert duty.value == "yes"
    office.now += timedelta(hours=5)  # Ten in the evening: nobody works.
    with pytest.raises(NobodySuitable) as nobody:
        assigned(office)
    assert {"criterion": "duty", "people": 2} in nobody.value.extra["excluded"]


def test_what_somebody_has_in_hand_is_counted_no_further_than_it_matters(office, follow):
    for _ in range(3):
        office.draft(receiver_id=UUID(WORKER.id), category="cabinet_repair")
    office.draft(receiver_id=None, category="cabinet_repair")

    def in_hand():
        return [one.worker.load for one in office.on(candidates_for, DISPATCHER).candidates]

    assert in_hand() == [3]
    follow(most_open=2)
    assert in_hand() == []
    follow(criteria=["skill"])
    assert in_hand() == [3]


def test_who_left_or_holds_no_role_that_receives_is_none(office):
    office.draft(receiver_id=None)
    office.leave(ENGINEER)
    office.lose_post(WORKER)
    assert candidates(office) == [HEAD.id]


def test_one_looks_in_the_unit_that_asked_and_then_above_it(office, cast):
    with office.open() as tx:
        cast.add(tx, FAR, skills=("electric",))
    ask(office)
    found = office.on(candidates_for, DISPATCHER)
    assert [(one.worker.person_id.int, one.worker.area) for one in found.candidates] == [
        (4, 1),
        (6, 1),
        (8, 1),
        (20, 2),
    ]


@pytest.mark.parametrize(("levels", "found"), [(1, 3), (2, 4)])
def test_one_looks_no_further_up_than_the_pack_says(office, cast, follow, levels, found):
    with office.open() as tx:
        cast.add(tx, FAR)
    follow(levels_up=levels)
    ask(office)
    assert len(candidates(office)) == found


def test_who_has_the_most_that_one_may_have_gets_no_more_and_nobody_is_said_with_why(
    office, follow
):
    follow(most_open=1)
    office.leave(HEAD)
    for _ in (WORKER, ENGINEER):
        office.draft(receiver_id=None, category="electric_repair")
        assigned(office)
    office.draft(receiver_id=None, category="cabinet_repair")
    with pytest.raises(NobodySuitable) as nobody:
        assigned(office)
    assert nobody.value.because.rule == "WO-26"
    assert nobody.value.extra == {
        "considered": 2,
        "excluded": [
            {"criterion": "skill", "people": 1},
            {"criterion": "duty", "people": 0},
            {"criterion": "load", "people": 2},
        ],
    }
    assert office.found().receiver_id is None


@pytest.mark.rule("WO-26")
def test_who_has_eight_orders_in_hand_gets_no_ninth(office):
    for _ in range(8):
        office.draft(receiver_id=None, category="cabinet_repair")
        assert assigned(office).receiver_id == UUID(WORKER.id)
    office.draft(receiver_id=None, category="cabinet_repair")
    with pytest.raises(NobodySuitable):
        assigned(office)


def test_a_draft_does_not_count_against_who_has_it_already(office, follow):
    follow(most_open=1)
    office.draft(receiver_id=None, category="cabinet_repair")
    assert assigned(office).receiver_id == assigned(office).receiver_id == UUID(WORKER.id)


def test_the_dispatcher_names_somebody_else_for_a_reason(office):
    office.draft(receiver_id=None, category="cabinet_repair")
    order = assigned(office, receiver_id=UUID(HEAD.id), reason="He knows the house")
    assert order.assigned_because.reason == "He knows the house"
    assert order.assigned_because.reasons == ()

    with pytest.raises(ReceiverUnfit):
        assigned(office, receiver_id=UUID(CLERK.id), reason="Why not")
    assert office.found().receiver_id == UUID(HEAD.id)


def test_the_reason_goes_with_the_receiver(office):
    office.draft(receiver_id=None)
    assigned(office)
    with office.open(DISPATCHER) as tx:
        order = tx.work_orders.known(office.order_id)
        revise_work_order(tx, order, fresh={"receiver_id": UUID(HEAD.id)}, caller=DISPATCHER)
    assert office.found().assigned_because is None


def test_what_was_given_out_is_not_assigned_but_has_candidates_besides_its_receiver(office):
    office.issue()
    with pytest.raises(WrongState):
        assigned(office)
    assert WORKER.id not in candidates(office)
    office.accept()
    office.unable()
    assert WORKER.id not in candidates(office, by=HEAD)


@pytest.mark.parametrize(("by", "why"), [(WORKER, MayNotDispatch), (CLERK, NotFound)])
def test_others_do_not_assign(office, by, why):
    office.issue()
    with pytest.raises(why):
        assigned(office, by=by)


def test_candidates_are_shown_with_why_to_those_who_see_the_order(send, cast):
    body = {"category": "repair", "place": "Gate 2", "receiver_id": None}
    made = send(cast.dispatcher, "POST", "/v1/work-orders", body).json
    path = f"/v1/work-orders/{made['work_order_id']}/candidates"
    assert send(cast.clerk, "GET", path).status_code in (403, 404)

    [shown] = send(cast.asker(9, "hq", "general_manager"), "GET", path).json["candidates"]
    assert (shown["person_id"], shown["org_unit"]) == (cast.worker.id, "region-north")
    assert (shown["rank"], shown["area"], shown["in_hand"]) == (1, 1, 0)
    assert [one["criterion"] for one in shown["reasons"]] == [
        "role",
        "skill",
        "duty",
        "area",
        "load",
    ]
    assert {one["because"]["rule"] for one in shown["reasons"]} == {"WO-05", "WO-26"}


def test_who_a_candidate_of_another_department_is_remains_unsaid(send, cast):
    body = {"category": "repair", "place": "Gate 2"}
    made = send(cast.dispatcher, "POST", "/v1/work-orders", body).json
    path = f"/v1/work-orders/{made['work_order_id']}/candidates"
    [shown] = send(cast.supervisor, "GET", path).json["candidates"]
    assert (shown["person_id"], shown["org_unit"], shown["role"]) == (None, None, "repair_worker")


def test_assignments_over_http(send, cast):
    body = {"category": "repair", "place": "Gate 2"}
    made = send(cast.dispatcher, "POST", "/v1/work-orders", body).json
    path = f"/v1/work-orders/{made['work_order_id']}/assignments"
    half = {"receiver_id": cast.worker.id}
    assert send(cast.dispatcher, "POST", path, half).status_code == 422
    order = send(cast.dispatcher, "POST", path, {}).json
    assert order["receiver_id"] == cast.worker.id
    assert order["assigned_because"]["reasons"][0]["criterion"] == "role"
    named = {**half, "reason": "She knows the house"}
    order = send(cast.dispatcher, "POST", path, named).json
    assert order["assigned_because"]["reason"] == "She knows the house"
    timeline = f"/v1/work-orders/{made['work_order_id']}/timeline"
    kinds = [one["kind"] for one in send(cast.dispatcher, "GET", timeline).json["items"]]
    assert kinds.count("receiver_assigned") == 2


@pytest.mark.parametrize("on_intake", [True, False])
def test_what_another_service_asks_for_is_assigned_at_once_where_the_pack_says_so(
    office, follow, on_intake
):
    follow(on_intake=on_intake)
    ask(office)
    order = office.found()
    assert order.receiver_id == (UUID(WORKER.id) if on_intake else None)
    assert bool(order.assigned_because) is on_intake
    assert order.dispatcher_id in (UUID(DISPATCHER.id), UUID(SUPERVISOR.id))


def test_a_request_for_which_nobody_is_suitable_stays_with_its_dispatcher(office, follow, rows):
    follow(on_intake=True, most_open=1, levels_up=0)
    ask(office, org_unit="region-south")
    assert office.found().receiver_id is None
    assert office.found().dispatcher_id == UUID(DISPATCHER.id)
    [(told,)] = rows(select(journal.c.data).where(journal.c.kind == "nobody_suitable"))
    assert told["considered"] == 0


def test_a_post_in_another_role_is_none_that_receives(office):
    office.change(WORKER, posts=(Post("region-north", "shop_guide"), Post("hq", "engineer")))
    office.draft(receiver_id=None)
    found = office.on(candidates_for, DISPATCHER)
    assert [one.worker.role for one in found.candidates if one.worker.person_id.int == 4] == [
        "engineer"
    ]
