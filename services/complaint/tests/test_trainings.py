"""What an after-sales problem comes from decides what follows: PT-16, E-25."""

from datetime import date, datetime, timedelta

import pytest

from complaint.consumers import SUBSCRIPTIONS
from complaint.domain.department_work import DueInPast, NotOfTheDepartment
from complaint.domain.field_work import Assignment, Progress
from complaint.domain.problems import ProblemSource
from complaint.domain.root_causes import (
    FollowUpMissing,
    RootCause,
    RootCauseMissing,
    TrainingNeedless,
)
from complaint.domain.staff import NotOfThisTier
from complaint.domain.trainings import (
    TRAINING_STATES,
    NotToBeTrained,
    Topic,
    Training,
    TrainingCommand,
    TrainingState,
)
from complaint.use_cases import field_work, trainings
from complaint.use_cases.flows import PersonNotOnStaff
from shared.ids import new_id
from shared.rules import Because, UnitUnknown, WrongState

from .problem_desk import following

BECAUSE = Because(pack="problem", version="1", clause="001-P3 L106", rule="PT-16")
SERVICE, QUALITY = RootCause.SERVICE_OPERATION, RootCause.PRODUCT_QUALITY


def at(text):
    return datetime.fromisoformat(text + "+08:00")


@pytest.fixture
def shop(desk, rulebook):
    return following(desk, rulebook)


def do(shop, use_case, thing, by, **given):
    return shop.desk.do(use_case, thing.id, by=shop.desk.caller(by), **given)


def solving(shop, cause, *, source=ProblemSource.AFTER_SALES_SERVICE):
    """A problem of after-sales service that comes from ``cause`` and is worked on."""
    problem = shop.submit("service", source=source)
    shop.register(problem)
    shop.verify(problem)
    shop.find(problem, root_cause=cause)
    shop.plan(problem, remedy_reason="the customer wants it")
    shop.log(problem)
    return problem


def asked(shop, problem, **given):
    wanted = {
        "person_ids": [shop.desk.people["clerk"]],
        "topic": Topic.SERVICE_SKILLS,
        "content": "how to listen",
        **given,
    }
    return do(shop, trainings.request, problem, shop.handler(problem), **wanted)


def wanted(shop):
    return Assignment("shop-01", "repair it", "under warranty", shop.desk.now + timedelta(days=1))


@pytest.mark.rule("PT-16")
def test_what_a_problem_comes_from_is_said_before_a_solution_is_planned(shop):
    problem = shop.submit("service", source=ProblemSource.AFTER_SALES_SERVICE)
    shop.register(problem)
    shop.verify(problem)
    shop.find(problem)

    with pytest.raises(RootCauseMissing) as refused:
        shop.plan(problem, remedy_reason="the customer wants it")
    assert refused.value.because.rule == "PT-16"
    assert shop.read(problem).state == "verifying"
    shop.find(problem, root_cause=RootCause.OTHER)
    assert shop.plan(problem, remedy_reason="he wants it").state == "planned"


@pytest.mark.rule("PT-16")
def test_service_and_operation_lead_to_training_of_the_persons_concerned(shop):
    problem = solving(shop, SERVICE)
    with pytest.raises(FollowUpMissing) as refused:
        shop.track(problem)
    assert refused.value.extra == {"follow_up": "training"}

    training = asked(shop, problem)

    assert (training.department, training.owner_id) == ("admin-centre", shop.desk.people["leader"])
    assert training.due_at == at("2026-03-05T18:00")
    (told,) = shop.desk.told("complaint.training_requested.v1")
    assert told["person_ids"] == [str(shop.desk.people["clerk"])]
    assert (told["because"]["rule"], told["topic"]) == ("PT-16", "service_skills")
    assert shop.track(problem).state == "tracked"


@pytest.mark.rule("PT-16")
def test_product_quality_leads_to_warranty_by_a_work_order(shop):
    problem = solving(shop, QUALITY)
    with pytest.raises(FollowUpMissing) as refused:
        shop.track(problem)
    assert refused.value.extra == {"follow_up": "field_work"}
    with pytest.raises(TrainingNeedless):
        asked(shop, problem)

    handler = shop.handler(problem)
    work = do(shop, field_work.request_for_problem, problem, handler, assignment=wanted(shop))

    (told,) = shop.desk.told("complaint.field_work_requested.v1")
    assert (told["kind"], told["complaint_id"]) == ("problem", str(problem.id))
    (described,) = shop.desk.told("complaint.field_work_described.v1")
    assert (described["request_id"], described["content"]) == (str(work.id), "repair it")
    assert shop.track(problem).state == "tracked"


