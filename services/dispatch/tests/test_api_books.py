"""Books of blank orders over HTTP."""

import pytest

from .bookroom import ARCHIVIST, SECOND
from .company import HR, ORDER

BOOK = {"org_unit": "dispatch-centre", "book_no": "12", "first_page": 301, "last_page": 304}


@pytest.fixture
def archivist(send, cast):
    post(send, HR, "/v1/people", person(ARCHIVIST))
    post(send, HR, "/v1/people", person(SECOND))
    return ARCHIVIST


@pytest.fixture
def path(send, archivist):
    """A book in the stock."""
    return f"/v1/books/{post(send, archivist, '/v1/books', BOOK)['book_id']}"


@pytest.fixture
def out(send, cast, archivist, path):
    """The book that the dispatcher has."""
    post(send, archivist, f"{path}/issues", {"holder_id": cast.dispatcher.id})
    return path


def post(send, by, path, body, status=None):
    answer = send(by, "POST", path, body)
    assert answer.status_code in ((200, 201) if status is None else (status,)), answer.text
    return answer.json


def person(one):
    return {
        "person_id": one.id,
        "name": "Somebody",
        "language": "zh-CN",
        "zone": "Asia/Shanghai",
        "posts": [{"unit": one.unit, "role": role} for role in one.roles],
        "addresses": [],
    }


def written(send, cast, book_no, page_no, status=None, **more):
    body = {**ORDER, "reply_due_at": ORDER["reply_due_at"].isoformat()}
    order = post(send, cast.dispatcher, "/v1/work-orders", {**body, "receiver_id": cast.worker.id})
    asked = {"from_paper": True, "book_no": book_no, "page_no": page_no, **more}
    return post(
        send, cast.dispatcher, f"/v1/work-orders/{order['work_order_id']}/issues", asked, status
    )


@pytest.mark.rule("WO-03", "WO-18", "WO-19")
def test_the_life_of_a_book(send, cast, archivist, out):
    order = written(send, cast, "12", 301)
    assert order["order_no"] == "dispatch-centre:12:301"
    assert (order["book_no"], order["page_no"]) == ("12", 301)
    void = post(send, cast.dispatcher, f"{out}/void-pages", {"page_no": 302, "reason": "Ink"})
    assert void["use"] == "void"
    pages = send(archivist, "GET", f"{out}/pages").json["items"]
    assert [(one["page_no"], one["use"]) for one in pages] == [(301, "order"), (302, "void")]

    back = post(send, archivist, f"{out}/returns", {})
    assert back["state"] == "returned"
    stubs = {"present": [301, 302, 304], "damaged": []}
    found = post(send, archivist, f"{out}/counts", stubs)
    assert (found["count"]["missing"], found["unentered"]) == ([303], [304])
    assert send(archivist, "GET", out).json == found
    assert post(send, archivist, f"{out}/closures", {})["state"] == "closed"

    manager = cast.asker(7, "hq", "general_manager")
    (penalty,) = send(manager, "GET", "/v1/penalties").json["items"]
    assert (penalty["lowest"], penalty["code"]) == ("30.00", "page_lost")
    ledger = send(archivist, "GET", "/v1/book-movements").json["items"]
    kinds = [(one["kind"], one["pages"]) for one in ledger]
    assert kinds == [
        ("purchased", 4),
        ("issued", 4),
        ("returned", 4),
        ("counted", 3),
        ("closed", 4),
    ]
    assert {one["recorded_by"] for one in ledger} == {archivist.id}


@pytest.mark.rule("WO-18")
def test_a_second_book_is_refused_with_the_clause(send, cast, archivist, out):
    other = {**BOOK, "book_no": "13", "first_page": 305, "last_page": 308}
    second = f"/v1/books/{post(send, archivist, '/v1/books', other)['book_id']}"
    asked = {"holder_id": cast.dispatcher.id}
    refused = post(send, archivist, f"{second}/issues", asked, 409)
    assert (refused["code"], refused["because"]["rule"]) == ("books_outstanding", "WO-18")
    assert refused["books"] == [out.rpartition("/")[2]]

    post(send, archivist, f"{out}/returns", {})
    assert post(send, archivist, f"{second}/issues", asked)["state"] == "issued"


