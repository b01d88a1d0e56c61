"""Short messages through a gateway that speaks Aliyun's protocol: forms, doubts and receipts."""

import copy
import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from notify.adapters.channels.aliyun import AliyunAccount, AliyunGateway, signature_of
from notify.adapters.channels.posting import Poster
from notify.adapters.channels.sms import SmsChannel
from notify.api.policies import SECTIONS
from notify.domain.delivery import ASK_AFTER, Fate, Form, Outcome, Parcel, Result
from notify.domain.message_states import State
from shared.ids import new_id
from shared.policy import PackFault, activate, add_pack, parse

from .aliyun_server import CODE, KEY_ID, KEY_SECRET, SIGN_NAME, Aliyun
from .conftest import HANDLER, MONDAY, ScriptedChannel
from .receiver import receiving

NUMBER = "+8613812345678"
PARCEL = Parcel(
    message_id=new_id(),
    attempt=1,
    channel="sms",
    address=NUMBER,
    own=True,
    person_id=new_id(),
    reason="complaint_assigned",
    urgency="normal",
    template="complaint_assigned",
    title="",
    body="",
    form=Form(CODE, {"who": "王小明"}),
)
TAKEN = Outcome(Result.DELIVERED, receipt="biz^1")


def test_the_signature_is_that_of_the_providers_own_example():
    signed = {
        "host": "ecs.cn-shanghai.aliyuncs.com",
        "x-acs-action": "RunInstances",
        "x-acs-content-sha256": (
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        ),
        "x-acs-date": "2023-10-26T10:22:32Z",
        "x-acs-signature-nonce": "3156853299f313e23d1673dc12e1703d",
        "x-acs-version": "2014-05-26",
    }
    image = "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"

    assert "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0" == signature_of(
        "YourAccessKeySecret", signed, query=f"ImageId={image}&RegionId=cn-shanghai"
    )


@pytest.fixture
def aliyun(office):
    """The provider's server, by the office's real time."""
    provider = Aliyun(clock=lambda: office.real.at)
    with receiving(provider) as server:
        account = AliyunAccount(
            endpoint=f"http://127.0.0.1:{server.server_port}/",
            key_id=KEY_ID,
            key_secret=KEY_SECRET,
            sign_name=SIGN_NAME,
        )
        gateway = AliyunGateway(
            account, Poster("sms", allow_loopback=True), now=lambda: office.real.at
        )
        channel = SmsChannel(gateway, now=lambda: office.real.at)
        office.channels["sms"] = office.reporters["sms"] = channel
        yield provider


@pytest.fixture
def channel(office, aliyun):
    return office.channels["sms"]


def test_a_form_is_filled_in_and_sent_in_the_name_of_the_firm(channel, aliyun):
    assert TAKEN == channel.send(PARCEL)

    (sent,) = aliyun.taken
    assert ("13812345678", CODE, SIGN_NAME) == tuple(
        sent[name] for name in ("PhoneNumbers", "TemplateCode", "SignName")
    )
    assert ({"who": "王小明"}, str(PARCEL.message_id)) == (
        json.loads(sent["TemplateParam"]),
        sent["OutId"],
    )


def test_a_number_abroad_keeps_the_code_of_its_country(channel, aliyun):
    channel.send(replace(PARCEL, address="+12025550123"))

    assert "12025550123" == aliyun.taken[0]["PhoneNumbers"]


def test_without_a_form_on_file_nothing_is_sent(channel, aliyun):
    outcome = channel.send(replace(PARCEL, form=None))

    assert Outcome(Result.REFUSED, "sms_no_template", certain=True) == outcome
    assert [] == aliyun.taken


@pytest.mark.parametrize(
    ("code", "result"),
    [
        ("isv.MOBILE_NUMBER_ILLEGAL", Result.REFUSED),
        ("isv.SMS_SIGNATURE_ILLEGAL", Result.REFUSED),
        ("isv.BUSINESS_LIMIT_CONTROL", Result.UNREACHABLE),
        ("isv.AMOUNT_NOT_ENOUGH", Result.UNREACHABLE),
        ("Throttling.User", Result.UNREACHABLE),
        ("ServiceUnavailable", Result.UNREACHABLE),
    ],
)
def test_an_answer_is_read_by_its_code(channel, aliyun, code, result):
    aliyun.answers = [code]
    outcome = channel.send(PARCEL)

    assert result is outcome.result
    assert f"sms_{code.lower().replace('.', '_')}" == outcome.why


def test_who_signs_with_another_key_is_refused(office, aliyun):
    gateway = office.channels["sms"]._gateway
    gateway._account = replace(gateway._account, key_secret="another")

    outcome = office.channels["sms"].send(PARCEL)
    assert Outcome(Result.REFUSED, "sms_signaturedoesnotmatch") == outcome


