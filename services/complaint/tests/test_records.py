"""Every step of the handling is recorded: CP-03, CP-24, CP-48, CP-54."""

from datetime import date
from decimal import Decimal

import pytest

from complaint.domain.handling_records import (
    AmountUnfit,
    Compensation,
    CompensationType,
    CompensationUnfit,
    HandlingStage,
    ProcessStep,
    StepsMissing,
)
from complaint.use_cases import records
from shared.ids import new_id
from shared.policy import activate
from shared.rules import UnitUnknown

REFUND = Compensation(CompensationType.REFUND, Decimal("99.50"))


@pytest.fixture
def complaint(desk):
    return desk.contact(desk.file())


def follow(desk, rulebook, *packs):
    with desk.open() as tx:
        activate(tx, "hq", list(packs), date(2026, 1, 1), rulebook=rulebook)


@pytest.mark.rule("CP-03")
def test_generic_handling_goes_from_investigation_over_cause_to_solution(desk, rulebook, complaint):
    follow(desk, rulebook, "generic", "franchise")
    with pytest.raises(StepsMissing) as refused:
        desk.tell(complaint)
    assert refused.value.extra["missing"] == ["investigation", "cause", "solution"]
    for step in ("investigation", "cause"):
        desk.record(complaint, step)
    with pytest.raises(StepsMissing) as refused:
        desk.tell(complaint)
    assert refused.value.extra["missing"] == ["solution"]
    assert refused.value.because.rule == "CP-03"

    desk.record(complaint, "solution")
    assert desk.tell(complaint).state == "result_told"
    told = [one["step"] for one in desk.told("complaint.step_recorded.v1")]
    assert told == ["investigation", "cause", "solution"]


@pytest.mark.rule("CP-23")
def test_where_the_form_itself_holds_what_was_found_no_record_beside_it_is_a_must(desk, complaint):
    assert desk.tell(complaint).state == "result_told"


@pytest.mark.rule("CP-54")
def test_responsibility_is_analysed_with_persons_concerned_and_the_material_passed_on(
    desk, rulebook, complaint
):
    follow(desk, rulebook, "itservice", "franchise")
    with pytest.raises(StepsMissing) as refused:
        desk.tell(complaint)
    assert refused.value.extra["missing"] == ["investigation", "responsibility", "solution"]
    assert refused.value.because.rule == "CP-54"

    concerned = [desk.people["clerk"], desk.people["reception"]]
    desk.record(complaint, "investigation", person_ids=concerned)
    desk.record(complaint, "responsibility", department="admin-centre")
    desk.record(complaint, "solution")

    first, second, _ = desk.told("complaint.step_recorded.v1")
    assert first["person_ids"] == [str(one) for one in concerned]
    assert second["department"] == "admin-centre"
    assert desk.tell(complaint).state == "result_told"


@pytest.mark.rule("CP-48")
def test_a_compensation_has_type_and_amount_also_after_the_result(desk, complaint):
    desk.tell(complaint)

    desk.record(complaint, "compensation", compensation=REFUND)
    desk.record(complaint, "follow_up")

    paid, followed = desk.read(complaint).records
    assert (paid.compensation, followed.compensation) == (REFUND, None)


@pytest.mark.rule("CP-48")
@pytest.mark.parametrize(
    ("step", "compensation", "refusal"),
    [
        ("compensation", None, CompensationUnfit),
        ("solution", REFUND, CompensationUnfit),
        ("compensation", Compensation(CompensationType.PAYMENT, Decimal("-1")), AmountUnfit),
        ("compensation", Compensation(CompensationType.PAYMENT, Decimal("0.001")), AmountUnfit),
        ("compensation", Compensation(CompensationType.PAYMENT, Decimal("1e10")), AmountUnfit),
    ],
)
def test_a_compensation_that_cannot_be_changes_nothing(
    desk, complaint, step, compensation, refusal
):
    with pytest.raises(refusal):
        desk.record(complaint, step, compensation=compensation)

    assert desk.read(complaint).records == []


def test_material_passes_to_a_department_that_is_known(desk, complaint):
    with pytest.raises(UnitUnknown):
        desk.record(complaint, "responsibility", department="nowhere")


@pytest.mark.rule("CP-24")
def test_the_way_ahead_is_explained_and_told_by_ids_and_codes_alone(desk, complaint):
    steps = [ProcessStep(HandlingStage.INVESTIGATION, 24), ProcessStep(HandlingStage.SOLUTION, 48)]
    by = desk.caller(desk.handler(complaint))
    told = {"outline": "we look, then we repair", "steps": steps, "contact": "13912345678"}
    desk.do(records.explain_process, complaint.id, by=by, **told)

    (explained,) = desk.told("complaint.process_explained.v1")
    assert explained["steps"] == ["investigation", "solution"]
    assert explained["explained_by"] == str(by.id)
    (kept,) = desk.read(complaint).explanations
    assert (kept.steps, kept.contact) == (tuple(steps), "13912345678")


def test_over_http_records_are_written_and_shown(as_, complaint):
    path = f"/v1/complaints/{complaint.id}"
    handler = as_("assistant-north")
    paid = {"type": "refund", "amount": "99.5"}
    body = {"step": "compensation", "content": "paid", "compensation": paid}
    assert handler.post(f"{path}/handling-records", body).status_code == 201
    way = {
        "outline": "we look",
        "steps": [{"step": "investigation", "hours": 24}],
        "contact": "13912345678",
    }
    assert handler.post(f"{path}/process-explanations", way).status_code == 201

    shown = handler.get(f"{path}/handling-records").json
    assert shown["records"][0]["compensation"] == {"type": "refund", "amount": "99.50"}
    assert shown["explanations"][0]["contact"] != way["contact"]
    assert shown["records"][0]["person_ids"] == []
    foreign = handler.get(f"/v1/complaints/{new_id()}/handling-records")
    assert foreign.status_code == 404
