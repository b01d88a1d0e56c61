"""Service requests and feedback: each goes to somebody by itself, and none stays unanswered."""

from datetime import UTC, date, datetime, timedelta

import pytest

from complaint.domain import feedback as feedbacks
from complaint.domain import requests as service_requests
from complaint.domain.feedback import Feedback, FeedbackCommand, FeedbackState, FeedbackTopic
from complaint.domain.flow_cases import Arrival
from complaint.domain.intake import Channel
from complaint.domain.progress import ProgressContact
from complaint.domain.requests import RequestCommand, RequestState, ServiceRequest
from complaint.domain.satisfaction import Method
from complaint.use_cases import feedback, requests
from shared.ids import new_id
from shared.policy import activate
from shared.rules import Because, Ruling, WrongState

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
BECAUSE = Because(pack="service", version="1", clause="004-T5 L93-L97", rule="PT-27")
HANDLER, OTHER = new_id(), new_id()
TOLD = {"method": Method.TELEPHONE, "content": "it is repaired"}


def contact():
    return ProgressContact(id=new_id(), by=HANDLER, at=NOW, method=Method.SMS, content="thanks")


def relieve(case):
    return case.relieve({HANDLER}, Ruling(OTHER, BECAUSE), now=NOW)


def convert(case):
    return case.convert(HANDLER, to_kind="problem", to_id=OTHER, now=NOW)


COMMANDS = {
    ServiceRequest: {
        RequestCommand.START: lambda one: one.start(now=NOW),
        RequestCommand.FINISH: lambda one: one.finish("repaired", now=NOW),
        RequestCommand.TELL_RESULT: lambda one: one.tell_result(contact()),
        RequestCommand.CONVERT: convert,
        RequestCommand.RELIEVE: relieve,
    },
    Feedback: {
        FeedbackCommand.ANALYSE: lambda one: one.analyse("seams are weak", now=NOW),
        FeedbackCommand.ANSWER: lambda one: one.give_answer(contact()),
        FeedbackCommand.CONVERT: convert,
        FeedbackCommand.RELIEVE: relieve,
    },
}
TABLES = {ServiceRequest: service_requests.TRANSITIONS, Feedback: feedbacks.TRANSITIONS}
EVERY = [
    (kind, state, command)
    for kind, table in TABLES.items()
    for state in table
    for command in COMMANDS[kind]
]


def case_in(kind, state):
    more = {"topic": FeedbackTopic.OTHER} if kind is Feedback else {}
    return kind(
        id=new_id(),
        number="shop-01-1",
        arrival=Arrival("shop-01", Channel.EMAIL, NOW),
        matter="please come and look",
        level=1,
        handler_id=HANDLER,
        assigned_ids=frozenset({HANDLER}),
        filed_by=HANDLER,
        filed_at=NOW,
        state=state,
        **more,
    )


@pytest.mark.parametrize(("kind", "state", "command"), EVERY)
def test_each_command_does_in_each_state_what_the_table_says(kind, state, command):
    case, table = case_in(kind, state), TABLES[kind]
    before = repr(vars(case))

    if command in table[state]:
        COMMANDS[kind][command](case)

        assert case.state == table[state][command]
        assert case.version > 1
    else:
        with pytest.raises(WrongState):
            COMMANDS[kind][command](case)

        assert repr(vars(case)) == before


def test_every_command_is_walked_and_every_open_state_is_timed():
    assert set(COMMANDS[ServiceRequest]) == set(RequestCommand)
    assert set(COMMANDS[Feedback]) == set(FeedbackCommand)
    for kind, last in ((ServiceRequest, RequestState.CLOSED), (Feedback, FeedbackState.ANSWERED)):
        for state in set(TABLES[kind]) - {last, "converted"}:
            assert state in kind.flow.stages
            assert any(state in kind.flow.awaited[name] for name in kind.flow.lasting)


@pytest.fixture
def at(desk, rulebook):
    """``at(use_case, case, by)``: somebody of the staff does that with a case."""
    with desk.open() as tx:
        packs = ("service", "franchise", "generic")
        activate(tx, "hq", packs, date(2026, 1, 1), rulebook=rulebook)

    def act(use_case, case=None, *, by="", **given):
        name = by or next(n for n, known in desk.people.items() if known == case.handler_id)
        args = (case.id,) if case else ()
        return desk.do(use_case, *args, by=desk.caller(name), **given)

    return act


def arrived(desk):
    return {"arrival": Arrival("shop-01", Channel.EMAIL, desk.now), "matter": "please come"}


def name_of(desk, person_id):
    return next(name for name, known in desk.people.items() if known == person_id)


