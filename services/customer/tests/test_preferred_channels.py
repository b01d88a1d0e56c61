"""In which order a contact wants to hear from us, as notify is told it (CM-04)."""

import pytest

from customer.domain.contacts import Contact, PreferredChannel
from shared.ids import new_id

MOBILE, LANDLINE, ABROAD = "+8613812345678", "+862087654321", "+12025550123"
MAIL = "li@example.com"


def ways(**facts):
    contact = Contact(
        id=new_id(), customer_id=new_id(), name="a", language="en", zone="UTC", **facts
    )
    return [(one.channel, one.address) for one in contact.addresses()[:-1]]


@pytest.mark.rule("CM-04")
@pytest.mark.parametrize(
    ("preferred", "expected"),
    [
        (None, ["sms", "smtp"]),
        (PreferredChannel.SMS, ["sms", "smtp"]),
        (PreferredChannel.MAIL, ["smtp", "sms"]),
        (PreferredChannel.TELEPHONE, ["telephone", "sms", "smtp"]),
    ],
)
def test_what_is_preferred_stands_first_and_short_messages_before_mail(preferred, expected):
    found = ways(phone=MOBILE, email=MAIL, preferred_channel=preferred)

    assert expected == [channel for channel, _ in found]
    assert {"sms": MOBILE, "smtp": MAIL}.items() <= dict(found).items()


@pytest.mark.rule("CM-04")
@pytest.mark.parametrize(
    ("phone", "takes"), [(MOBILE, True), (ABROAD, True), (LANDLINE, False), (None, False)]
)
def test_a_telephone_that_takes_no_short_messages_is_no_way_for_them(phone, takes):
    assert takes == any(channel == "sms" for channel, _ in ways(phone=phone))


@pytest.mark.rule("CM-04")
def test_whoever_wants_to_be_called_and_has_no_telephone_is_written_to():
    assert [("smtp", MAIL)] == ways(email=MAIL, preferred_channel=PreferredChannel.TELEPHONE)


@pytest.mark.rule("CM-04")
def test_the_wish_is_kept_shown_and_told(desk, sales, path):
    asked = {"name": "Li", "phone": "13812345678", "preferred_channel": "telephone"}
    contact = sales.post(f"{path}/contacts", asked).json
    one = f"{path}/contacts/{contact['contact_id']}"
    refused = sales.patch(one, {"preferred_channel": "pigeon"}, version=1)
    changed = sales.patch(one, {"preferred_channel": None}, version=1)

    assert ("telephone", None, 422) == (
        contact["preferred_channel"],
        changed.json["preferred_channel"],
        refused.status_code,
    )
    _, first, second = desk.told("contact_changed")
    assert {"channel": "telephone", "address": "+8613812345678"} == first["addresses"][0]
    assert "sms" == second["addresses"][0]["channel"]
