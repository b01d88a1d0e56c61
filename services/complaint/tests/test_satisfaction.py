"""The five answers and what they lead to, through the built-in pack."""

import pytest

from complaint.domain.satisfaction import AnswerUnknown
from complaint.domain.staff import TierEmpty
from complaint.domain.states import State
from shared.rules import WrongState


@pytest.mark.rule("CP-28")
@pytest.mark.parametrize(
    ("code", "meaning", "normalised"),
    [
        (1, "very_satisfied", 100),
        (2, "satisfied", 75),
        (3, "acceptable", 50),
        (4, "dissatisfied", 25),
        (5, "very_dissatisfied", 0),
    ],
)
def test_each_of_the_five_answers_has_its_value_from_0_to_100(desk, code, meaning, normalised):
    desk.answered(code)

    (told,) = desk.told("complaint.satisfaction_answered.v1")
    assert (told["scale"], told["answer"], told["normalised"]) == (
        "p4-five-1-best",
        code,
        normalised,
    )
    with desk.open() as tx:
        day = tx.day_of("shop-01", tx.now)
        scale = tx.policies.ruling("satisfaction", unit="shop-01", on=day)
        assert (scale.value.choice(code).meaning, scale.because.rule) == (meaning, "CP-28")


@pytest.mark.rule("CP-28")
@pytest.mark.parametrize("code", [0, 6])
def test_there_is_no_sixth_answer(desk, code):
    with pytest.raises(AnswerUnknown) as refused:
        desk.answered(code)

    assert refused.value.extra == {"allowed": [1, 2, 3, 4, 5]}


@pytest.mark.rule("CP-28")
def test_the_answer_is_asked_after_the_result_was_told(desk):
    complaint = desk.contact(desk.file())

    with pytest.raises(WrongState):
        desk.answer(complaint, 1)

    assert desk.read(complaint).state == State.CONTACTED


@pytest.mark.rule("CP-28")
def test_who_asked_when_how_and_with_what_evidence_is_kept(desk):
    answer = desk.answered(2).form.answer

    assert (answer.asked_by, answer.asked_at) == (desk.people["assistant-north"], desk.now)
    assert (answer.method, answer.evidence) == ("telephone", "recording 4711")


@pytest.mark.rule("CP-29")
@pytest.mark.rule("CP-22")
@pytest.mark.parametrize("code", [1, 2, 3])
@pytest.mark.parametrize("level", [1, 3])
def test_answers_1_to_3_complete_a_complaint_and_send_it_to_review(desk, code, level):
    complaint = desk.answered(code, level=level)

    (told,) = desk.told("complaint.satisfaction_answered.v1")
    assert complaint.state == State.AWAITING_REVIEW
    assert (told["accepted"], told["because"]["rule"]) == (True, "CP-29")
    assert told["because"]["clause"] == "001-P4 L188"


@pytest.mark.rule("CP-30")
@pytest.mark.rule("CP-22")
@pytest.mark.parametrize("code", [4, 5])
@pytest.mark.parametrize(("level", "handler"), [(1, "manager"), (2, "sales-director")])
def test_answers_4_and_5_send_a_complaint_up_with_a_new_form(desk, code, level, handler):
    complaint = desk.read(desk.answered(code, level=level))

    first, second = complaint.forms
    (told,) = desk.told("complaint.escalated.v1")
    assert (complaint.state, complaint.level) == (State.IN_PROGRESS, level + 1)
    assert complaint.handler_id == desk.people[handler]
    assert told == {
        "complaint_id": str(complaint.id),
        "org_unit": "shop-01",
        "from_level": level,
        "to_level": level + 1,
        "form_id": str(second.id),
        "previous_form_id": str(first.id),
        "because": {
            "pack": "franchise",
            "version": "1",
            "clause": "001-P4 L188",
            "rule": "CP-30",
        },
    }


@pytest.mark.rule("CP-30")
def test_the_new_form_takes_the_matter_over_and_starts_the_outcome_anew(desk):
    complaint = desk.read(desk.answered(5))

    first, second = complaint.forms
    assert (second.form_no, second.previous_form_id) == (f"{complaint.number}/2", first.id)
    assert second.details == first.details
    assert (second.told, second.answer) == (None, None)
    assert (first.told.result, first.answer.code) == ("it will be repaired", 5)
    assert desk.told("complaint.assigned.v1")[-1]["reason"] == "escalated"


@pytest.mark.rule("CP-31")
@pytest.mark.parametrize("code", [4, 5])
def test_a_dissatisfied_complainant_of_level_3_goes_to_the_meeting(desk, code):
    complaint = desk.read(desk.answered(code, level=3))

    (told,) = desk.told("complaint.gm_meeting_requested.v1")
    assert (complaint.state, complaint.level, len(complaint.forms)) == (State.GM_MEETING, 3, 1)
    assert told["secretary_ids"] == [str(desk.people["secretary"])]
    assert (told["because"]["rule"], told["because"]["clause"]) == ("CP-31", "001-P4 L190")


@pytest.mark.rule("CP-31")
def test_a_meeting_without_a_secretary_is_not_asked_in_vain(desk):
    with desk.open() as tx:
        tx.staff.keep(desk.people["secretary"], active=False, superior_id=None, posts=[])

    with pytest.raises(TierEmpty):
        desk.answered(5, level=3)

    assert "complaint.satisfaction_answered.v1" not in desk.types()


@pytest.mark.rule("CP-30")
def test_a_complaint_can_go_all_the_way_up(desk):
    complaint = desk.answered(5)
    for _ in range(2):
        desk.tell(complaint)
        complaint = desk.answer(complaint, 5)

    complaint = desk.read(complaint)
    assert [form.level for form in complaint.forms] == [1, 2, 3]
    assert complaint.state == State.GM_MEETING