def test_an_answer_that_cannot_be_read_leaves_the_fate_open(channel, aliyun):
    aliyun.drop = 1

    assert Outcome(Result.DOUBTFUL, "sms_unreadable") == channel.send(PARCEL)


def doubted(office, *, minutes):
    return replace(PARCEL, doubted_at=office.real.at - timedelta(minutes=minutes))


def test_what_the_gateway_took_is_not_sent_again(office, channel, aliyun):
    channel.send(PARCEL)

    assert Outcome(Result.DELIVERED) == channel.send(doubted(office, minutes=0))
    assert 1 == len(aliyun.taken)


def test_what_the_gateway_took_just_before_midnight_is_found_after_it(office, channel, aliyun):
    office.real.at = MONDAY.replace(hour=15, minute=59)  # 23:59 in Shanghai
    channel.send(PARCEL)
    office.later(minutes=3)

    assert Outcome(Result.DELIVERED) == channel.send(doubted(office, minutes=1))


def test_what_the_gateway_does_not_know_is_sent_again_when_it_must_have_heard_of_it(
    office, channel, aliyun
):
    early = channel.send(doubted(office, minutes=4))
    late = channel.send(doubted(office, minutes=6))

    assert Outcome(Result.UNREACHABLE, "sms_not_known_yet") == early
    assert replace(TAKEN, certain=True) == late


def test_while_the_gateway_cannot_be_asked_nothing_is_sent_again(office, channel, aliyun):
    aliyun.answers = ["ServiceUnavailable"]

    assert Outcome(Result.UNREACHABLE, "sms_serviceunavailable") == channel.send(
        doubted(office, minutes=60)
    )
    assert [] == aliyun.taken


def test_among_many_messages_of_a_day_the_right_one_is_found(office, channel, aliyun):
    for _ in range(60):
        channel.send(replace(PARCEL, message_id=new_id()))
    channel.send(PARCEL)
    report = channel.report(PARCEL, sent_at=office.real.at)

    assert Fate.UNDER_WAY is report.fate
    assert ["1", "2"] == [one["CurrentPage"] for one in aliyun.asked]


TEXTING = {
    "pack": "texting",
    "version": "1",
    "title": "Short messages of an operator",
    "issuer": "Operator",
    "approver": "Operator",
    "owner": "Operator",
    "effective_from": "2026-01-01",
    "history": [
        {
            "version": "1",
            "change": "First issue",
            "by": "Operator",
            "approved_by": "Operator",
            "on": "2026-01-01",
        }
    ],
    "sections": {
        "notices": {
            "merge": "replace",
            "rules": [
                {
                    "rule": "CM-04",
                    "clause": "001-P1 L34",
                    "when": {"event": "complaint.assigned.v1"},
                    "value": {
                        "reason": "complaint_assigned",
                        "audience": ["person_ids"],
                        "template": "complaint_assigned",
                        "urgency": "high",
                        "channels": ["sms", "webhook"],
                        "valid_hours": 24,
                    },
                }
            ],
        },
        "sms_templates": {
            "merge": "replace",
            "rules": [
                {
                    "rule": "CM-04",
                    "clause": "001-P1 L34",
                    "when": {"template": "complaint_assigned", "language": "zh-CN"},
                    "value": {
                        "code": CODE,
                        "values": [
                            {"parameter": "who", "word": "name"},
                            {"parameter": "level", "word": "level"},
                        ],
                    },
                }
            ],
        },
    },
}
TELEPHONE = {"channel": "sms", "address": NUMBER}
HOOK = {"channel": "webhook", "address": "https://example.com/hook"}


@pytest.fixture
def texting(office, aliyun, rulebook):
    """An operator who has a form on file for the notice of a complaint."""
    with office.open() as tx:
        add_pack(tx, TEXTING, rulebook)
        activate(tx, "hq", ["texting"], date(2026, 1, 1), rulebook=rulebook)
    return office


@pytest.fixture
def told(texting):
    """Somebody who prefers his telephone to webhooks is to be told of a complaint."""
    texting.channels["webhook"] = ScriptedChannel()
    texting.person(HANDLER, addresses=[TELEPHONE, HOOK])
    texting.assigned(HANDLER, level=2)
    return texting


def changed(path, value):
    """The operator's pack with something else at ``path``."""
    document = copy.deepcopy(TEXTING)
    place = document["sections"]["sms_templates"]["rules"][0]
    *way, last = path
    for step in way:
        place = place[step]
    place[last] = value
    return document


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("when", "template"), "no_such_kind"),
        (("value", "values", 0, "word"), "due_at"),
        (("value", "values", 0, "parameter"), "level"),
        (("value", "code"), ""),
    ],
)
def test_a_form_that_could_not_be_filled_in_is_refused(path, value):
    with pytest.raises(PackFault) as refused:
        parse(changed(path, value), SECTIONS)

    assert refused.value.extra["path"].startswith("sections.sms_templates.rules.0")


