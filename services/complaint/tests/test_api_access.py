"""Who may do and see what over HTTP."""

import pytest

from complaint.api.access import READERS
from shared.ids import new_id
from shared.web.testing import callers

from .desk import LEARNT

CONSUMER = {
    "org_unit": "shop-01",
    "complainant": "consumer",
    "channel": "telephone",
    "about": "product_quality",
}
COMMANDS = {
    "first-contacts": {
        **LEARNT,
        "occurred_at": "2026-02-13T10:00:00+08:00",
        "product_code": "S-1",
    },
    "field-work-requests": {
        "place": "shop-01",
        "content": "exchange it",
        "requirements": "bring a new one",
        "reply_due_at": "2026-02-25T18:00:00+08:00",
    },
    "results": {"result": "done"},
    "satisfaction-answers": {"code": 2, "method": "sms", "evidence": "SMS 17"},
    "raises": {"level": 2, "reason": "grave"},
    "reviews": {"opinion": "fine"},
    "decisions": {"text": "refund"},
    "archives": {},
    "reveals": {"reason": "look"},
}
VIEWS = ("", "/timeline", "/clocks/first_contact/explain")


def path(complaint, *rest):
    return "/".join(["/v1/complaints", complaint["id"], *rest])


def test_lists_show_only_the_units_below_ones_own(as_):
    south = {**CONSUMER, "org_unit": "shop-03"}
    as_("reception").post("/v1/complaints", CONSUMER)
    as_("reception").post("/v1/complaints", south)

    seen = as_("assistant-south", unit="region-south").get("/v1/complaints").json["items"]
    assert [one["org_unit"] for one in seen] == ["shop-03"]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_on_a_foreign_complaint_answers_as_on_a_missing_one(as_, filed, command):
    everything = sorted({role for role in READERS if role != "auditor"})
    person = as_("assistant-south", unit="region-south", roles=everything)
    foreign = person.post(path(filed, command), COMMANDS[command])
    missing = person.post(path({"id": str(new_id())}, command), COMMANDS[command])

    told = [{**one.json, "correlation_id": ""} for one in (foreign, missing)]
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert told[0] == told[1]


@pytest.mark.parametrize("view", VIEWS)
def test_a_foreign_complaint_looks_like_a_missing_one(as_, filed, view):
    person = as_("assistant-south", unit="region-south")
    foreign, missing = (
        person.get(path(filed) + view),
        person.get(path({"id": str(new_id())}) + view),
    )

    told = [{**one.json, "correlation_id": ""} for one in (foreign, missing)]
    assert foreign.status_code == 404
    assert told[0] == told[1]


def test_a_foreign_complaint_cannot_be_amended(as_, filed):
    person = as_("assistant-south", unit="region-south")

    assert person.patch(path(filed), {"place": "shop-03"}, version=1).status_code == 404


ANY_TIER = "assistant reception manager supervisor sales admin"
MAY = {
    "first-contacts": "assistant reception",
    "field-work-requests": "assistant reception",
    "results": "assistant reception",
    "satisfaction-answers": "assistant reception",
    "raises": ANY_TIER,
    "reveals": ANY_TIER,
    "reviews": "manager supervisor",
    "decisions": "general secretary",
    "archives": "clerk",
}
READY = {
    "field-work-requests": lambda desk: desk.contact(desk.file()),
    "results": lambda desk: desk.contact(desk.file()),
    "satisfaction-answers": lambda desk: desk.tell(desk.contact(desk.file())),
    "reviews": lambda desk: desk.answered(2),
    "decisions": lambda desk: desk.answered(5, level=3),
    "archives": lambda desk: desk.review(desk.answered(2), "supervisor"),
}


@pytest.mark.rule("CP-18")
@pytest.mark.parametrize("command", MAY)
def test_each_command_at_level_1_is_for_those_whom_the_pack_names(as_, desk, command):
    complaint = READY.get(command, lambda desk: desk.file())(desk)
    refused, done = set(), set()
    for name in desk.people:
        response = as_(name).post(path({"id": str(complaint.id)}, command), COMMANDS[command])
        short = name.split("-")[0]
        (refused if response.status_code == 403 else done).add(short)

    assert (sorted(done), refused & done) == (sorted(MAY[command].split()), set())


@pytest.mark.parametrize("command", COMMANDS)
def test_a_role_that_no_pack_can_name_gets_to_no_command(as_, filed, command):
    dispatcher = as_("clerk", roles=["dispatcher", "auditor"])
    response = dispatcher.post(path(filed, command), COMMANDS[command])

    assert (response.status_code, response.json["code"]) == (403, "role_missing")


def test_the_auditor_reads_and_changes_nothing(as_, filed):
    auditor = as_("clerk", roles=["auditor"])

    assert auditor.get(path(filed)).status_code == 200
    assert auditor.post("/v1/complaints", CONSUMER).status_code == 403


def test_a_token_that_is_not_of_a_person_cannot_act(app, issuer, filed):
    robot = callers(app, issuer, audience="complaint")(
        "robot", "regional_service_assistant", unit="hq"
    )
    response = robot.post(path(filed, "first-contacts"), COMMANDS["first-contacts"])

    assert (response.status_code, response.json["code"]) == (403, "person_unknown")
