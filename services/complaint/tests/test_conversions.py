"""A case that turns out to be something else goes on as that (K-22, PT-32)."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from complaint.domain.conversions import BECOMES
from complaint.domain.feedback import FeedbackTopic
from complaint.domain.flow_cases import Arrival
from complaint.domain.intake import Channel
from complaint.domain.staff import NotOfThisTier
from complaint.use_cases import conversions, feedback, requests
from shared.policy import activate

from .problem_desk import ProblemDesk

PACKS = ("problem", "service", "franchise", "generic")
FACTS = {
    "request": {},
    "problem": {"problem": {"type": "quality", "source": "product_quality"}},
    "complaint": {"complaint": {"complainant": "consumer", "about": "product_quality"}},
}


@pytest.fixture
def problems(desk, rulebook):
    with desk.open() as tx:
        activate(tx, "hq", PACKS, date(2026, 1, 1), rulebook=rulebook)
    return ProblemDesk(desk)


@pytest.fixture
def arrival(desk):
    return Arrival("shop-01", Channel.LETTER, desk.now - timedelta(hours=2))


@pytest.fixture
def taken_in(desk, problems, arrival):
    """``taken_in(kind)``: a case of that kind, received two hours ago."""

    def made(kind):
        given = {"by": desk.caller("clerk"), "arrival": arrival, "matter": "the seam is open"}
        match kind:
            case "feedback":
                return desk.do(feedback.record, topic=FeedbackTopic.OTHER, **given)
            case "request":
                return desk.do(requests.file, **given)
            case "problem":
                return problems.submit(arrival=arrival, matter="the seam is open")
        return desk.file(received_at=arrival.received_at)

    return made


def convert(as_, case, to, by="manager", **facts):
    body = {"to": to, "reason": "it is more than that", **(facts or FACTS[to])}
    return as_(by).post(f"/v1/cases/{case.kind}/{case.id}/conversions", body)


WAYS = [(kind, to) for kind, possible in BECOMES.items() for to in sorted(possible)]


@pytest.mark.rule("PT-32")
@pytest.mark.parametrize(("kind", "to"), WAYS)
def test_a_case_goes_on_as_what_it_is_with_the_time_of_its_receipt(
    desk, taken_in, arrival, as_, kind, to
):
    case = taken_in(kind)
    answer = convert(as_, case, to, by=handler(desk, case))

    assert answer.status_code == 201, answer.text
    before, after = answer.json["converted"], answer.json["case"]
    assert (before["state"], before["next_due_at"], before["number"]) == (
        "converted",
        None,
        case.number,
    )
    assert (after["kind"], after["org_unit"]) == (to, "shop-01")
    with desk.open() as tx:
        made = tx.cases.of_event(UUID(after["id"]))
        came = made.intake if to == "complaint" else made.arrival
        assert (came.received_at, came.channel) == (arrival.received_at, Channel.LETTER)
        told = made.form.details.reason if to == "complaint" else made.matter
        assert told == "the seam is open"
    (converted,) = desk.told("complaint.case_converted.v1")
    assert (converted["case_id"], converted["to_id"]) == (str(case.id), after["id"])
    (link,) = as_("clerk").get(f"/v1/cases/{kind}/{case.id}/links").json["items"]
    assert (link["relation"], link["source"]["id"], link["target"]["number"]) == (
        "converted_from",
        after["id"],
        case.number,
    )


def handler(desk, case):
    return next(name for name, known in desk.people.items() if known == case.handler_id)


def test_its_clocks_count_from_the_first_receipt(desk, taken_in, arrival, as_):
    case = taken_in("feedback")
    made = convert(as_, case, "complaint").json["case"]

    with desk.open() as tx:
        complaint = tx.cases.of_event(UUID(made["id"]))
        assert complaint.timed["first_contact"].started_at == arrival.received_at
        assert tx.cases.of_event(case.id).running() == []


@pytest.mark.parametrize("kind", BECOMES)
def test_a_case_becomes_what_the_table_says_and_nothing_else(desk, taken_in, as_, kind):
    case = taken_in(kind)
    told = desk.types()

    for to in {"complaint", "problem", "request"} - BECOMES[kind]:
        refused = convert(as_, case, to, by=handler(desk, case))
        assert (refused.status_code, refused.json["code"]) == (409, "not_convertible")
        assert refused.json["allowed"] == sorted(BECOMES[kind])
    assert desk.types() == told


def test_who_has_nothing_to_do_with_it_does_not_convert_it(desk, taken_in):
    case = taken_in("feedback")

    with pytest.raises(NotOfThisTier):
        desk.do(
            conversions.convert,
            case.ref,
            by=desk.caller("leader"),
            to="request",
            reason="wanted",
            facts={},
        )


def test_what_ended_is_not_converted(desk, taken_in, as_):
    case = taken_in("feedback")
    first = convert(as_, case, "request")
    again = convert(as_, case, "request")

    assert (first.status_code, again.status_code, again.json["code"]) == (201, 409, "wrong_state")
    assert len(desk.told("complaint.case_converted.v1")) == 1
    assert desk.types().count("complaint.case_filed.v1") == 2


def test_what_cannot_be_taken_in_is_not_converted(desk, taken_in, as_):
    case = taken_in("feedback")
    told = desk.types()
    wrong = {"complaint": {"complainant": "franchisee", "about": "product_quality"}}

    refused = convert(as_, case, "complaint", **wrong)

    assert (refused.status_code, refused.json["code"]) == (422, "respondent_missing")
    assert desk.types() == told
    with desk.open() as tx:
        assert tx.cases.of_event(case.id).state == "recorded"


@pytest.mark.parametrize(
    ("to", "given", "missing"),
    [
        ("problem", {}, "problem"),
        ("complaint", {**FACTS["problem"]}, "complaint"),
        ("request", {**FACTS["problem"]}, "problem"),
    ],
)
def test_it_says_what_the_new_kind_has_to_know_and_no_more(taken_in, as_, to, given, missing):
    case = taken_in("feedback")
    body = {"to": to, "reason": "so", **given}

    refused = as_("manager").post(f"/v1/cases/feedback/{case.id}/conversions", body)

    assert refused.status_code == 422
    assert missing in refused.json["errors"]["json"]


def test_what_was_missed_before_is_told_of_the_old_case(desk, taken_in, as_, clock):
    case = taken_in("feedback")
    desk.now = clock.at = desk.now + timedelta(days=60)

    assert convert(as_, case, "request").status_code == 201
    (missed,) = desk.told("complaint.clock_breached.v1")
    assert (missed["case_id"], missed["clock"]) == (str(case.id), "reply")


@pytest.mark.rule("PT-26")
@pytest.mark.parametrize("to", sorted(FACTS))
def test_whom_to_write_to_goes_along(desk, taken_in, as_, to):
    case = taken_in("feedback")
    who = {"name": "Wang Fang", "email": "wf@example.org", "language": "en"}
    assert as_("manager").post(f"/v1/cases/{case.id}/contacts", who).status_code == 201
    made = convert(as_, case, to).json["case"]

    news = desk.told("complaint.case_news_arose.v1")
    assert (news[-1]["case_id"], news[-1]["news"]) == (made["id"], "received")
    described = desk.told("complaint.case_contact_described.v1")[-1]
    assert (described["case_id"], described["name"]) == (made["id"], "Wang Fang")


def test_a_problem_whose_goods_are_held_stays_one_until_they_are_not(problems, as_):
    problem = problems.submit(product="sofa", batch="B-7")
    problems.register(problem)

    refused = convert(as_, problem, "complaint")

    assert (refused.status_code, refused.json["code"]) == (409, "hold_stands")
    assert problems.read(problem).state == "registered"
