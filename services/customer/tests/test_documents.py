"""Documents: collected by one, verified by another, told of before and when they end."""

from datetime import date
from types import SimpleNamespace

import pytest

from customer.domain.documents import DocumentVerified, VerifierIsCollector
from customer.use_cases import documents
from shared.rules import Invalid

from .desk import HQ, PEOPLE, at

HEAD = SimpleNamespace(id=str(PEOPLE["head-north"]), unit="region-north")
LICENCE = {"kind": "business_licence", "number": "91310000MA1FL0XX0B"}


@pytest.fixture
def clinic(desk):
    desk.follow("region-north", "medical", "generic")
    return desk.register(kind="institution")


def collected(desk, customer, **given):
    fields = {**LICENCE, "valid_from": date(2026, 1, 1), "valid_until": date(2026, 6, 30), **given}
    return desk.do(documents.collect_document, customer, caller=HQ, **fields)


def verified(desk, customer, document, by=HEAD):
    with desk.open() as tx:
        found = tx.documents.get(document.id, customer_id=customer.id)
        return documents.verify_document(tx, customer, found, caller=by)


def valid(desk, customer, kind, on, product=""):
    with desk.open() as tx:
        return tx.documents.valid(customer.id, kind, on=on, product=product) is not None


@pytest.mark.rule("CF-29")
def test_whoever_collected_a_document_does_not_verify_it(desk, clinic):
    document = collected(desk, clinic)

    with pytest.raises(VerifierIsCollector):
        verified(desk, clinic, document, by=HQ)

    assert not valid(desk, clinic, "business_licence", date(2026, 3, 2))
    done = verified(desk, clinic, document)
    assert (PEOPLE["head-north"], at(2026, 3, 2, 10)) == (done.verifier_id, done.verified_at)
    with pytest.raises(DocumentVerified):
        verified(desk, clinic, document)
    assert ["business_licence"] == [one["kind"] for one in desk.told("document_verified")]


@pytest.mark.rule("CF-29")
@pytest.mark.parametrize(
    ("on", "holds"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_a_verified_document_holds_from_its_first_day_to_its_last(desk, clinic, on, holds):
    verified(desk, clinic, collected(desk, clinic))

    assert holds == valid(desk, clinic, "business_licence", on)
    assert not valid(desk, clinic, "tax_registration", on)


def test_a_permit_of_one_product_line_says_nothing_of_another(desk, clinic):
    permit = {"kind": "special_product_permit", "product": "implants"}
    verified(desk, clinic, collected(desk, clinic, **permit))

    day = date(2026, 3, 2)
    assert valid(desk, clinic, "special_product_permit", day, product="implants")
    assert not valid(desk, clinic, "special_product_permit", day, product="drugs")
    verified(desk, clinic, collected(desk, clinic, kind="special_product_permit"))
    assert valid(desk, clinic, "special_product_permit", day, product="drugs")


@pytest.mark.rule("CF-29")
def test_one_is_warned_thirty_days_before_a_document_ends_and_when_it_has(desk, clinic):
    document = collected(desk, clinic)

    subject = f"document/{document.id}"
    assert desk.timers() == {
        ("document.expiring", subject): at(2026, 6, 1, 9),  # 31 May is a Sunday.
        ("document.expired", subject): at(2026, 7, 1, 9),
    }
    assert ["document.expiring", "document.expired"] == [desk.fire(), desk.fire()]
    (warned,), (ended,) = desk.told("document_expiring"), desk.told("document_expired")
    assert ("2026-06-30", "CF-29") == (warned["valid_until"], warned["because"]["rule"])
    assert "shop-01" == ended["org_unit"]


@pytest.mark.rule("CF-29")
def test_the_end_of_a_licence_has_to_be_known_and_that_of_a_registration_not(desk, clinic):
    with pytest.raises(Invalid):
        collected(desk, clinic, valid_until=None)
    with pytest.raises(Invalid):
        collected(desk, clinic, valid_from=date(2026, 7, 1))

    collected(desk, clinic, kind="tax_registration", valid_until=None)
    assert {} == desk.timers()


@pytest.mark.rule("CF-06")
def test_elsewhere_one_is_warned_thirty_days_before_the_end_too(desk):
    document = collected(desk, desk.register(), kind="lease", valid_until=date(2026, 6, 29))

    assert at(2026, 6, 1, 9) == desk.timers()["document.expiring", f"document/{document.id}"]


def test_documents_over_http_show_the_end_of_their_numbers_alone(as_, desk, path):
    desk.follow("region-north", "medical", "generic")
    office = as_("sales_back_office")
    made = office.post(f"{path}/documents", {**LICENCE, "valid_until": "2027-01-01"})
    head = as_("department_head", who="head-north")

    done = head.post(f"{path}/documents/{made.json['document_id']}/verifications", {})

    assert (201, 200) == (made.status_code, done.status_code)
    (listed,) = office.get(f"{path}/documents").json["items"]
    assert ("****XX0B", str(PEOPLE["head-north"])) == (listed["number"], listed["verifier_id"])
    again = office.post(f"{path}/documents/{made.json['document_id']}/verifications", {})
    assert (409, "document_verified") == (again.status_code, again.json["code"])
