"""Lowering a level and reopening what was closed (CP-49, CP-63)."""

import pytest
from sqlalchemy import select

from complaint.api.policies import SECTIONS
from complaint.domain.levels import LevelNotLower
from complaint.domain.oversight import LoweredByHandler, OversightUnfit
from complaint.domain.states import State
from shared import tables
from shared.policy import PackFault, PolicyMissing, parse
from shared.rules import WrongState


@pytest.fixture
def overseen(desk):
    desk.follow("hq", "oversight", "franchise", "generic")
    return desk


def audited(desk):
    with desk.sessions() as session:
        of_complaints = tables.audit.c.subject.startswith("complaint/")
        rows = session.execute(select(tables.audit).where(of_complaints))
        return [(row.action, row.subject, row.detail) for row in rows]


@pytest.mark.rule("CP-63")
@pytest.mark.parametrize("by", ["oversight", "sales-director", "admin-director"])
def test_the_third_tier_and_oversight_lower_a_level_for_a_reason(desk, by):
    complaint = desk.file_at_level(2)

    lowered = desk.read(desk.lower(complaint, 1, by=by))

    assert (lowered.level, desk.handler(complaint)) == (1, "assistant-north")
    assert desk.told("complaint.assigned.v1")[-1]["reason"] == "lowered"
    (written,) = audited(desk)
    assert written[:2] == ("level.lowered", f"complaint/{complaint.id}")
    assert written[2] == {"before": 2, "level": 1, "reason": "a concrete matter after all"}
    assert desk.journal("level_lowered") == [{"level": 1, "reason": "a concrete matter after all"}]


def test_a_clock_that_the_lower_level_does_not_have_stops(desk):
    complaint = desk.file_at_level(2)
    assert desk.clock(complaint, "hand_over").is_running

    desk.lower(complaint, 1)

    assert not desk.clock(complaint, "hand_over").is_running
    assert desk.clock(complaint).level == 1


@pytest.mark.rule("CP-63")
@pytest.mark.parametrize("by", ["assistant-north", "manager", "supervisor", "clerk", "secretary"])
def test_nobody_else_lowers_a_level(desk, by):
    complaint = desk.file_at_level(2)

    with pytest.raises(OversightUnfit) as refused:
        desk.lower(complaint, 1, by=by)

    assert refused.value.because.rule == "CP-63"
    assert audited(desk) == []


@pytest.mark.rule("CP-63")
def test_whoever_had_a_hand_in_it_does_not_lower_it(desk):
    complaint = desk.file_at_level(3)

    with pytest.raises(LoweredByHandler):
        desk.lower(complaint, 2, by=desk.handler(complaint))

    assert desk.lower(complaint, 2, by="oversight").level == 2


@pytest.mark.parametrize("level", [2, 3])
def test_a_level_is_lowered_to_one_below_it(desk, level):
    complaint = desk.file_at_level(2)

    with pytest.raises(LevelNotLower):
        desk.lower(complaint, level)


def test_it_never_goes_back_to_a_level_that_left_the_complainant_discontented(desk):
    complaint = desk.answered(4)

    with pytest.raises(LevelNotLower):
        desk.lower(complaint, 1)

    assert desk.read(complaint).level == 2


@pytest.mark.rule("CP-49")
def test_oversight_reopens_a_closed_complaint_with_a_new_form(overseen):
    complaint = overseen.archive(overseen.review(overseen.answered(2), "supervisor"), "clerk")

    reopened = overseen.read(overseen.reopen(complaint))

    first, second = reopened.forms
    assert (reopened.state, second.previous_form_id) == (State.IN_PROGRESS, first.id)
    assert (second.told, second.answer, first.answer.code) == (None, None, 2)
    assert reopened.next_due_at == overseen.clock(complaint, "progress_contact").deadline.due_at
    (told,) = overseen.told("complaint.reopened.v1")
    assert (told["form_id"], told["because"]["clause"]) == (str(second.id), "004-T7 L153")
    assert overseen.told("complaint.assigned.v1")[-1]["reason"] == "reopened"
    (written,) = audited(overseen)
    assert written[0::2] == ("complaint.reopened", {"reason": "a witness came forward"})


@pytest.mark.rule("CP-49")
@pytest.mark.parametrize("by", ["clerk", "manager", "sales-director", "general-manager"])
def test_nobody_else_reopens_a_closed_complaint(overseen, by):
    complaint = overseen.archive(overseen.review(overseen.answered(2), "supervisor"), "clerk")

    with pytest.raises(OversightUnfit):
        overseen.reopen(complaint, by=by)

    assert overseen.read(complaint).state is State.ARCHIVED


def test_what_is_open_is_not_reopened(overseen):
    with pytest.raises(WrongState):
        overseen.reopen(overseen.file())


def test_where_no_pack_names_who_supervises_nobody_reopens(desk):
    complaint = desk.archive(desk.review(desk.answered(2), "supervisor"), "clerk")

    with pytest.raises(PolicyMissing):
        desk.reopen(complaint)


@pytest.mark.rule("CP-49")
def test_oversight_reads_all_and_handles_nothing(overseen, as_):
    filed = overseen.file()
    watching = as_("oversight")

    assert watching.get(f"/v1/complaints/{filed.id}").json["state"] == "received"
    assert [one["id"] for one in watching.get("/v1/complaints").json["items"]] == [str(filed.id)]
    contact = {"reason": "a seam is open", "course": "it opened"}
    refused = watching.post(f"/v1/complaints/{filed.id}/first-contacts", contact)
    assert refused.json["code"] == "not_of_this_tier"


def test_lowering_and_reopening_over_http(overseen, as_):
    watching, high = as_("oversight"), overseen.file_at_level(2)
    asked = {"level": 1, "reason": "a concrete matter"}
    assert watching.post(f"/v1/complaints/{high.id}/lowerings", asked).json["level"] == 1

    closed = overseen.archive(overseen.review(overseen.answered(2), "supervisor"), "clerk")
    path = f"/v1/complaints/{closed.id}"
    assert watching.get(path).json["allowed"] == ["reopen_closed"]
    answer = watching.post(f"{path}/reopenings", {"reason": "a witness"})
    assert (answer.status_code, answer.json["state"]) == (200, "in_progress")


def test_a_pack_cannot_name_a_command_that_nobody_supervises(rulebook):
    document = dict(rulebook.of_builtin("oversight", "1").document)
    (rule,) = document["sections"]["oversight"]["rules"]
    wrong = {"merge": "replace", "rules": [{**rule, "when": {"command": "archive"}}]}

    with pytest.raises(PackFault):
        parse({**document, "sections": {"oversight": wrong}}, SECTIONS)
