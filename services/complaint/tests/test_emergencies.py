"""Major problems and emergencies of key accounts: the whole group is told at once (CP-42, E-44)."""

import pytest

from complaint.domain.complaint import Complaint
from complaint.domain.emergencies import (
    Cause,
    EmergencyRunning,
    EmergencyUnfit,
    NoEmergency,
    NotGraveEnough,
)
from complaint.domain.staff import NotOfThisTier, TierEmpty
from complaint.domain.states import State
from complaint.use_cases import emergencies, handling
from shared.policy import PolicyMissing
from shared.rules import WrongState

from .key_account_desk import following

GROUP = ("group-lead", "group-support")


@pytest.fixture
def firm(desk):
    return following(desk)


@pytest.fixture
def start(desk):
    def start_again(complaint, by="group-lead"):
        asked = {"by": desk.caller(by), "reason": "a line stands still"}
        return desk.do(emergencies.start_emergency, complaint.id, **asked)

    return start_again


@pytest.fixture
def end(desk):
    def say_it_is_over(complaint, by="group-support"):
        asked = {"by": desk.caller(by), "outcome": "a spare part was flown in"}
        return desk.do(emergencies.end_emergency, complaint.id, **asked)

    return say_it_is_over


def started(desk):
    return desk.told("complaint.emergency_started.v1")


@pytest.mark.rule("CP-42")
@pytest.mark.parametrize("severity", ["major", "emergency"])
def test_what_is_major_is_told_to_the_whole_group_when_it_is_filed(desk, firm, severity):
    complaint = firm.file(severity)

    (told,) = started(desk)
    assert told["told_ids"] == [str(desk.people[name]) for name in GROUP]
    assert (told["complaint_id"], told["cause"], told["level"]) == (str(complaint.id), "filed", 3)
    assert (told["because"]["rule"], told["because"]["clause"]) == ("CP-42", "002 L77")
    (run,) = desk.read(complaint).emergencies
    assert (run.cause, run.ended_at, run.started_by) == (
        Cause.FILED,
        None,
        desk.people["reception"],
    )


@pytest.mark.rule("CP-42")
def test_what_is_ordinary_starts_nothing(desk, firm):
    complaint = firm.file()

    assert (started(desk), desk.read(complaint).emergencies) == ([], [])


@pytest.mark.rule("CP-42")
def test_what_the_account_manager_reports_as_major_starts_it(desk, firm):
    complaint = firm.file()

    asked = {"by": desk.caller("account-manager"), "level": 3, "reason": "their line stands still"}
    raised = desk.do(handling.raise_level, complaint.id, **asked)

    (told,) = started(desk)
    assert (told["cause"], raised.emergencies[0].reason) == ("raised", "their line stands still")
    kinds = desk.types()
    assert kinds.index("complaint.emergency_started.v1") > kinds.index("complaint.assigned.v1")


@pytest.mark.rule("CP-42")
def test_a_dissatisfied_key_account_whose_case_goes_to_the_group_starts_it(desk, firm):
    complaint = firm.file()
    desk.contact(complaint, by="account-manager")
    desk.plan(complaint)
    desk.tell(complaint)

    desk.answer(complaint, 5)

    (told,) = started(desk)
    assert (told["cause"], told["started_by"]) == ("escalated", str(desk.people["account-manager"]))


@pytest.mark.rule("CP-42")
def test_the_same_grave_matter_of_somebody_else_starts_nothing(desk, firm):
    desk.file_at_level(3)

    assert started(desk) == []


def test_a_major_problem_that_nobody_of_the_group_would_hear_of_is_not_taken_in(desk, firm):
    for name in GROUP:
        firm.leaves(name)

    with pytest.raises(TierEmpty):
        firm.file("major")
    assert started(desk) == []


@pytest.mark.rule("CP-42")
def test_somebody_of_the_group_says_when_it_is_over_and_what_was_done(desk, firm, end):
    complaint = firm.file("emergency")

    end(complaint)

    (run,) = desk.read(complaint).emergencies
    assert (run.ended_by, run.outcome) == (
        desk.people["group-support"],
        "a spare part was flown in",
    )
    (told,) = desk.told("complaint.emergency_ended.v1")
    assert told["told_ids"] == [str(desk.people[name]) for name in GROUP]
    assert "outcome" not in told
    with pytest.raises(NoEmergency):
        end(complaint)


@pytest.mark.rule("CP-42")
@pytest.mark.parametrize("by", ["account-manager", "manager", "general-manager"])
def test_nobody_else_says_that_it_is_over(desk, firm, end, by):
    complaint = firm.file("emergency")

    with pytest.raises(EmergencyUnfit):
        end(complaint, by)
    assert desk.read(complaint).emergencies[0].ended_at is None


def test_while_it_runs_there_is_no_result_no_lower_level_and_no_second_run(desk, firm, end, start):
    complaint = firm.file("emergency")
    desk.contact(complaint, by="group-lead")
    version = desk.read(complaint).version
    desk.follow("hq", "oversight", "keyaccount", "franchise", "generic")

    for refused in (
        lambda: desk.tell(complaint),
        lambda: start(complaint),
        lambda: desk.lower(complaint, 1),
    ):
        with pytest.raises(EmergencyRunning):
            refused()
    assert (desk.read(complaint).version, len(started(desk))) == (version, 1)

    end(complaint)
    assert desk.lower(complaint, 1).level == 1


def test_it_is_started_again_by_whoever_handles_where_it_flares_up(desk, firm, end, start):
    complaint = firm.file("emergency")
    end(complaint)

    again: Complaint = start(complaint, by="account-manager")

    assert [run.cause for run in again.emergencies] == [Cause.FILED, Cause.STARTED]
    assert again.emergencies[1].reason == "a line stands still"
    assert [told["cause"] for told in started(desk)] == ["filed", "started"]


def test_an_ordinary_problem_is_raised_before_it_is_an_emergency(desk, firm, start):
    complaint = firm.file()

    with pytest.raises(NotGraveEnough) as refused:
        start(complaint, by="account-manager")

    assert refused.value.extra["level"] == 3


def test_where_it_cannot_be_started_nothing_changes(desk, firm, end, start):
    complaint = firm.file("emergency")
    end(complaint)
    with pytest.raises(NotOfThisTier):
        start(complaint, by="assistant-north")
    desk.contact(complaint, by="group-lead")
    desk.plan(complaint)
    desk.tell(complaint)
    with pytest.raises(WrongState):
        start(complaint)

    assert (desk.read(complaint).state, len(started(desk))) == (State.RESULT_TOLD, 1)


def test_complaints_of_others_know_no_emergency(desk, firm, end, start):
    complaint = desk.file_at_level(3)

    with pytest.raises(PolicyMissing):
        start(complaint, by="sales-director")
    with pytest.raises(PolicyMissing):
        end(complaint)


def test_over_http_an_emergency_is_started_again_and_ended(desk, firm, as_):
    complaint = firm.file("emergency")
    path, lead = f"/v1/complaints/{complaint.id}", as_("group-lead")

    over = lead.post(f"{path}/emergency-endings", {"outcome": "a part was flown in"})
    again = lead.post(f"{path}/emergencies", {"reason": "it broke again"})
    twice = lead.post(f"{path}/emergencies", {"reason": "it broke again"})

    assert (over.status_code, over.json["emergencies"][0]["outcome"]) == (
        200,
        "a part was flown in",
    )
    assert (again.status_code, again.json["emergencies"][1]["ended_at"]) == (200, None)
    assert (twice.status_code, twice.json["code"]) == (409, "emergency_running")
    assert 422 == lead.post(f"{path}/emergency-endings", {}).status_code
