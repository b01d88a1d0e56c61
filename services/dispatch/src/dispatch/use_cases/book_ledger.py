"""Enter what happens to books into the ledger of the stock (WO-03)."""

from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.books import Book, Movement, MovementKind
from shared.ids import new_id


def enter_movement(
    tx: DispatchTransaction,
    book: Book,
    kind: MovementKind,
    *,
    by: UUID,
    pages: int,
    reason: str | None = None,
) -> None:
    """Keep who did what with a book, after it was done."""
    line = Movement(
        id=new_id(),
        book_id=book.id,
        org_unit=book.org_unit,
        kind=kind,
        state=book.state,
        pages=pages,
        month=f"{tx.day_of(book.org_unit, tx.now):%Y-%m}",
        recorded_at=tx.now,
        recorded_by=by,
        holder_id=book.holder_id,
        reason=reason,
    )
    tx.book_movements.add(line)
    tx.record(f"book.{kind}", f"book/{book.id}", pages=pages, holder_id=book.holder_id)