@pytest.mark.rule("PT-16")
@pytest.mark.parametrize(
    ("cause", "source"),
    [(RootCause.OTHER, ProblemSource.AFTER_SALES_SERVICE), (SERVICE, ProblemSource.LOGISTICS)],
)
def test_other_causes_and_sources_lead_to_nothing(shop, cause, source):
    problem = solving(shop, cause, source=source)

    with pytest.raises(TrainingNeedless):
        asked(shop, problem)
    assert shop.track(problem).state == "tracked"


def heard(shop, name, **data):
    subscription = SUBSCRIPTIONS[f"dispatch.work_order_{name}.v1"]
    with shop.desk.open() as tx:
        subscription.handler(tx, None, subscription.reads.load(data))


@pytest.mark.parametrize("satisfied", [True, False])
def test_the_work_order_of_a_problem_is_followed_and_a_bad_word_leads_back(shop, satisfied):
    problem = solving(shop, QUALITY)
    handler = shop.handler(problem)
    work = do(shop, field_work.request_for_problem, problem, handler, assignment=wanted(shop))
    shop.track(problem)
    of = {"work_order_id": str(new_id()), "complaint_id": str(problem.id)}
    heard(shop, "opened", **of, request_id=str(work.id))
    heard(shop, "issued", **of, order_no="D-1")
    heard(shop, "completed", **of)
    assert shop.read(problem).field_works[0].progress == Progress.COMPLETED
    for _ in range(2):
        heard(shop, "called_back", **of, satisfied=satisfied)

    found = shop.read(problem)
    assert found.state == ("tracked" if satisfied else "solving")
    assert (found.field_works[0].order_no, found.field_works[0].satisfied) == ("D-1", satisfied)
    told = shop.desk.told("complaint.field_work_done.v1")
    assert [one["kind"] for one in told] == ["problem", "problem"]
    if not satisfied:
        assert found.participants[-1].duty == "implementation"


@pytest.mark.rule("PT-16")
@pytest.mark.parametrize("tracked", [False, True])
def test_a_problem_whose_field_work_is_cancelled_is_worked_on_and_not_solved(shop, tracked):
    problem = solving(shop, QUALITY)
    handler = shop.handler(problem)
    work = do(shop, field_work.request_for_problem, problem, handler, assignment=wanted(shop))
    of = {"work_order_id": str(new_id()), "complaint_id": str(problem.id)}
    heard(shop, "opened", **of, request_id=str(work.id))
    if tracked:
        shop.track(problem)
    for _ in range(2):
        heard(shop, "cancelled", **of)

    found = shop.read(problem)
    assert (found.state, found.field_works[0].progress) == ("solving", Progress.CANCELLED)
    assert found.handler_id is not None
    told = shop.desk.told("complaint.field_work_cancelled.v1")
    assert {(one["kind"], one["request_id"]) for one in told} == {("problem", str(work.id))}
    with pytest.raises(FollowUpMissing):
        shop.track(problem)
    again = shop.handler(problem)
    do(shop, field_work.request_for_problem, problem, again, assignment=wanted(shop))
    assert shop.track(problem).state == "tracked"


@pytest.mark.rule("PT-16")
def test_a_solved_problem_stays_so_where_other_work_stands_or_nobody_asked_for_the_order(shop):
    problem = solving(shop, QUALITY)
    handler = shop.handler(problem)
    works = [
        do(shop, field_work.request_for_problem, problem, handler, assignment=wanted(shop))
        for _ in range(2)
    ]
    shop.track(problem)
    for request_id in (str(works[0].id), None):
        of = {"work_order_id": str(new_id()), "complaint_id": str(problem.id)}
        heard(shop, "opened", **of, request_id=request_id)
        heard(shop, "cancelled", **of)

    assert shop.read(problem).state == "tracked"


@pytest.mark.rule("PT-16")
def test_the_department_says_when_and_what_came_of_it(shop):
    people = [shop.desk.people[name] for name in ("clerk", "reception")]
    training = asked(shop, solving(shop, SERVICE), person_ids=people)
    do(shop, trainings.schedule, training, "leader", on=date(2026, 2, 25))

    stranger = [shop.desk.people["head"]]
    with pytest.raises(NotToBeTrained):
        do(shop, trainings.hold, training, "leader", attended_ids=stranger, result="fine")
    held = do(shop, trainings.hold, training, "leader", attended_ids=people[:1], result="half")

    assert (held.state, held.said, held.attended_ids) == ("held", "half", (people[0],))
    (told,) = shop.desk.told("complaint.training_ended.v1")
    assert (told["outcome"], told["attended_ids"]) == ("held", [str(people[0])])
    assert "training.wake" not in shop.desk.timers()