@pytest.mark.rule("CM-04")
def test_the_words_of_a_notice_fill_in_the_form(told, aliyun):
    told.send()

    (sent,) = aliyun.taken
    assert {"who": "王小明", "level": "2"} == json.loads(sent["TemplateParam"])
    assert (State.SENT, "biz^1") == (told.only().state, told.only().receipt)


def test_where_no_form_is_on_file_the_next_channel_follows(texting, aliyun):
    texting.channels["webhook"] = ScriptedChannel()
    texting.person(HANDLER, language="en", addresses=[TELEPHONE, HOOK])
    texting.assigned(HANDLER)
    texting.send()

    assert ([("webhook", State.SENT, None)], []) == (texting.lines(), aliyun.taken)


def test_a_form_that_is_gone_when_it_is_sent_leaves_the_message_to_the_next_channel(
    told, aliyun, rulebook
):
    with told.open() as tx:
        activate(tx, "hq", ["notices"], date(2026, 3, 1), rulebook=rulebook)
    told.send()

    expected = [("sms", State.FAILED, "sms_no_template"), ("webhook", State.SENT, None)]
    assert (expected, []) == (told.lines(), aliyun.taken)


def test_a_message_whose_answer_was_lost_is_sent_once(told, aliyun):
    aliyun.drop = 1
    for _ in range(12):
        told.send()
        told.later(minutes=1)

    assert 1 == len(aliyun.taken)
    assert [("sms", State.SENT, None)] == told.lines()


def test_a_sender_that_dies_sends_no_second_message(told, aliyun):
    parcel = told.begin_and_die()
    told.channels["sms"].send(parcel)
    for _ in range(12):
        told.later(minutes=1)
        told.send()

    assert 1 == len(aliyun.taken)
    assert [State.SENT] == told.states()


def test_a_receipt_says_that_a_message_arrived(told, aliyun):
    told.send()
    at_once = told.ask()
    told.later(minutes=1)
    under_way = told.ask(), told.states()
    aliyun.fates[str(told.only().id)] = (3, "DELIVERED")
    told.later(minutes=5)
    asked = told.ask()

    assert (0, (1, [State.SENT]), 1) == (at_once, under_way, asked)
    assert [("sms", State.DELIVERED, None)] == told.lines()
    assert ["message.planned", "message.sending", "message.sent", "message.delivered"] == (
        told.journal(told.only())
    )


def test_after_a_receipt_nobody_asks_again(told, aliyun):
    told.send()
    aliyun.fates[str(told.only().id)] = (3, "DELIVERED")
    told.later(minutes=1)
    told.ask()
    told.later(days=4)

    assert 0 == told.ask()


def test_what_did_not_arrive_goes_over_the_next_channel(told, aliyun):
    told.send()
    aliyun.fates[str(told.only().id)] = (2, "MK:0001")
    told.later(minutes=1)
    told.ask()
    told.send()

    expected = [("sms", State.FAILED, "sms_mk_0001"), ("webhook", State.SENT, None)]
    assert expected == told.lines()


def test_what_did_not_arrive_anywhere_is_told(texting, aliyun):
    texting.person(HANDLER, addresses=[TELEPHONE])
    texting.assigned(HANDLER)
    texting.send()
    aliyun.fates[str(texting.only().id)] = (2, "MK:0001")
    texting.later(minutes=1)
    texting.ask()

    failed = "notify.message_failed.v1"
    told = [(data["channel"], data["reason"]) for type_, data in texting.told() if type_ == failed]
    assert [("sms", "sms_mk_0001")] == told


def test_one_asks_less_and_less_often_and_not_for_ever(told, aliyun):
    told.send()
    times = 0
    for _ in range(5 * 24 * 12):
        told.later(minutes=5)
        times += told.ask()

    assert len(ASK_AFTER) - 1 == times  # The first two questions fall together.
    assert [State.SENT] == told.states()


def test_a_gateway_that_cannot_be_asked_is_asked_again(told, aliyun):
    told.send()
    aliyun.answers = ["ServiceUnavailable"]
    aliyun.fates[str(told.only().id)] = (3, "DELIVERED")
    told.later(minutes=1)
    told.ask()
    unsure = told.states()
    told.later(minutes=5)
    told.ask()

    assert ([State.SENT], [State.DELIVERED]) == (unsure, told.states())


def test_of_somebody_who_is_forgotten_nobody_asks_the_gateway(told, aliyun):
    told.send()
    with told.open() as tx:
        tx.contacts.get(HANDLER).forget()
        tx.messages.blank(HANDLER)
    told.later(minutes=1)

    assert (1, []) == (told.ask(), aliyun.asked)
