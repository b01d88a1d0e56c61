"""A customer who may be known already is entered for a reason alone (CF-19)."""

import pytest

from customer.domain.duplicates import name_key, number_key

from .csv_samples import GOOD, counts, file_of
from .river import CUSTOMERS, RIVER
from .test_imports_refused import give_the_north_alone_a_calendar

pytestmark = pytest.mark.rule("CF-19")

LICENCE = {"kind": "business_licence", "number": "91310000 MA1FL"}
OTHER = {**RIVER, "number": "F-0002", "name": "Lake Shop", "contacts": []}
LIKE = {
    "name": {"name": "河畔 家居（有限公司）"},
    "phone": {"contacts": [{"name": "Wang", "phone": "+86 138-0000-1234"}]},
    "document": {"documents": [{**LICENCE, "number": "９１３１００００ma1fl"}]},
}
NEW_ROW = {**GOOD, "duplicate_reason": ""}
REASON = {"duplicate_reason": "His brother's shop."}


@pytest.fixture(autouse=True)
def known(sales):
    made = sales.post(CUSTOMERS, {**RIVER, "documents": [LICENCE]})
    assert 201 == made.status_code, made.json
    return made.json


@pytest.mark.parametrize("mark", LIKE)
def test_a_customer_with_a_mark_of_a_known_one_is_suspected(sales, known, desk, mark):
    refused = sales.post(CUSTOMERS, {**OTHER, **LIKE[mark]})

    assert (409, "duplicate_suspected") == (refused.status_code, refused.json["code"])
    one = {"customer_id": known["customer_id"], "number": "F-0001", "marks": [mark]}
    assert ([one], False) == (refused.json["candidates"], refused.json["others"])
    assert {"CF-19"} == {refused.json["because"]["rule"]}
    assert 1 == len(desk.told("registered"))


@pytest.mark.parametrize("mark", LIKE)
def test_whoever_is_not_seen_is_not_named(as_, mark):
    south = as_("sales_team", unit="region-south")

    refused = south.post(CUSTOMERS, {**OTHER, "org_unit": "region-south", **LIKE[mark]})

    assert (409, "duplicate_suspected") == (refused.status_code, refused.json["code"])
    assert ([], True) == (refused.json["candidates"], refused.json["others"])
    assert "F-0001" not in refused.text


@pytest.mark.parametrize("mark", LIKE)
def test_a_reason_lets_him_in_and_is_kept(sales, known, desk, mark):
    made = sales.post(CUSTOMERS, {**OTHER, **LIKE[mark], **REASON})

    assert 201 == made.status_code, made.json
    (kept,) = desk.audited("customer.duplicate_accepted")
    assert {"reason": REASON["duplicate_reason"], "like": [known["customer_id"]]} == kept.detail
    history = sales.get(f"{CUSTOMERS}/{made.json['customer_id']}/changes").json["items"]
    assert ["duplicates"] == [one["field"] for one in history if one["reason"]]


def test_a_reason_that_nobody_asked_for_is_not_kept(sales, desk):
    assert 201 == sales.post(CUSTOMERS, {**OTHER, **REASON}).status_code
    assert [] == desk.audited("customer.duplicate_accepted")


def test_two_persons_may_have_one_name(sales):
    person = {**OTHER, "kind": "consumer", "name": RIVER["name"]}

    assert 201 == sales.post(CUSTOMERS, person).status_code


def test_a_new_name_is_compared_from_then_on(sales, known):
    path = f"{CUSTOMERS}/{known['customer_id']}"
    assert 200 == sales.patch(path, {"name": "湖畔家居"}, version=1).status_code

    assert 201 == sales.post(CUSTOMERS, {**OTHER, "name": RIVER["name"]}).status_code
    again = sales.post(CUSTOMERS, {**OTHER, "number": "F-3", "name": "湖畔家居公司"})
    assert "duplicate_suspected" == again.json["code"]


