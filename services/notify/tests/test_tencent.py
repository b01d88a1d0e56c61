"""Short messages through a gateway that speaks Tencent's protocol: forms, doubts and receipts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from notify.adapters.channels.posting import Poster
from notify.adapters.channels.sms import SmsChannel
from notify.adapters.channels.tencent import TencentAccount, TencentGateway, signature_of
from notify.domain.delivery import ASK_AFTER, Form, Outcome, Parcel, Result
from notify.domain.message_states import State
from notify.domain.reach import Gone
from notify.main import create_desk
from notify.settings import Settings
from shared.clock import SystemClock
from shared.ids import new_id

from .conftest import HANDLER, ScriptedChannel
from .receiver import receiving
from .tencent_server import APP_ID, CODE, KEY_ID, KEY_SECRET, REGION, SIGN_NAME, Tencent

NUMBER = "+8613812345678"
FORM = Form(CODE, {"who": "王小明", "level": "2"})
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
    form=FORM,
)
TAKEN = Outcome(Result.DELIVERED, receipt="5000:1")
TELEPHONE = {"channel": "sms", "address": NUMBER}
HOOK = {"channel": "webhook", "address": "https://example.com/hook"}


def test_the_signature_is_that_of_the_providers_own_example():
    signed = {
        "content-type": "application/json; charset=utf-8",
        "host": "cvm.tencentcloudapi.com",
    }
    body = (
        rb'{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}'
    )

    assert "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168" == signature_of(
        "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE",
        signed,
        body,
        service="cvm",
        now=datetime.fromtimestamp(1551113065, UTC),
    )


@pytest.fixture
def tencent(office):
    """The provider's server, by the office's real time."""
    provider = Tencent(clock=lambda: office.real.at)
    with receiving(provider) as server:
        account = TencentAccount(
            endpoint=f"http://127.0.0.1:{server.server_port}/",
            key_id=KEY_ID,
            key_secret=KEY_SECRET,
            app_id=APP_ID,
            region=REGION,
            sign_name=SIGN_NAME,
        )
        poster = Poster("sms", theirs=False, allow_loopback=True)
        gateway = TencentGateway(account, poster, now=lambda: office.real.at)
        channel = SmsChannel(gateway, now=lambda: office.real.at)
        office.channels["sms"] = office.reporters["sms"] = channel
        yield provider


@pytest.fixture
def channel(office, tencent):
    return office.channels["sms"]


def test_a_form_is_filled_in_in_its_order_and_sent_in_the_name_of_the_firm(channel, tencent):
    assert TAKEN == channel.send(PARCEL)

    (sent,) = tencent.taken
    assert ([NUMBER], CODE, SIGN_NAME, ["王小明", "2"], str(PARCEL.message_id)) == tuple(
        sent[name]
        for name in (
            "PhoneNumberSet",
            "TemplateId",
            "SignName",
            "TemplateParamSet",
            "SessionContext",
        )
    )


def test_without_a_form_on_file_nothing_is_sent(channel, tencent):
    outcome = channel.send(replace(PARCEL, form=None))

    assert (Outcome(Result.REFUSED, "sms_no_template", certain=True), []) == (
        outcome,
        tencent.taken,
    )


@pytest.mark.parametrize("place", ["answers", "refusals"])
@pytest.mark.parametrize(
    ("code", "result", "gone"),
    [
        ("InvalidParameterValue.IncorrectPhoneNumber", Result.REFUSED, Gone.NUMBER_VOID),
        ("FailedOperation.PhoneNumberInBlacklist", Result.REFUSED, None),
        ("FailedOperation.SignatureIncorrectOrUnapproved", Result.REFUSED, None),
        ("FailedOperation.InsufficientBalanceInSmsPackage", Result.UNREACHABLE, None),
        ("LimitExceeded.PhoneNumberDailyLimit", Result.UNREACHABLE, None),
        ("RequestLimitExceeded", Result.UNREACHABLE, None),
        ("InternalError.OtherError", Result.UNREACHABLE, None),
        ("InternalError.Timeout", Result.DOUBTFUL, None),
    ],
)
def test_an_answer_is_read_by_its_code(channel, tencent, place, code, result, gone):
    setattr(tencent, place, [code])
    why = f"sms_{code.lower().replace('.', '_')}"[:60]

    assert Outcome(result, why, gone=gone) == channel.send(PARCEL)
    assert [] == tencent.taken


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"key_secret": "another"}, "authfailure_signaturefailure"),
        ({"key_id": "another"}, "authfailure_secretidnotfound"),
        ({"app_id": "1"}, "unauthorizedoperation_smssdkappidverifyfail"),
        ({"region": "mars"}, "unsupportedregion"),
    ],
)
def test_who_is_not_the_account_is_refused(channel, wrong, code):
    channel._gateway._account = replace(channel._gateway._account, **wrong)

    assert Outcome(Result.REFUSED, f"sms_{code}") == channel.send(PARCEL)


def test_an_answer_that_cannot_be_read_leaves_the_fate_open(channel, tencent):
    tencent.drop = 1

    assert Outcome(Result.DOUBTFUL, "sms_unreadable") == channel.send(PARCEL)


def test_a_gateway_that_is_not_there_can_be_tried_again(channel):
    account = channel._gateway._account
    channel._gateway._account = replace(account, endpoint="http://127.0.0.1:1/")

    assert Outcome(Result.UNREACHABLE, "sms_unreachable") == channel.send(PARCEL)


@pytest.fixture
def texting(office, tencent, monkeypatch):
    """Somebody with a telephone and a webhook is to be told, in a form that the provider has."""
    for module in ("sending", "receipts"):
        monkeypatch.setattr(f"notify.use_cases.{module}.form_of", lambda *_a, **_k: FORM)
    office.channels["webhook"] = ScriptedChannel()
    office.person(HANDLER, addresses=[TELEPHONE, HOOK])
    office.assigned(HANDLER)
    with office.open() as tx:
        message = tx.messages.locked(office.only().id)
        message.channel, message.route = "sms", ("webhook",)
    return office


def test_a_receipt_says_that_a_message_arrived(texting, tencent):
    texting.send()
    texting.later(minutes=1)
    under_way = texting.ask(), texting.states()
    tencent.fates["5000:1"] = ("SUCCESS", "DELIVRD")
    texting.later(minutes=5)
    asked = texting.ask()

    assert ((1, [State.SENT]), 1) == (under_way, asked)
    assert [("sms", State.DELIVERED, None)] == texting.lines()


@pytest.mark.parametrize(
    ("said", "why", "causes"),
    [
        ("MK:0001", "sms_mk_0001", ["number_void"]),
        ("UNDELIV", "sms_undeliv", []),
        ("用户短信接收失败", "sms_undelivered", []),
        ("", "sms_undelivered", []),
    ],
)
def test_what_did_not_arrive_goes_over_the_next_channel(texting, tencent, said, why, causes):
    texting.send()
    tencent.fates["5000:1"] = ("FAIL", said)
    texting.later(minutes=1)
    texting.ask()
    texting.send()

    assert [("sms", State.FAILED, why), ("webhook", State.SENT, None)] == texting.lines()
    assert causes == [data["cause"] for _, data in texting.told()]


def test_a_message_whose_answer_was_lost_is_sent_once_and_stays_of_unknown_fate(texting, tencent):
    tencent.drop = 1
    for _ in range(12):
        texting.send()
        texting.later(minutes=1)

    assert 1 == len(tencent.taken)
    assert [("sms", State.UNKNOWN, "sms_unreadable")] == texting.lines()


def test_an_account_whose_own_ids_are_in_reports_hears_of_a_lost_answer_too(texting, tencent):
    tencent.drop, tencent.echoes = 1, True
    texting.send()
    tencent.fates["5000:1"] = ("SUCCESS", "DELIVRD")
    texting.later(minutes=1)
    texting.ask()

    assert [State.DELIVERED] == texting.states()


def test_a_report_on_another_message_says_nothing_of_this_one(texting, tencent):
    texting.send()
    texting.channels["sms"].send(PARCEL)
    tencent.fates["5000:2"] = ("FAIL", "MK:0001")
    texting.later(minutes=1)
    texting.ask()

    assert [State.SENT] == texting.states()


def test_a_gateway_that_cannot_be_asked_is_asked_again(texting, tencent):
    texting.send()
    tencent.fates["5000:1"] = ("SUCCESS", "DELIVRD")
    tencent.answers = ["InternalError.OtherError"]
    texting.later(minutes=1)
    texting.ask()
    unsure = texting.states()
    texting.later(minutes=5)
    texting.ask()

    assert ([State.SENT], [State.DELIVERED]) == (unsure, texting.states())


def test_what_is_asked_about_is_never_older_than_the_gateway_keeps(texting, tencent):
    texting.send()
    for _ in range(5 * 24 * 2):
        texting.later(minutes=30)
        texting.ask()

    assert 0 < len(tencent.asked) < len(ASK_AFTER)
    assert [State.SENT] == texting.states()


def test_the_settings_choose_the_gateway_and_its_address():
    settings = Settings(
        database_url="sqlite://",
        broker_url="memory://",
        jwks="jwks.json",
        issuer="tests",
        sms_gateway="tencent",
        sms_key_id=KEY_ID,
        sms_key_secret=KEY_SECRET,
        sms_sign_name=SIGN_NAME,
        sms_app_id=APP_ID,
    )
    gateway = create_desk(settings, SystemClock()).channels["sms"]._gateway

    assert isinstance(gateway, TencentGateway)
    assert ("https://sms.tencentcloudapi.com/", REGION, timedelta(days=3)) == (
        gateway._account.endpoint,
        gateway._account.region,
        ASK_AFTER[-1],
    )
