"""Where a book of blank orders stands, and what can be done with it there: one table (WO-03)."""

from enum import StrEnum

from shared.rules import WrongState


class BookState(StrEnum):
    """Where a book is: blank in the stock, with a dispatcher, or back from one."""

    IN_STOCK = "in_stock"
    ISSUED = "issued"
    RETURNED = "returned"
    COUNTED = "counted"
    CLOSED = "closed"
    WRITTEN_OFF = "written_off"


class BookCommand(StrEnum):
    """What can be done with a book. Entering an order from one of its pages is ``use_page``."""

    ISSUE = "issue"
    HAND_OVER = "hand_over"
    USE_PAGE = "use_page"
    VOID_PAGE = "void_page"
    RETURN = "return"
    COUNT = "count"
    CLOSE = "close"
    WRITE_OFF = "write_off"


# What was written on paper may be entered after the book came back, until it is closed.
TRANSITIONS: dict[BookState, dict[BookCommand, BookState]] = {
    BookState.IN_STOCK: {
        BookCommand.ISSUE: BookState.ISSUED,
        BookCommand.WRITE_OFF: BookState.WRITTEN_OFF,
    },
    BookState.ISSUED: {
        BookCommand.HAND_OVER: BookState.ISSUED,
        BookCommand.USE_PAGE: BookState.ISSUED,
        BookCommand.VOID_PAGE: BookState.ISSUED,
        BookCommand.RETURN: BookState.RETURNED,
    },
    BookState.RETURNED: {
        BookCommand.USE_PAGE: BookState.RETURNED,
        BookCommand.VOID_PAGE: BookState.RETURNED,
        BookCommand.COUNT: BookState.COUNTED,
    },
    BookState.COUNTED: {
        BookCommand.USE_PAGE: BookState.COUNTED,
        BookCommand.VOID_PAGE: BookState.COUNTED,
        BookCommand.COUNT: BookState.COUNTED,
        BookCommand.CLOSE: BookState.CLOSED,
    },
    BookState.CLOSED: {},
    BookState.WRITTEN_OFF: {},
}


def after(state: BookState, command: BookCommand) -> BookState:
    """Where ``command`` leads from ``state``. Raises WrongState, which names what is possible."""
    possible = TRANSITIONS[state]
    if command not in possible:
        raise WrongState(
            f"a book that is {state} does not take {command}",
            state=state.value,
            allowed=[one.value for one in possible],
        )
    return possible[command]
