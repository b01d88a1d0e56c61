"""Calls that scripts promise to customers are made, or it is told that they are late (SC-04..SC-07,
K-24)."""

import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from complaint.api.fitting import misfits
from complaint.api.policies import SECTIONS
from complaint.domain.call_back_rules import (
    PROMISING,
    NothingPromised,
    Promise,
    PromiseMissing,
    PromiseUnfit,
)
from complaint.domain.call_back_states import TRANSITIONS, CallBackCommand, CallBackState
from complaint.domain.call_backs import CallBack
from complaint.domain.department_work import NotOfTheDepartment, OwnerUnknown
from complaint.domain.scripts import Situation
from complaint.domain.staff import Role
from complaint.use_cases import call_back_reminders, call_backs, scripts, staff
from shared.ids import new_id
from shared.policy import parse
from shared.rules import Because, NotFound, UnitUnknown, WrongState

from .desk import FRIDAY_17

BECAUSE = Because(pack="franchise", version="1", clause="001-P4 L228", rule="SC-05")
WORDS = {
    "guide_to_solver": {"department": "行政", "person": "王", "phone": "4711"},
    "no_answer_now": {},
    "other_department": {"department": "行政"},
    "report_needed": {"superior": "经理"},
}
SAID = {"said": "the freight is refunded", "evidence": "recording 4711"}


def at(text):
    return datetime.fromisoformat(text + "+08:00")


@dataclass
class Phone:
    """The telephone of the assistant, who says scripts to customers."""

    desk: Any

    def say(self, code, *, by="assistant-north", promised=True, **given):
        told = {"matter": "the freight", "caller_phone": "13812345678", **given}
        words = WORDS.get(code, {})
        return self.desk.do(
            scripts.render_script,
            code,
            by=self.desk.caller(by),
            on=self.desk.now.date(),
            variables=words,
            promised=Promise(**told) if promised else None,
        )

    def promise(self, code="no_answer_now", **given):
        return self.say(code, **given).call_back

    def do(self, use_case, call_back, by, **given):
        return self.desk.do(use_case, call_back.id, by=self.desk.caller(by), **given)

    def leave(self, *names, posts=()):
        for name in names:
            told = {"active": bool(posts), "superior_id": None}
            self.desk.do(
                staff.keep_person,
                person_id=self.desk.people[name],
                posts=[{"unit": unit, "role": role} for unit, role in posts],
                **told,
            )

    def kept(self, call_back):
        with self.desk.open() as tx:
            return tx.call_backs.of_event(call_back.id)

    def told(self, what):
        return self.desk.told(f"complaint.call_back_{what}.v1")


@pytest.fixture
def phone(desk):
    return Phone(desk)


@pytest.mark.rule("SC-04")
def test_whoever_guides_a_caller_to_a_colleague_has_that_colleague_call(desk, phone):
    said = phone.say("guide_to_solver", department="admin-centre")

    assert "我马上致电给他说明" in said.text
    call_back = said.call_back
    assert (call_back.owner_id, call_back.department) == (desk.people["leader"], "admin-centre")
    assert call_back.promised_by == desk.people["assistant-north"]
    assert call_back.due_at == at("2026-02-14T10:00")  # Two working hours; a make-up Saturday.
    (told,) = phone.told("promised")
    assert told["asked_ids"] == [str(desk.people["leader"])]
    assert told["because"]["rule"] == "SC-04"


@pytest.mark.rule("SC-04")
def test_the_colleague_can_be_named(desk, phone):
    named = phone.promise(
        "guide_to_solver", department="admin-centre", owner_id=desk.people["head"]
    )

    assert named.owner_id == desk.people["head"]
    with pytest.raises(OwnerUnknown):
        phone.promise("guide_to_solver", department="admin-centre", owner_id=new_id())


@pytest.mark.rule("SC-04")
def test_a_call_is_where_whoever_is_to_make_it_sees_it(desk, phone):
    south = desk.people["assistant-south"]
    call_back = phone.promise("guide_to_solver", department="admin-centre", owner_id=south)
    assert (call_back.owner_id, call_back.department) == (south, "region-south")

    manager = desk.people["manager"]
    given = phone.do(call_backs.hand_over, call_back, "assistant-north", owner_id=manager)
    assert (given.owner_id, given.department) == (manager, "general-service")


