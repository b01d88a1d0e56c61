"""Settings are refused at the start, by name and without being repeated."""

import pytest

from notify.adapters.channels.smtp import SmtpServer
from notify.main import create_desk
from notify.settings import Settings
from shared.clock import SystemClock
from shared.settings import SettingsFault

BASE = {
    "database_url": "sqlite://",
    "broker_url": "memory://",
    "jwks": "jwks.json",
    "issuer": "tests",
}


def test_without_settings_of_its_own_there_is_the_log_alone():
    desk = create_desk(Settings(**BASE), SystemClock())

    assert (["log"], ("log",)) == (list(desk.channels), desk.fallback)


def test_each_channel_is_switched_on_by_its_settings():
    settings = Settings(
        **BASE,
        smtp_url="smtps://user:secret@mail.example.com",
        smtp_from="care@example.com",
        webhook_secret="whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        robots="wecom, feishu",
        sms_gateway="aliyun",
        sms_key_id="LTAI-test",
        sms_key_secret="secret",
        sms_sign_name="回音",
        default_channels=" smtp , log",
    )
    desk = create_desk(settings, SystemClock())

    named = {"log", "smtp", "sms", "webhook", "wecom", "feishu"}
    assert (named, ("smtp", "log")) == (set(desk.channels), desk.fallback)


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"smtp_url": "http://s3cret.example.com", "smtp_from": "a@b.c"}, "NOTIFY_SMTP_URL"),
        ({"smtp_url": "smtp://s3cret:x:y", "smtp_from": "a@b.c"}, "NOTIFY_SMTP_URL"),
        ({"smtp_url": "smtp://127.0.0.1", "smtp_from": "s3cret"}, "NOTIFY_SMTP_FROM"),
        ({"smtp_url": "smtp://127.0.0.1"}, "NOTIFY_SMTP_FROM"),
        ({"webhook_secret": "s3cret!"}, "NOTIFY_WEBHOOK_SECRET"),
        ({"webhook_secret": "whsec_czNjcmV0"}, "NOTIFY_WEBHOOK_SECRET"),
        ({"default_channels": "s3cret"}, "NOTIFY_DEFAULT_CHANNELS"),
        ({"robots": "wecom,s3cret"}, "NOTIFY_ROBOTS"),
        ({"senders": 0}, "NOTIFY_SENDERS"),
        ({"sms_gateway": "s3cret"}, "NOTIFY_SMS_GATEWAY"),
        ({"sms_gateway": "aliyun", "sms_key_secret": "s3cret"}, "NOTIFY_SMS_KEY_ID"),
        ({"sms_gateway": "aliyun", "sms_key_id": "s3cret"}, "NOTIFY_SMS_SIGN_NAME"),
        ({"sms_gateway": "tencent", "sms_key_id": "s3cret"}, "NOTIFY_SMS_APP_ID"),
        ({"sms_gateway": "tencent", "sms_region": ""}, "NOTIFY_SMS_REGION"),
    ],
)
def test_a_wrong_setting_is_named_and_not_repeated(wrong, name):
    with pytest.raises(SettingsFault, match=name) as refused:
        Settings(**BASE, **wrong)

    assert "s3cret" not in str(refused.value)


def test_the_url_of_a_mail_server_may_hold_escaped_characters():
    server = SmtpServer.from_url("smtp+starttls://care%40example.com:p%2Fw@mail.example.com")

    assert ("care@example.com", "p/w", 587) == (server.user, server.password, server.port)


def test_of_several_webhook_secrets_all_sign():
    both = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw,whsec_c2VjcmV0LW51bWJlci10d28tb2YtdGhlLXRlc3Rz"
    assert tuple(both.split(",")) == Settings(**BASE, webhook_secret=both).webhook_secrets
    with pytest.raises(SettingsFault, match="NOTIFY_WEBHOOK_SECRET"):
        Settings(**BASE, webhook_secret=f"{both},short")


@pytest.mark.parametrize(
    ("name", "value"),
    [("retry_hours", 0), ("overlap_hours", -1), ("kept_days", 0), ("kept_days", 3), ("senders", 1)],
)
def test_subscriptions_need_terms_that_can_be_kept(name, value):
    with pytest.raises(SettingsFault, match=f"NOTIFY_SUBSCRIPTION_{name.upper()}"):
        Settings(**BASE, **{f"subscription_{name}": value})
