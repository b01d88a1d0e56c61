"""What staff records as told to a customer is held against the banned phrases (SC-20..SC-23,
K-24)."""

from datetime import date

import pytest

from complaint.domain.call_back_rules import Promise
from complaint.domain.feedback import FeedbackTopic
from complaint.domain.flow_cases import Arrival
from complaint.domain.handling_records import HandlingStage, ProcessStep
from complaint.domain.intake import Channel
from complaint.domain.satisfaction import Method
from complaint.use_cases import call_backs, feedback, handling, progress, records, requests, scripts
from shared.policy import activate

REFUSING = "不能退货"
SHIFTING = "这个不关我的事"
GUIDING = "这是物流部的事,请您找他,我马上致电给他说明"
FINE = "新货已寄出"


def flags(desk):
    return desk.told("complaint.phrase_flagged.v1")


def tell(desk, complaint, said):
    by = desk.caller(desk.handler(complaint))
    return desk.do(handling.tell_result, complaint.id, by=by, result=said)


def promise(desk, **about):
    promised = Promise(matter="the freight", **about)
    return desk.do(
        scripts.render_script,
        "no_answer_now",
        by=desk.caller("assistant-north"),
        on=desk.now.date(),
        variables={},
        promised=promised,
    ).call_back


@pytest.fixture
def complaint(desk):
    return desk.contact(desk.file())


@pytest.mark.rule("SC-23")
@pytest.mark.parametrize(
    ("rule", "said", "phrase"),
    [
        pytest.param("SC-20", REFUSING, "不能", marks=pytest.mark.rule("SC-20")),
        pytest.param("SC-20", "我不知道", "我不知道", marks=pytest.mark.rule("SC-20")),
        pytest.param("SC-21", SHIFTING, "不关我的事", marks=pytest.mark.rule("SC-21")),
        pytest.param(
            "SC-22", "这是物流部的事,你找他吧", "这是*的事*找他", marks=pytest.mark.rule("SC-22")
        ),
    ],
)
def test_a_result_with_a_banned_phrase_is_kept_and_flagged_to_the_supervisors(
    desk, complaint, rule, said, phrase
):
    told = tell(desk, complaint, said)

    assert (told.state, told.form.told.result) == ("result_told", said)
    (flag,) = flags(desk)
    assert (flag["phrase"], flag["because"]["rule"], flag["text"]) == (phrase, rule, "result")
    assert flag["about"] == f"complaint/{complaint.id}"
    assert flag["person_id"] == str(desk.people["assistant-north"])
    assert flag["supervisor_ids"] == [str(desk.people[n]) for n in ("manager", "supervisor")]
    assert desk.journal("phrase_flagged") == [{"flag_id": flag["flag_id"]}]


@pytest.mark.rule("SC-23")
def test_what_says_nothing_banned_is_not_flagged(desk, complaint):
    tell(desk, complaint, FINE)

    assert flags(desk) == []


@pytest.mark.rule("SC-23")
def test_a_flag_goes_to_whom_the_speaker_reports(desk, complaint):
    with desk.open() as tx:
        posts = [("region-north", "regional_service_assistant")]
        above = desk.people["head"]
        tx.staff.keep(complaint.handler_id, active=True, superior_id=above, posts=posts)

    tell(desk, complaint, SHIFTING)

    assert flags(desk)[0]["supervisor_ids"] == [str(desk.people["head"])]


@pytest.mark.rule("SC-23")
def test_every_record_of_what_a_complainant_was_told_is_looked_at(desk, complaint):
    by = desk.caller("assistant-north")
    told = {"by": by, "method": Method.TELEPHONE, "content": SHIFTING}
    desk.do(progress.tell_progress, complaint.id, **told)
    steps = [ProcessStep(HandlingStage.SOLUTION, 48)]
    way = {"outline": SHIFTING, "steps": steps, "contact": "4711"}
    desk.do(records.explain_process, complaint.id, by=by, **way)
    call_back = promise(desk, case_id=complaint.id)
    desk.do(call_backs.make, call_back.id, by=by, said=SHIFTING, evidence="4711")

    assert [one["text"] for one in flags(desk)] == ["progress", "process", "call"]
    assert flags(desk)[-1]["about"] == f"call_back/{call_back.id}"


@pytest.mark.rule("SC-23")
def test_what_customers_hear_of_requests_and_feedback_is_looked_at_as_well(desk):
    desk.follow("hq", "service", "franchise", "generic")
    by = desk.caller("assistant-north")
    arrival = Arrival(org_unit="shop-01", channel=Channel.TELEPHONE, received_at=desk.now)
    told = {"by": by, "method": Method.TELEPHONE, "content": SHIFTING}
    request = desk.do(requests.file, by=by, arrival=arrival, matter="a new key")
    desk.do(requests.start, request.id, by=by)
    desk.do(requests.finish, request.id, by=by, result="made")
    desk.do(requests.tell_result, request.id, **told)
    opinion = {"arrival": arrival, "matter": "too dear", "topic": FeedbackTopic.PRODUCT_QUALITY}
    found = desk.do(feedback.record, by=by, **opinion)
    manager = desk.caller("manager")
    desk.do(feedback.analyse, found.id, by=manager, analysis="it is")
    desk.do(feedback.answer, found.id, **told)

    assert [one["text"] for one in flags(desk)] == ["result", "answer"]


@pytest.mark.rule("SC-22")
@pytest.mark.rule("SC-23")
def test_a_customer_is_guided_to_a_colleague_only_by_whoever_promised_the_call(desk, complaint):
    tell(desk, complaint, GUIDING)
    assert [one["because"]["rule"] for one in flags(desk)] == ["SC-22"]

    other = desk.contact(desk.file())
    promise(desk, case_id=other.id)
    tell(desk, other, GUIDING)
    assert len(flags(desk)) == 1


@pytest.mark.rule("SC-23")
def test_the_phrases_hold_whatever_packs_a_unit_follows(desk, complaint, rulebook):
    with desk.open() as tx:
        activate(tx, "hq", ["medical", "franchise"], date(2026, 1, 1), rulebook=rulebook)

    tell(desk, complaint, SHIFTING)

    assert len(flags(desk)) == 1


def test_what_is_refused_flags_nothing(desk, complaint):
    tell(desk, complaint, FINE)

    with pytest.raises(Exception, match="result_told"):
        tell(desk, complaint, SHIFTING)

    assert flags(desk) == []


def test_over_http_supervisors_list_the_flags_of_their_unit(desk, as_, complaint):
    tell(desk, complaint, SHIFTING)

    seen = as_("supervisor").get("/v1/phrase-flags").json["items"]
    assert [(one["phrase"], one["text"]) for one in seen] == [("不关我的事", "result")]
    assert SHIFTING not in str(seen)
    mine = as_("supervisor").get(f"/v1/phrase-flags?person_id={desk.people['head']}").json
    assert mine["items"] == []
    assert as_("supervisor", unit="region-south").get("/v1/phrase-flags").json["items"] == []
    assert as_("assistant-north").get("/v1/phrase-flags").status_code == 403