@pytest.mark.rule("SC-05")
def test_whoever_answers_later_calls_himself(desk, phone):
    call_back = phone.promise("no_answer_now")

    assert call_back.owner_id == call_back.promised_by == desk.people["assistant-north"]
    assert call_back.due_at == at("2026-02-14T12:00")  # Four working hours.
    (told,) = phone.told("promised")
    assert (told["asked_ids"], told["because"]["rule"]) == ([], "SC-05")


@pytest.mark.rule("SC-06")
def test_the_department_that_has_to_be_asked_hears_of_it(desk, phone):
    call_back = phone.promise("other_department", department="admin-centre")

    assert call_back.owner_id == desk.people["assistant-north"]
    assert call_back.asked_department == "admin-centre"
    assert call_back.due_at == at("2026-02-14T18:00")  # One working day.
    (told,) = phone.told("promised")
    assert told["asked_ids"] == [str(desk.people["leader"])]
    assert told["because"]["rule"] == "SC-06"


@pytest.mark.rule("SC-07")
@pytest.mark.parametrize("superior", ["head", None])
def test_the_superior_who_has_to_be_asked_hears_of_it(desk, phone, superior):
    with desk.open() as tx:
        posts = [("region-north", Role.REGIONAL_SERVICE_ASSISTANT)]
        above = desk.people.get(superior)
        person_id = desk.people["assistant-north"]
        tx.staff.keep(person_id, active=True, superior_id=above, posts=posts)

    call_back = phone.promise("report_needed")

    (told,) = phone.told("promised")
    asked = [superior] if superior else ["manager", "supervisor"]
    assert told["asked_ids"] == [str(desk.people[name]) for name in asked]
    assert told["because"]["rule"] == "SC-07"
    assert (call_back.owner_id, call_back.due_at) == (person_id, at("2026-02-14T18:00"))


@pytest.mark.rule("SC-04", "SC-05", "SC-06", "SC-07")
@pytest.mark.parametrize("code", WORDS)
def test_nobody_says_such_a_script_without_the_task(desk, phone, code):
    with pytest.raises(PromiseMissing):
        phone.say(code, promised=False)

    assert desk.types() == []


def test_a_script_that_promises_nothing_takes_no_task(phone):
    with pytest.raises(NothingPromised):
        phone.say("incoming_end")


@pytest.mark.parametrize(
    ("code", "given", "named"),
    [
        ("guide_to_solver", {}, ["department"]),
        ("other_department", {}, ["department"]),
        ("no_answer_now", {"department": "admin-centre"}, ["department"]),
        ("report_needed", {"owner_id": new_id()}, ["owner_id"]),
        ("no_answer_now", {"caller_phone": None}, ["caller_phone"]),
    ],
)
def test_what_a_promise_lacks_or_has_too_much_is_named(desk, phone, code, given, named):
    with pytest.raises(PromiseUnfit) as refused:
        phone.promise(code, **given)

    assert sorted(refused.value.extra["errors"]["call_back"]) == named
    assert desk.types() == []


def test_units_and_cases_that_are_not_known_are_refused(phone):
    with pytest.raises(UnitUnknown):
        phone.promise("other_department", department="nowhere")
    with pytest.raises(NotFound):
        phone.promise(case_id=new_id())


def test_a_call_about_a_case_stands_in_its_timeline_and_its_unit(desk, phone):
    complaint = desk.file()
    call_back = phone.promise(case_id=complaint.id, caller_phone=None)

    assert (call_back.org_unit, call_back.case_id) == ("shop-01", complaint.id)
    assert desk.journal("call_back_promised")[-1] == {"call_back_id": str(call_back.id)}


@pytest.mark.rule("SC-05")
def test_whoever_is_to_call_is_warned_and_supervisors_hear_that_it_is_late_each_once(desk, phone):
    call_back = phone.promise("no_answer_now")

    desk.wake("call_back.wake")
    assert desk.now.astimezone(FRIDAY_17.tzinfo) == at("2026-02-14T11:00")
    desk.wake("call_back.wake")

    assert len(phone.told("due_soon")) == 1
    (late,) = phone.told("overdue")
    assert late["supervisor_ids"] == [str(desk.people[n]) for n in ("manager", "supervisor")]
    assert "call_back.wake" not in desk.timers()
    desk.do(call_back_reminders.wake, call_back.id)
    assert (len(phone.told("due_soon")), len(phone.told("overdue"))) == (1, 1)