def test_stock_and_report_add_up(send, cast, archivist, out):
    other = {**BOOK, "book_no": "13", "first_page": 305, "last_page": 308}
    spare = post(send, archivist, "/v1/books", other)["book_id"]
    post(send, archivist, f"{out}/returns", {})
    post(send, archivist, f"{out}/counts", {"present": [301], "damaged": [302]})
    (stock,) = send(archivist, "GET", "/v1/book-stock").json["items"]
    assert (stock["org_unit"], stock["in_stock"], stock["counted"]) == ("dispatch-centre", 1, 1)
    assert (stock["issued"], stock["closed"]) == (0, 0)

    post(send, archivist, f"/v1/books/{spare}/issues", {"holder_id": cast.dispatcher.id})
    report = send(archivist, "GET", "/v1/book-report?month=2026-02").json
    assert report["dispatchers"] == [
        {
            "person_id": cast.dispatcher.id,
            "books_out": 1,
            "books_issued": 2,
            "books_returned": 1,
            "pages_lost": 3,
        }
    ]
    later = send(archivist, "GET", "/v1/book-report?month=2026-03").json["dispatchers"]
    assert [(one["books_out"], one["pages_lost"]) for one in later] == [(1, 0)]


def test_books_are_listed_by_state_and_holder(send, cast, archivist, out):
    spare = {**BOOK, "book_no": "13", "first_page": 305, "last_page": 308}
    post(send, archivist, "/v1/books", spare)

    def numbers(query):
        answer = send(cast.dispatcher, "GET", f"/v1/books{query}").json["items"]
        return [one["book_no"] for one in answer]

    assert numbers("") == ["12", "13"]
    assert numbers("?state=issued") == ["12"]
    assert numbers(f"?holder_id={cast.dispatcher.id}") == ["12"]
    assert numbers(f"?holder_id={SECOND.id}") == []
    kinds = send(archivist, "GET", "/v1/book-movements?kind=issued").json["items"]
    assert len(kinds) == 1


def test_a_book_is_handed_over_or_written_off(send, cast, archivist, out):
    asked = {"holder_id": SECOND.id, "next_page": 303, "reason": "He went"}
    given = post(send, archivist, f"{out}/hand-overs", asked)
    assert [one["from_page"] for one in given["holdings"]] == [301, 303]
    assert given["holder_id"] == SECOND.id
    refused = post(send, archivist, f"{out}/write-offs", {"reason": "torn"}, 409)
    assert (refused["code"], refused["state"]) == ("wrong_state", "issued")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({**BOOK, "book_no": "a:b"}, "book_no"),
        ({**BOOK, "book_no": "1" * 13}, "book_no"),
        ({**BOOK, "first_page": 0}, "first_page"),
        ({**BOOK, "first_page": "1"}, "first_page"),
        ({**BOOK, "last_page": 1_000_000}, "last_page"),
        ({**BOOK, "last_page": 300}, "last_page"),
        ({**BOOK, "state": "issued"}, "state"),
    ],
)
def test_a_purchase_that_makes_no_sense_is_refused_by_field(send, archivist, body, field):
    refused = post(send, archivist, "/v1/books", body, 422)
    errors = refused["errors"]
    assert list(errors.get("json", errors)) == [field]
    assert send(archivist, "GET", "/v1/books").json["items"] == []


def test_the_first_page_may_be_so_high_that_the_pack_makes_too_high_a_last_one(send, archivist):
    body = {"org_unit": "dispatch-centre", "book_no": "1", "first_page": 999_999}
    assert post(send, archivist, "/v1/books", body, 422)["code"] == "pages_invalid"


@pytest.mark.parametrize(
    "more", [{"page_no": None}, {"book_no": None}, {"from_paper": False}, {"page_no": 0}]
)
def test_a_page_goes_with_its_book_and_with_paper(send, cast, out, more):
    asked = {"from_paper": True, "book_no": "12", "page_no": 301, **more}
    answer = written(send, cast, asked.pop("book_no"), asked.pop("page_no"), 422, **asked)
    assert answer["code"] == "invalid"
    assert send(cast.dispatcher, "GET", f"{out}/pages").json["items"] == []


@pytest.mark.parametrize("role", ["repair_worker", "hr_administrator"])
def test_others_do_not_read_books(send, cast, out, role):
    by = cast.asker(50, "hq", role)
    assert send(by, "GET", out).status_code == 403
    assert send(by, "GET", "/v1/book-stock").status_code == 403


def test_a_book_of_another_unit_is_not_there(send, cast, out):
    elsewhere = cast.asker(51, "region-north", "archivist")
    for path in (out, f"{out}/pages"):
        assert send(elsewhere, "GET", path).status_code == 404
    assert send(elsewhere, "GET", "/v1/book-movements").json["items"] == []
    post(send, elsewhere, f"{out}/returns", {}, 404)