def test_the_number_of_a_document_of_another_kind_tells_nothing(sales):
    document = {**LICENCE, "kind": "contract"}

    assert 201 == sales.post(CUSTOMERS, {**OTHER, "documents": [document]}).status_code


@pytest.mark.parametrize("kind", ["business_licence", "tax_registration"])
def test_numbers_count_of_the_documents_that_the_pack_names(sales, kind):
    document = {"kind": kind, "number": "T-1"}
    assert 201 == sales.post(CUSTOMERS, {**OTHER, "documents": [document]}).status_code

    second = {**OTHER, "number": "F-3", "name": "Hill Shop", "documents": [document]}
    assert "duplicate_suspected" == sales.post(CUSTOMERS, second).json["code"]


def test_a_row_like_a_known_customer_or_an_earlier_row_is_refused(send, sales):
    rows = [
        {**NEW_ROW, "phone": "13800005678"},
        {**NEW_ROW, "number": "F-2", "name": "Lake Shop", "phone": "138 0000 1234"},
        {**NEW_ROW, "number": "F-3", "name": "River-shop Ltd", "phone": ""},
        {**NEW_ROW, "number": "F-4", "name": "Hill Shop", "phone": ""},
    ]

    response = send(file_of(*rows))

    assert [2, 0, 0, 2] == counts(response)
    assert [(3, "phone", "F-0001"), (4, "name", "F-1")] == [
        (one["row"], one["column"], one["reason"].removesuffix(".").split()[-1])
        for one in response.json["problems"]
    ]
    assert {"duplicate_suspected"} == {one["code"] for one in response.json["problems"]}
    again = send(file_of(*rows))
    assert [0, 0, 2, 2] == counts(again)


def test_a_row_does_not_name_whom_the_sender_does_not_see(as_):
    south = as_("sales_back_office", unit="region-south")
    row = {**NEW_ROW, "org_unit": "region-south"}

    headers = {"Content-Type": "text/csv"}
    response = south.post(f"{CUSTOMERS}/imports", data=file_of(row), headers=headers)

    assert [0, 0, 0, 1] == counts(response)
    assert "May be a known customer: one of another unit." == response.json["problems"][0]["reason"]


def test_a_row_with_a_reason_goes_in(send, desk):
    assert [1, 0, 0, 0] == counts(send(file_of({**NEW_ROW, **REASON})))
    assert 1 == len(desk.audited("customer.duplicate_accepted"))


def test_a_batch_that_is_tried_row_by_row_knows_its_own_rows_too(send, desk):
    give_the_north_alone_a_calendar(desk)
    rows = [
        {**NEW_ROW, "phone": ""},
        {**NEW_ROW, "number": "F-2", "phone": ""},
        {**NEW_ROW, "number": "F-3", "phone": "", "name": "Hill Shop", "org_unit": "shop-03"},
    ]

    response = send(file_of(*rows))

    assert [1, 0, 0, 2] == counts(response)
    assert ["duplicate_suspected", "calendar_missing"] == [
        one["code"] for one in response.json["problems"]
    ]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("ＲＩＶＥＲ (Shanghai) Trading Co., Ltd.", "rivershanghaitrading"),
        ("河畔（上海）家居有限公司", "河畔上海家居"),
        ("河畔家居股份有限公司", "河畔家居"),
        ("河畔家居有限責任公司", "河畔家居"),
        ("有限公司", "有限公司"),
        ("Limited", "limited"),
        ("Zinc", "zinc"),
        ("!!", "!!"),
        ("ﷺ" * 120, ("صلى الله عليه وسلم".replace(" ", "") * 120)[:120]),
    ],
)
def test_names_are_compared_without_what_is_written_or_left_out(name, key):
    assert key == name_key(name)


def test_numbers_are_compared_without_blanks_width_and_case():
    assert "91ab2" == number_key(" ９１ＡＢ-2 ")