@pytest.mark.rule("SC-04")
def test_that_a_colleague_is_late_hears_the_head_of_his_department(desk, phone):
    phone.promise("guide_to_solver", department="admin-centre")

    desk.wake("call_back.wake")
    desk.wake("call_back.wake")

    (late,) = phone.told("overdue")
    assert late["supervisor_ids"] == [str(desk.people["head"])]
    assert late["promised_by"] == str(desk.people["assistant-north"])


def test_a_call_that_was_made_is_kept_with_what_was_said_and_the_evidence(desk, phone):
    call_back = phone.promise()
    made = phone.do(call_backs.make, call_back, "assistant-north", **SAID)

    assert (made.state, made.said, made.evidence) == ("made", *SAID.values())
    assert (made.ended_by, made.ended_at) == (desk.people["assistant-north"], desk.now)
    (told,) = phone.told("made")
    assert told["on_time"] is True
    assert "call_back.wake" not in desk.timers()


def test_a_call_that_is_made_late_before_the_timer_went_off_is_told_to_be_late(desk, phone):
    call_back = phone.promise()
    desk.now += timedelta(days=3)
    phone.do(call_backs.make, call_back, "assistant-north", **SAID)

    assert len(phone.told("overdue")) == 1
    assert phone.told("due_soon") == []
    assert phone.told("made")[0]["on_time"] is False


@pytest.mark.parametrize("by", ["leader", "head", "manager", "assistant-north"])
def test_those_who_may_take_it_over_and_whoever_promised_it_can_call(phone, by):
    call_back = phone.promise("guide_to_solver", department="admin-centre")

    assert phone.do(call_backs.make, call_back, by, **SAID).state == "made"


def test_others_can_neither_call_nor_see_whom_to_call(desk, phone):
    call_back = phone.promise()

    for use_case, given in (
        (call_backs.make, SAID),
        (call_backs.hand_over, {"owner_id": desk.people["reception"]}),
        (call_backs.reveal_caller, {"reason": "curious"}),
    ):
        with pytest.raises(NotOfTheDepartment):
            phone.do(use_case, call_back, "secretary", **given)
    assert phone.kept(call_back).state == "promised"


@pytest.mark.parametrize("by", ["assistant-north", "leader", "secretary"])
def test_only_a_supervisor_calls_a_call_off(phone, by):
    call_back = phone.promise()

    with pytest.raises(NotOfTheDepartment):
        phone.do(call_backs.cancel, call_back, by, reason="no time")

    off = phone.do(call_backs.cancel, call_back, "supervisor", reason="he came in person")
    assert (off.state, off.said) == ("cancelled", "he came in person")
    assert len(phone.told("cancelled")) == 1


def test_a_call_is_handed_over_and_its_time_stays(desk, phone):
    call_back = phone.promise()
    manager = desk.people["manager"]
    given = phone.do(call_backs.hand_over, call_back, "assistant-north", owner_id=manager)

    (told,) = phone.told("handed_over")
    assert (given.owner_id, told["owner_id"]) == (manager, str(manager))
    assert told["previous_id"] == str(desk.people["assistant-north"])
    assert (told["reason"], given.due_at) == ("handed_over", call_back.due_at)
    phone.do(call_backs.hand_over, call_back, "assistant-north", owner_id=manager)
    assert len(phone.told("handed_over")) == 1
    with pytest.raises(OwnerUnknown):
        phone.do(call_backs.hand_over, call_back, "manager", owner_id=new_id())


@pytest.mark.rule("SC-04")
def test_when_the_colleague_leaves_whoever_promised_it_calls(desk, phone):
    call_back = phone.promise("guide_to_solver", department="admin-centre")

    phone.leave("leader")

    (told,) = phone.told("handed_over")
    assert told["reason"] == "owner_left"
    assert phone.kept(call_back).owner_id == desk.people["assistant-north"]


@pytest.mark.rule("SC-05")
def test_when_whoever_promised_it_leaves_the_nearest_of_the_roles_calls(desk, phone):
    call_back = phone.promise()

    phone.leave("assistant-north")

    assert phone.kept(call_back).owner_id == desk.people["assistant-south"]


def test_whoever_changes_to_another_post_of_the_roles_keeps_his_calls(desk, phone):
    call_back = phone.promise()

    phone.leave("assistant-north", posts=[("hq", Role.FRANCHISE_RECEPTION_CLERK)])
    assert phone.kept(call_back).owner_id == desk.people["assistant-north"]

    phone.leave("assistant-north", posts=[("hq", Role.FRANCHISE_CLERK)])
    assert phone.kept(call_back).owner_id == desk.people["assistant-south"]