@pytest.mark.rule("PT-27")
def test_a_request_goes_to_suitable_staff_by_itself_and_is_tracked_to_its_end(desk, at):
    request = at(requests.file, by="clerk", **arrived(desk))
    assert name_of(desk, request.handler_id) == "assistant-north"
    assert request.timed["hand_over"].driving.value.within == 4
    request = at(requests.start, request)
    assert request.timed["solution"].driving.value.within == 3
    request = at(requests.finish, request, result="repaired")
    assert name_of(desk, request.handler_id) == "assistant-north"
    assert request.timed["reply"].driving.value.within == 1
    request = at(requests.tell_result, request, **TOLD)

    assert (request.state, request.next_due_at, desk.timers()) == ("closed", None, {})
    assert len(desk.told("complaint.request_closed.v1")) == 1
    assert [one["kind"] for one in desk.told("complaint.customer_told.v1")] == ["request"]


ROLES = {
    ("request", "implementation"): {"regional_service_assistant", "franchise_reception_clerk"},
    ("request", "feedback"): {"regional_service_assistant", "franchise_reception_clerk"},
    ("feedback", "assessment"): {"general_service_supervisor", "general_service_manager"},
    ("feedback", "feedback"): {"regional_service_assistant", "franchise_reception_clerk"},
}


@pytest.mark.rule("PT-27", "PT-29")
@pytest.mark.parametrize(("kind", "stage"), ROLES)
def test_the_pack_names_the_roles_that_answer_for_each_stage(desk, at, kind, stage):
    with desk.open() as tx:
        facts = {"kind": kind, "stage": stage}
        rule = tx.policies.ruling("stages", unit="shop-01", on=date(2026, 3, 2), **facts)

    assert set(rule.value.roles) == ROLES[kind, stage]


@pytest.mark.rule("PT-21", "PT-29", "PT-32")
def test_feedback_is_recorded_analysed_and_answered(desk, at):
    given = {**arrived(desk), "topic": FeedbackTopic.PRODUCT_QUALITY}
    one = at(feedback.record, by="clerk", **given)
    went = [name_of(desk, one.handler_id)]
    with pytest.raises(WrongState):
        at(feedback.answer, one, **TOLD)
    one = at(feedback.analyse, one, analysis="seams are weak")
    went.append(name_of(desk, one.handler_id))
    one = at(feedback.answer, one, **TOLD)

    assert went == ["manager", "assistant-north"]
    assert (one.state, one.answer, one.next_due_at) == ("answered", "it is repaired", None)
    (told,) = desk.told("complaint.feedback_answered.v1")
    assert told["topic"] == "product_quality"


@pytest.mark.rule("PT-29")
def test_no_feedback_stays_unanswered_without_a_breach(desk, at):
    given = {**arrived(desk), "topic": FeedbackTopic.OTHER}
    one = at(feedback.record, by="clerk", **given)
    assert one.timed["reply"].driving.value.within == 5
    while not desk.told("complaint.clock_breached.v1"):
        desk.wake()

    (told,) = desk.told("complaint.clock_breached.v1")
    assert (told["kind"], told["clock"], told["hard"]) == ("feedback", "reply", False)
    assert told["owner_ids"] == [str(one.handler_id)]


@pytest.mark.rule("PT-31")
def test_feedback_says_what_it_is_about(desk, at, as_):
    clerk = as_("clerk")
    body = {"org_unit": "shop-01", "channel": "letter", "matter": "friendly"}
    topics = ["product_quality", "service_attitude", "after_sales_support"]

    assert clerk.post("/v1/feedback", body).status_code == 422
    made = [clerk.post("/v1/feedback", {**body, "topic": topic}).json for topic in topics]
    assert [one["topic"] for one in made] == topics
    assert {one["stage"] for one in made} == {"assessment"}


@pytest.mark.rule("PT-32")
def test_opinions_are_collected_and_sorted(desk, at, as_):
    for topic in ("service_attitude", "product_quality", "service_attitude"):
        arrival = Arrival("shop-01", Channel.LETTER, desk.now)
        given = {"arrival": arrival, "matter": "well", "topic": FeedbackTopic(topic)}
        at(feedback.record, by="clerk", **given)
    (praised, *_) = as_("clerk").get("/v1/feedback").json["items"]
    body = {"analysis": "friendly staff"}
    as_("manager").post(f"/v1/feedback/{praised['id']}/analyses", body)

    def topics(query, unit="hq"):
        items = as_("clerk", unit=unit).get(f"/v1/feedback?{query}").json["items"]
        return [one["topic"] for one in items]

    assert sorted(topics("")) == ["product_quality", "service_attitude", "service_attitude"]
    assert topics("topic=service_attitude") == ["service_attitude"] * 2
    assert topics("topic=service_attitude&state=analysed") == ["service_attitude"]
    assert topics("", unit="region-south") == []


def test_what_was_received_earlier_is_answered_sooner(desk, at):
    arrival = Arrival("shop-01", Channel.LETTER, desk.now - timedelta(days=3))
    late = {"arrival": arrival, "matter": "well", "topic": FeedbackTopic.OTHER}
    earlier = at(feedback.record, by="clerk", **late)
    now = at(feedback.record, by="clerk", **{**late, "arrival": arrived(desk)["arrival"]})

    assert earlier.next_due_at < now.next_due_at
