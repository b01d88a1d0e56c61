"""The routes of books of blank orders, and books in each of the states that commands start from."""

from typing import Any

from .cast import ABOVE, NOW, person_id
from .departments import made
from .routes import Route, get, post
from .served import Served

MONTH = NOW.strftime("%Y-%m")
BOOK = {"org_unit": "{region}", "book_no": "99", "first_page": 9001}
REASON = {"reason": "it was torn"}
WHOLE = {"present": [301], "damaged": []}
ONE = "/v1/books"
ROUTES: dict[str, Route] = {
    "books.add_book": post("/v1/books", BOOK),
    "books.write_book_off": post(f"{ONE}/{{book_in_stock}}/write-offs", REASON),
    "books.issue_book_to_dispatcher": post(
        f"{ONE}/{{book_in_stock}}/issues", {"holder_id": "{dispatches}"}
    ),
    "books.hand_book_over": post(
        f"{ONE}/{{book_issued}}/hand-overs",
        {"holder_id": "{dispatches}", "next_page": 101} | REASON,
    ),
    "books.void_book_page": post(f"{ONE}/{{book_issued}}/void-pages", {"page_no": 102} | REASON),
    "books.take_book_back": post(f"{ONE}/{{book_issued}}/returns", {}),
    "books.count_stubs": post(f"{ONE}/{{book_returned}}/counts", {"present": [201], "damaged": []}),
    "books.file_book": post(f"{ONE}/{{book_counted}}/closures", {}),
    "books.list_books": get("/v1/books", lists="book_issued"),
    "books.get_book": get(f"{ONE}/{{book_issued}}"),
    "books.list_book_pages": get(f"{ONE}/{{book_issued}}/pages"),
    "book_ledger.list_book_movements": get("/v1/book-movements", lists="book_issued"),
    "book_ledger.list_book_stock": get("/v1/book-stock", lists="region"),
    "book_ledger.get_book_report": get(f"/v1/book-report?month={MONTH}", lists="held_book"),
}


def books(served: Served, region: str) -> dict[str, str]:
    """A book in each state; the pages of each begin at a hundred of its own."""
    archivist = served.acts("archivist", unit=ABOVE)
    holders = {"issued": "dispatch_supervisor", "returned": "dispatcher", "counted": "dispatcher"}
    way: dict[str, list[tuple[str, dict[str, Any]]]] = {
        "in_stock": [],
        "issued": [("issues", {})],
        "returned": [("issues", {}), ("returns", {})],
        "counted": [("issues", {}), ("returns", {}), ("counts", WHOLE)],
    }
    found = {
        "dispatches": str(person_id("dispatcher", region)),
        "held_book": str(person_id("dispatch_supervisor", region)),
    }
    for number, (state, steps) in enumerate(way.items()):
        pages = {"first_page": 100 * number + 1, "last_page": 100 * number + 4}
        if state == "counted":
            pages["last_page"] = pages["first_page"]
        body = {"org_unit": region, "book_no": str(number), **pages}
        book = made(archivist.post("/v1/books", body))["book_id"]
        for step, said in steps:
            holder = {"holder_id": str(person_id(holders[state], region))}
            told = holder if step == "issues" else said
            made(archivist.post(f"/v1/books/{book}/{step}", told))
        found[f"book_{state}"] = book
    return found
