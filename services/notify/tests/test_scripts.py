"""Messages that an agent sends in the words of a script (SC-11, SC-12, SC-15)."""

from uuid import UUID

import pytest

from notify.domain.message_states import State
from notify.domain.messages import Purpose, Urgency

from .conftest import CONTACT, HANDLER
from .test_blacklist import COMPANY, LISTED

MAIL = [{"channel": "smtp", "address": "li@example.com"}]
VARIABLES = {"order": "A-1001", "amount": "620.00", "account": "6222 0000"}
ASKED = {"contact_id": str(CONTACT), "script": "payment_reminder", "variables": VARIABLES}
CLERK = "franchise_clerk"


@pytest.fixture(autouse=True)
def franchisee(office):
    office.contact(None, addresses=MAIL)


@pytest.mark.rule("SC-11", "SC-15")
def test_a_franchisee_is_reminded_of_a_payment_in_the_words_of_the_script(as_, office, smtp):
    made = as_(CLERK).post("/v1/messages", ASKED)
    office.send()

    assert (201, "planned", "payment_reminder") == (
        made.status_code,
        made.json["state"],
        made.json["reason"],
    )
    message = office.only()
    assert ("SC-11", "001-P4 L244", Urgency.HIGH, Purpose.SERVICE) == (
        message.because.rule,
        message.because.clause,
        message.urgency,
        message.purpose,
    )
    assert 48 == (message.expires_at - message.planned_at).total_seconds() / 3600
    (parcel,) = smtp.parcels
    assert "您的A-1001已扫描,总共620.00元,请您尽快打款到账号 6222 0000,以便发货。" in parcel.body
    assert parcel.body.endswith("今天跟您说的就是这个事,谢谢,再见。")
    assert "6222" not in str(made.json)


@pytest.mark.rule("SC-12")
def test_a_contact_is_told_of_something_in_the_words_of_the_script(as_, office, smtp):
    words = {"matter": "五月新品", "text": "六款沙发\n下月到店"}
    made = as_("customer_service_team").post(
        "/v1/messages", {**ASKED, "script": "information", "variables": words}
    )
    office.send()

    assert ("SC-12", "normal") == (made.json["because"]["rule"], made.json["urgency"])
    assert "您对五月新品一事了解吗?具体是:六款沙发\n下月到店" in smtp.parcels[0].body


@pytest.mark.parametrize(
    ("script", "template"),
    [
        pytest.param("payment_reminder", "payment_reminder", marks=pytest.mark.rule("SC-11")),
        pytest.param("information", "information", marks=pytest.mark.rule("SC-12")),
    ],
)
def test_a_script_goes_over_short_messages_and_mail(office, script, template):
    with office.open() as tx:
        said = tx.script(script, unit="shop-01").value

    assert (("sms", "smtp", "webhook", "log"), template) == (said.channels, said.template)


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"variables": {"order": "A-1"}}, 422, "script_variables_unfit"),
        ({"variables": {**VARIABLES, "name": "x"}}, 422, "script_variables_unfit"),
        ({"variables": {**VARIABLES, "amount": " "}}, 422, "script_variables_unfit"),
        ({"variables": {**VARIABLES, "amount": "x" * 201}}, 422, "invalid"),
        ({"script": "no_such_script"}, 422, "policy_missing"),
        ({"script": "visit_due"}, 422, "policy_missing"),
        ({"variables": {**VARIABLES, "order": "这个不关我的事"}}, 422, "phrase_banned"),
        ({"contact_id": str(UUID(int=5))}, 404, "not_found"),
        ({"contact_id": str(HANDLER)}, 404, "not_found"),
        ({"body": "free words"}, 422, "invalid"),
    ],
)
def test_what_cannot_be_sent_is_refused_and_leaves_nothing(as_, office, change, status, code):
    office.person(HANDLER)
    refused = as_(CLERK).post("/v1/messages", {**ASKED, **change})

    assert (status, code) == (refused.status_code, refused.json["code"])
    assert [] == office.ledger()


def test_the_key_of_a_command_tells_a_repetition_from_another_reminder(as_, office):
    clerk = as_(CLERK)
    first, again = (clerk.post("/v1/messages", ASKED, key="one") for _ in range(2))
    other = clerk.post("/v1/messages", ASKED, key="two")

    assert first.json == again.json
    assert {first.json["message_id"], other.json["message_id"]} == {
        str(one.id) for one in office.ledger()
    }


def test_work_with_a_barred_customer_goes_on(as_, office):
    office.receive(LISTED, {**COMPANY, "told_ids": []})

    assert "planned" == as_(CLERK).post("/v1/messages", ASKED).json["state"]


def test_a_contact_of_another_department_and_other_roles_are_refused(as_, office):
    assert 404 == as_(CLERK, unit="shop-03").post("/v1/messages", ASKED).status_code
    assert 403 == as_("repair_worker").post("/v1/messages", ASKED).status_code
    assert [] == [one for one in office.ledger() if one.state is not State.SUPPRESSED]
