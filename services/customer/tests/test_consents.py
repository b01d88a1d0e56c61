"""No third party is told of a customer without his written consent or a legal basis (CF-09)."""

from datetime import date
from uuid import UUID

import pytest

from customer.domain.consents import Channel, Consent, Item
from shared.ids import new_id

from .desk import MONDAY_10

CONSENT = {
    "third_party": "Shengchang Logistics",
    "purpose": "delivery",
    "scope": ["name", "contact_name", "phone"],
    "valid_from": "2026-03-01",
    "valid_until": "2026-03-31",
    "form": "binder 7, sheet 12",
    "wording": "consent-2026-1",
    "channel": "paper",
    "given_at": "2026-03-01T09:00:00+08:00",
}
ASKED = {"recipient": "Shengchang Logistics", "purpose": "delivery", "items": ["name", "phone"]}


@pytest.fixture
def head(as_):
    return as_("department_head", unit="region-north")


@pytest.fixture
def consent(sales, path):
    answer = sales.post(f"{path}/consents", CONSENT)
    assert 201 == answer.status_code, answer.json
    return answer.json


def refusal(answer):
    return (answer.status_code, answer.json["code"])


@pytest.mark.rule("CF-09")
def test_a_file_is_not_shared_without_consent(head, path, desk):
    assert (403, "consent_missing") == refusal(head.post(f"{path}/disclosures", ASKED))

    assert [] == desk.told("disclosed")
    assert [] == desk.audited("customer.disclosed")


@pytest.mark.rule("CF-09")
def test_a_file_is_shared_with_consent_and_the_register_says_so(head, path, consent, desk):
    asked = {**ASKED, "consent_id": consent["consent_id"]}

    made = head.post(f"{path}/disclosures", asked)

    assert 201 == made.status_code
    (entry,) = head.get(f"{path}/disclosures").json["items"]
    assert made.json == entry
    assert ("Shengchang Logistics", "delivery") == (entry["recipient"], entry["purpose"])
    assert ["name", "phone"] == entry["items"]
    assert [consent["consent_id"]] == [one["consent_id"] for one in desk.told("disclosed")]
    (audited,) = desk.audited("customer.disclosed")
    assert ["name", "phone"] == audited.detail["items"]


@pytest.mark.rule("CF-09")
@pytest.mark.parametrize("basis", ["court_order", "authority_order", "statutory_duty"])
def test_a_legal_basis_stands_in_for_the_consent(head, path, basis):
    made = head.post(f"{path}/disclosures", {**ASKED, "legal_basis": basis})

    assert 201 == made.status_code, made.json
    assert ("CF-09", "000 S20") == (made.json["because"]["rule"], made.json["because"]["clause"])


@pytest.mark.rule("CF-09")
@pytest.mark.parametrize(
    "asked",
    [
        {"recipient": "Somebody Else"},
        {"purpose": "advertising"},
        {"items": ["name", "birthday"]},
        {"consent_id": None, "legal_basis": "because_i_say_so"},
    ],
)
def test_a_consent_allows_what_it_says_and_no_more(head, path, consent, asked, desk):
    body = {**ASKED, "consent_id": consent["consent_id"], **asked}

    assert (403, "consent_missing") == refusal(head.post(f"{path}/disclosures", body))
    assert [] == desk.told("disclosed")


@pytest.mark.rule("CF-09")
def test_a_consent_that_is_withdrawn_allows_nothing_more(sales, head, path, consent, desk):
    withdrawn = sales.post(f"{path}/consents/{consent['consent_id']}/withdrawals", {})
    again = sales.post(f"{path}/consents/{consent['consent_id']}/withdrawals", {})

    assert 200 == withdrawn.status_code
    assert (409, "consent_withdrawn") == refusal(again)
    asked = {**ASKED, "consent_id": consent["consent_id"]}
    assert (403, "consent_missing") == refusal(head.post(f"{path}/disclosures", asked))
    assert [consent["consent_id"]] == [one["consent_id"] for one in desk.told("consent_withdrawn")]


def test_the_consent_of_another_customer_does_not_exist(sales, head, path, consent, desk):
    other = desk.register("F-2")

    asked = {**ASKED, "consent_id": consent["consent_id"]}
    answer = head.post(f"/v1/customers/{other.id}/disclosures", asked)

    assert 404 == answer.status_code


def test_a_consent_ends_after_it_begins(sales, path, desk):
    answer = sales.post(f"{path}/consents", {**CONSENT, "valid_until": "2026-02-28"})

    assert (422, "period_empty") == refusal(answer)
    assert [] == desk.told("consent_given")


def test_the_events_tell_no_recipient(consent, head, path, desk):
    head.post(f"{path}/disclosures", {**ASKED, "consent_id": consent["consent_id"]})

    told = repr([*desk.told("consent_given"), *desk.told("disclosed"), *desk.audited("%")])
    assert "Shengchang" not in told
    assert "delivery" not in told


@pytest.mark.parametrize(
    ("on", "holds"),
    [
        (date(2026, 2, 28), False),
        (date(2026, 3, 1), True),
        (date(2026, 3, 31), True),
        (date(2026, 4, 1), False),
    ],
)
def test_the_first_and_the_last_day_count(on, holds):
    assert holds is made().holds(on=on)


def test_a_consent_without_an_end_holds_until_it_is_withdrawn():
    consent = made(valid_until=None)
    assert consent.holds(on=date(2046, 3, 1))

    consent.withdraw(now=MONDAY_10, org_unit="shop-01")

    assert not consent.holds(on=date(2026, 3, 2))


def made(**changed):
    fields = {
        "id": new_id(),
        "customer_id": UUID(int=1),
        "third_party": "Them",
        "purpose": "delivery",
        "scope": (Item.NAME,),
        "valid_from": date(2026, 3, 1),
        "valid_until": date(2026, 3, 31),
        "form": "binder",
        "wording": "1",
        "channel": Channel.PAPER,
        "given_at": MONDAY_10,
        "recorded_at": MONDAY_10,
    }
    return Consent(**{**fields, **changed})
