"""Over which channels somebody is told: his own order, among those of the packs (CM-04)."""

from datetime import date

import pytest

from notify.domain.message_states import State, Why
from notify.main import RULEBOOK
from shared.policy import activate, add_pack

from .conftest import CONTACT, CUSTOMER, HANDLER
from .test_case_news import described, news, unreached
from .test_notification_catalogue import BUILT

SMS = {"channel": "sms", "address": "+8613812345678"}
MAIL = {"channel": "smtp", "address": "li@example.com"}
CALL = {"channel": "telephone", "address": "+862012345678"}
LOG = {"channel": "log", "address": str(CONTACT)}
FORM = {
    "pack": "forms",
    "version": "1",
    "title": "Forms",
    "issuer": "x",
    "approver": "x",
    "owner": "x",
    "effective_from": "2026-01-01",
    "history": [{"version": "1", "change": "x", "by": "x", "approved_by": "x", "on": "2026-01-01"}],
    "sections": {
        "sms_templates": {
            "merge": "replace",
            "rules": [
                {
                    "rule": "CM-04",
                    "clause": "x",
                    "when": {"template": ["case_progress", "birthday_greeting"]},
                    "value": {"code": "SMS_1", "values": []},
                }
            ],
        }
    },
}
(NOTICES,) = [one for one in RULEBOOK.builtin if one.pack == "notices"]


@pytest.fixture
def forms(office):
    """The provider has a form on file for progress and for greetings."""
    with office.open() as tx:
        add_pack(tx, FORM, RULEBOOK)
        activate(tx, "hq", ["forms", "notices", "care"], date(2026, 1, 1), rulebook=RULEBOOK)
    return office


def routes(office, text, *addresses):
    described(office, customer_id=str(CUSTOMER), addresses=[])
    office.contact(None, addresses=list(addresses))
    news(office, "progress", text=text)
    message = office.only()
    return (message.channel, *message.route)


@pytest.mark.rule("CM-04")
@pytest.mark.parametrize(
    ("addresses", "route"),
    [([SMS, MAIL, LOG], ("sms", "smtp", "log")), ([MAIL, SMS, LOG], ("smtp", "sms", "log"))],
)
def test_a_customer_is_written_to_in_the_order_that_he_wants(forms, addresses, route):
    assert route == routes(forms, "on its way", *addresses)


@pytest.mark.rule("CM-04")
def test_without_a_form_a_short_message_gives_way_when_it_is_planned(office):
    assert ("smtp",) == routes(office, "on its way", SMS, MAIL)


@pytest.mark.rule("CM-04")
def test_a_text_that_is_too_long_goes_by_mail_where_there_is_one(forms):
    """Five segments of 67 hold 335 places; the name of the firm takes ten of them."""
    described(forms, customer_id=str(CUSTOMER), addresses=[])
    forms.contact(None, addresses=[SMS, MAIL])
    news(forms, "progress", text="")
    room = 335 - 10 - len(forms.only().body)
    for sequence, more in ((2, room), (3, room + 1)):
        news(forms, "progress", sequence=sequence, text="中" * more)

    assert ["sms", "sms", "smtp"] == [one.channel for one in forms.ledger()]


def test_a_text_that_is_too_long_is_left_to_the_provider_where_nothing_else_reaches_him(forms):
    assert ("sms",) == routes(forms, "中" * 900, SMS)


@pytest.mark.rule("CM-04")
def test_whoever_wants_to_be_called_of_his_case_is_called_by_its_handler(office, smtp):
    described(office, customer_id=str(CUSTOMER), addresses=[])
    office.contact(None, addresses=[CALL, MAIL])
    news(office, "progress", text="on its way")
    office.send()

    message = office.only()
    assert (State.SUPPRESSED, Why.CALL_WANTED, []) == (
        message.state,
        message.state_reason,
        smtp.parcels,
    )
    assert ["call_wanted"] == [one["reason"] for one in unreached(office)]


@pytest.mark.rule("CM-04")
def test_whoever_wants_to_be_called_is_greeted_over_his_next_channel(office, smtp):
    office.contact({"month": 3, "day": 2}, addresses=[CALL, MAIL])
    office.fire(at=office.clock.at)
    office.send()

    assert ["li@example.com"] == [one.address for one in smtp.parcels]


def test_customers_get_short_messages_and_mail_and_the_staff_robots_and_in_urgent_matters_both():
    told = {one.event for notices in BUILT.values() for one in notices}
    rules = [one for one in NOTICES.sections["notices"].rules if one.when["event"][0] in told]
    assert len(rules) > len(told)
    for rule in rules:
        channels = rule.value.channels
        customer = "case_contact" in rule.value.audience
        assert customer or {"wecom", "dingtalk", "feishu"} < set(channels)
        assert ("sms" in channels) == (customer or rule.value.urgency.value == "high")
        assert {"smtp", "webhook", "log"} < set(channels)


def test_nobody_of_the_staff_is_written_to_over_a_robot_that_he_does_not_name(office):
    office.person(HANDLER, addresses=[MAIL])
    office.assigned(HANDLER, level=3)

    assert ("smtp", ()) == (office.only().channel, office.only().route)
