"""A book of blank orders comes back with a gap: each page that is missing costs its holder."""

from typing import Any

from demo.cast import Cast
from demo.complaints import ORDERS
from demo.orders import JOB
from demo.telling import local
from embedded.client import Refused

BOOKS = "/dispatch/v1/books"
UNIT = "dispatch-centre"


def book_comes_back_with_a_gap(cast: Cast) -> None:
    """Saturday afternoon: of four stubs one is missing, and another book waits for them."""
    tell = cast.telling
    tell.chapter("A book of blank orders comes back with a gap")
    archivist, dispatcher = cast.person("archivist"), cast.person("dispatcher")
    first, second = (_bought(cast, number, 4 * number - 3) for number in (1, 2))
    _given(cast, first)
    told = cast.was_told(archivist.id, f"book_stock/{UNIT}", "book_stock_low")
    tell.expect("the archivist is told that few books are left", 1, len(told))
    refused = _given(cast, second)
    tell.say(archivist.name, f"gives no second book: {refused['code']}", at=cast.now())
    tell.expect("by the clause", "WO-18", refused["because"]["rule"])
    _used(cast, first)
    cast.settle()
    _counted(cast, first)
    again = _given(cast, second)
    tell.expect("the next book is given now", "issued", again["state"])
    tell.say(dispatcher.name, "has a book again", at=cast.now())
    cast.settle()


def _bought(cast: Cast, number: int, first_page: int) -> str:
    pages = {"first_page": first_page, "last_page": first_page + 3}
    body = {"org_unit": UNIT, "book_no": str(number), **pages}
    book = cast.acts("archivist").post(BOOKS, body)
    return f"{BOOKS}/{book['book_id']}"


def _given(cast: Cast, book: str) -> dict[str, Any]:
    """The book that the dispatcher got, or why not."""
    holder = {"holder_id": cast.person("dispatcher").id}
    try:
        return cast.acts("archivist").post(f"{book}/issues", holder)
    except Refused as refused:
        return refused.problem


def _used(cast: Cast, book: str) -> None:
    """One page for an order that was written on paper, one spoiled."""
    tell, dispatcher, worker = cast.telling, cast.acts("dispatcher"), cast.acts("repair_worker")
    order = dispatcher.post(ORDERS, {**JOB, "receiver_id": cast.person("repair_worker").id})
    path = f"{ORDERS}/{order['work_order_id']}"
    paper = {"from_paper": True, "book_no": "1", "page_no": 1}
    issued = dispatcher.post(f"{path}/issues", paper)
    tell.expect("the order has its number by its page", f"{UNIT}:1:1", issued["order_no"])
    dispatcher.post(f"{book}/void-pages", {"page_no": 2, "reason": "Ink ran over it."})
    signature = {"signature": {"name": cast.person("repair_worker").name}}
    worker.post(f"{path}/acceptances", signature)
    done = {"remarks": "Fastened.", "client_signature": {"name": "Shop 01"}}
    worker.post(f"{path}/completions", done)
    called = {"method": "telephone", "satisfied": True, "result": "It holds."}
    dispatcher.post(f"{path}/call-backs", called)
    dispatcher.post(f"{path}/signatures", {"signature": {"name": cast.person("dispatcher").name}})
    dispatcher.post(f"{path}/archives")


def _counted(cast: Cast, book: str) -> None:
    tell, archivist, holder = cast.telling, cast.acts("archivist"), cast.person("dispatcher")
    archivist.post(f"{book}/returns")
    found = archivist.post(f"{book}/counts", {"present": [1, 2, 4], "damaged": []})
    tell.say(cast.person("archivist").name, "finds the stubs 1, 2 and 4", at=cast.now())
    tell.expect("page 3 is missing", [3], found["count"]["missing"])
    tell.expect("of page 4 no order was entered", [4], found["unentered"])
    about = f"book/{found['book_id']}"
    told = cast.was_told(holder.id, about, "book_pages_lost")
    tell.expect("its holder is told once", 1, len(told))
    _decided(cast, about)
    closed = archivist.post(f"{book}/closures")
    tell.say(cast.person("archivist").name, f"files it at {local(cast.now())}", at=cast.now())
    tell.expect("the stubs are filed", "closed", closed["state"])


def _decided(cast: Cast, about: str) -> None:
    tell, leader = cast.telling, cast.acts("department_leader", UNIT)
    known = cast.listed("general_manager", "/dispatch/v1/penalties")
    (penalty,) = (one for one in known if one["about"] == about)
    owed = [penalty["person_id"], penalty["quantity"], penalty["lowest"]]
    tell.expect("30 yuan a page", [cast.person("dispatcher").id, 1, "30.00"], owed)
    confirmed = leader.post(f"/dispatch/v1/penalties/{penalty['id']}/confirmations")
    tell.say(
        cast.person("department_leader", UNIT).name,
        f"confirms {confirmed['amount']} yuan",
        at=cast.now(),
        because=confirmed["because"],
    )