@pytest.mark.rule("PT-16")
def test_training_that_is_not_held_in_time_is_told_once(shop):
    training = asked(shop, solving(shop, SERVICE))

    shop.desk.wake("training.wake")

    assert shop.desk.now == training.due_at
    (late,) = shop.desk.told("complaint.training_overdue.v1")
    assert late["supervisor_ids"] == [str(shop.desk.people["head"])]
    assert "training.wake" not in shop.desk.timers()


def test_a_department_that_declines_says_why(shop):
    training = asked(shop, solving(shop, SERVICE), department="admin-centre")
    declined = do(shop, trainings.decline, training, "leader", reason="she left")

    assert (declined.state, declined.said) == ("declined", "she left")
    (told,) = shop.desk.told("complaint.training_ended.v1")
    assert told["outcome"] == "declined"


def test_what_cannot_be_asked_for_changes_nothing(shop):
    problem = solving(shop, SERVICE)
    with pytest.raises(UnitUnknown):
        asked(shop, problem, department="nowhere")
    with pytest.raises(PersonNotOnStaff):
        asked(shop, problem, person_ids=[new_id()])
    given = {"person_ids": [new_id()], "topic": Topic.COMMUNICATION, "content": "c"}
    with pytest.raises(NotOfThisTier):
        do(shop, trainings.request, problem, "clerk", **given)
    training = asked(shop, problem)
    with pytest.raises(NotOfTheDepartment):
        do(shop, trainings.decline, training, "clerk", reason="no")
    with pytest.raises(DueInPast):
        do(shop, trainings.schedule, training, "leader", on=date(2026, 2, 12))
    with shop.desk.open() as tx:
        assert tx.trainings.of_event(training.id).state == "requested"


def training_in(state):
    return Training(
        id=new_id(),
        case_id=new_id(),
        org_unit="shop-01",
        department="admin-centre",
        person_ids=(new_id(),),
        topic=Topic.COMMUNICATION,
        content="how to listen",
        because=BECAUSE,
        requested_by=new_id(),
        requested_at=at("2026-03-02T10:00"),
        due_at=at("2026-03-12T18:00"),
        state=state,
    )


NOW, TODAY = at("2026-03-02T10:30"), date(2026, 3, 2)
DO = {
    TrainingCommand.SCHEDULE: lambda one: one.schedule(new_id(), on=TODAY, today=TODAY),
    TrainingCommand.HOLD: lambda one: one.hold(attended_ids=[], result="r", now=NOW),
    TrainingCommand.DECLINE: lambda one: one.decline(reason="r", now=NOW),
}


@pytest.mark.parametrize("state", TrainingState)
@pytest.mark.parametrize("command", TrainingCommand)
def test_each_command_does_in_each_state_what_the_table_says(state, command):
    training = training_in(state)
    if command in TRAINING_STATES[state]:
        DO[command](training)
        assert (training.state, training.version) == (TRAINING_STATES[state][command], 2)
    else:
        with pytest.raises(WrongState) as refused:
            DO[command](training)
        assert refused.value.extra["allowed"] == [one.value for one in TRAINING_STATES[state]]
        assert (training.state, training.version) == (state, 1)


def test_over_http_training_goes_from_its_request_to_its_result(as_, shop):
    problem = solving(shop, SERVICE)
    person = str(shop.desk.people["clerk"])
    body = {"person_ids": [person], "topic": "communication", "content": "how to listen"}
    handler = as_(shop.handler(problem))
    training = handler.post(f"/v1/problems/{problem.id}/trainings", body).json
    one = f"/v1/trainings/{training['id']}"
    leader = as_("leader", unit="admin-centre")

    (listed,) = leader.get("/v1/trainings?owner=me&state=requested").json["items"]
    assert listed["id"] == training["id"]
    assert leader.post(f"{one}/schedules", {"on": "2026-02-24"}).json["state"] == "scheduled"
    held = leader.post(f"{one}/results", {"attended_ids": [person], "result": "she listens"})
    assert (held.json["state"], held.json["said"]) == ("held", "she listens")
    assert leader.post(f"{one}/refusals", {"reason": "no"}).json["code"] == "wrong_state"
    assert as_("assistant-south", unit="region-south").get(one).status_code == 404


def test_over_http_a_problem_shows_its_cause_and_its_field_work(as_, shop):
    problem = solving(shop, QUALITY)
    body = {
        "place": "at home",
        "content": "repair it",
        "requirements": "under warranty",
        "reply_due_at": "2026-03-04T18:00:00+08:00",
    }
    path = f"/v1/problems/{problem.id}"
    handler = as_(shop.handler(problem))
    assert handler.post(f"{path}/field-work-requests", body).status_code == 201

    shown = handler.get(path).json
    assert shown["root_cause"] == "product_quality"
    assert [work["progress"] for work in shown["field_works"]] == ["requested"]