@pytest.mark.rule("SC-05")
def test_where_nobody_is_there_the_call_waits_for_somebody(desk, phone):
    call_back = phone.promise()
    phone.leave("assistant-south", "reception", "assistant-north")

    assert phone.kept(call_back).owner_id == desk.people["assistant-north"]
    assert len(desk.journal("call_back_reassign_refused")) == 1
    phone.leave("reception", posts=[("general-service", Role.FRANCHISE_RECEPTION_CLERK)])
    desk.wake("call_back.reassign")

    assert phone.kept(call_back).owner_id == desk.people["reception"]
    assert "call_back.reassign" not in desk.timers()


def test_calls_that_are_made_already_go_to_nobody(desk, phone):
    call_back = phone.promise()
    phone.do(call_backs.make, call_back, "assistant-north", **SAID)

    phone.leave("assistant-north")

    assert phone.told("handed_over") == []


COMMANDS = {
    CallBackCommand.HAND_OVER: lambda c: c.hand_over(
        new_id(), department="hq", reason="handed_over"
    ),
    CallBackCommand.MAKE: lambda c: c.make(new_id(), said="yes", evidence="4711", now=FRIDAY_17),
    CallBackCommand.CANCEL: lambda c: c.cancel(new_id(), reason="settled", now=FRIDAY_17),
}


@pytest.mark.parametrize("command", CallBackCommand)
@pytest.mark.parametrize("state", CallBackState)
def test_each_command_does_in_each_state_what_the_table_says(state, command):
    one = CallBack(
        id=new_id(),
        org_unit="shop-01",
        department="shop-01",
        situation=Situation.NO_ANSWER_NOW,
        because=BECAUSE,
        promised_by=new_id(),
        promised_at=FRIDAY_17,
        owner_id=new_id(),
        matter="the freight",
        due_at=FRIDAY_17,
        warn_at=None,
        state=state,
    )
    before = dict(vars(one))

    if command in TRANSITIONS[state]:
        assert COMMANDS[command](one)
        assert one.state is TRANSITIONS[state][command]
        return
    with pytest.raises(WrongState) as refused:
        COMMANDS[command](one)
    assert refused.value.extra == {"state": state.value, "allowed": [*TRANSITIONS[state]]}
    assert vars(one) == before


@pytest.mark.parametrize("situation", sorted(PROMISING))
def test_packs_with_a_promise_that_is_nobodys_cannot_be_followed(rulebook, situation):
    (franchise,) = [one for one in rulebook.builtin if one.pack == "franchise"]
    document = copy.deepcopy(dict(franchise.document))
    ruled = document["sections"]["call_backs"]["rules"]
    ruled[:] = [one for one in ruled if one["when"]["situation"] != situation]

    assert f"{situation} promises a call, and no rule says whose it is." in [
        *misfits([parse(document, SECTIONS)])
    ]
    assert [*misfits([franchise])] == []


def test_over_http_calls_are_listed_masked_made_and_revealed(as_):
    clerk, path = as_("assistant-north"), "/v1/call-backs"
    promised = {"matter": "运费", "caller_name": "李华", "caller_phone": "13812345678"}
    body = {"variables": {}, "call_back": promised}
    made = clerk.post("/v1/scripts/no_answer_now/renderings", body).json["call_back"]

    assert (made["caller_name"], made["caller_phone"]) == ("李*", "138****5678")
    assert [one["id"] for one in clerk.get(f"{path}?owner=me").json["items"]] == [made["id"]]
    assert as_("reception").get(f"{path}?owner=me").json["items"] == []
    assert clerk.get(f"{path}?state=made").json["items"] == []
    seen = clerk.post(f"{path}/{made['id']}/reveals", {"reason": "to call him"}).json
    assert seen == {"caller_name": "李华", "caller_phone": "13812345678"}
    called = clerk.post(f"{path}/{made['id']}/calls", SAID)
    assert (called.status_code, called.json["state"]) == (200, "made")
    again = clerk.post(f"{path}/{made['id']}/calls", SAID)
    assert (again.status_code, again.json["code"]) == (409, "wrong_state")
    assert clerk.get(f"{path}/{made['id']}").json["said"] == SAID["said"]
