"""What a pack says about books of blank orders, as plain values, and the refusals that follow."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from dispatch.domain.people import Person
from dispatch.domain.work_order_rules import RoleRule
from shared.rules import Forbidden, Invalid, RuleBroken, Ruling


@dataclass(frozen=True, kw_only=True)
class BookRule:
    """How books are kept (WO-03): by holders of ``roles``. A book has so many ``pages`` unless one
    says otherwise; at ``reorder_at`` books in the stock of a unit it is time to buy. Of a book
    whose holder is gone one reminds every ``again`` working minutes."""

    roles: tuple[str, ...]
    pages: int
    reorder_at: int
    again: int


@dataclass(frozen=True, kw_only=True)
class BookIssueRule:
    """How many books a dispatcher may hold: another comes only against used stubs (WO-18)."""

    held: int


class MayNotKeepBooks(Forbidden):
    """None of the caller's roles keeps the books (WO-03)."""

    code = "may_not_keep_books"


class OwnBook(Forbidden):
    """Who held a book does not count its stubs himself (WO-18)."""

    code = "own_book"


class BookExists(RuleBroken):
    """The unit has a book of this number already."""

    code = "book_exists"


class PagesOverlap(RuleBroken):
    """A page of this number is in another book of the unit already."""

    code = "pages_overlap"


class PagesInvalid(Invalid):
    """The last page comes before the first, or lies further away than a book is thick."""

    code = "pages_invalid"


class BooksOutstanding(RuleBroken):
    """The dispatcher has not returned the stubs of what he got before; ``books`` are the ids of
    what he holds (WO-18)."""

    code = "books_outstanding"


class HolderUnfit(Invalid):
    """Who is to have the book has left, or does not dispatch in its unit."""

    code = "holder_unfit"


class BookUnknown(Invalid):
    """The unit of the order has no book of this number."""

    code = "book_unknown"


class PageOutside(Invalid):
    """The book has no such page, or it is not one that was in use."""

    code = "page_outside"


class PageTaken(RuleBroken):
    """The page was used for an order, or is void, already."""

    code = "page_taken"


class PageBlank(Invalid):
    """The page is among those that came back blank, or is to be so and was used."""

    code = "page_blank"


class PageTwice(Invalid):
    """A stub is there or damaged, and it is counted once."""

    code = "page_twice"


class PenaltyDecided(RuleBroken):
    """The penalty was decided upon, so that the count stands (WO-19)."""

    code = "penalty_decided"


def check_keeping(roles: Collection[str], rule: Ruling[BookRule]) -> None:
    """Refuse whoever does not keep books. Raises MayNotKeepBooks (WO-03)."""
    if not set(roles) & set(rule.value.roles):
        raise MayNotKeepBooks("your roles do not keep books", because=rule.because)


def check_held(held: Sequence[UUID], rule: Ruling[BookIssueRule]) -> None:
    """Refuse a book to who has not returned those before. Raises BooksOutstanding (WO-18)."""
    if len(held) >= rule.value.held:
        raise BooksOutstanding(
            "the stubs of an earlier book are not returned",
            because=rule.because,
            books=[str(one) for one in held],
        )


def dispatches(person: Person | None, unit: str, rule: Ruling[RoleRule]) -> bool:
    """Whether somebody is there and dispatches in ``unit`` itself (WO-04)."""
    if person is None or not person.active:
        return False
    return any(post.unit == unit and post.role in rule.value.roles for post in person.posts)


def check_holder(person: Person | None, unit: str, rule: Ruling[RoleRule]) -> None:
    """Refuse a holder who does not dispatch in ``unit``. Raises HolderUnfit."""
    if not dispatches(person, unit, rule):
        raise HolderUnfit(
            "the holder has left or does not dispatch in the unit of the book",
            because=rule.because,
            errors={"holder_id": ["does not dispatch in the unit of the book"]},
        )
