"""Every command on a book in every state: it leads where the table says, or changes nothing."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from dispatch.domain.book_counts import Count
from dispatch.domain.book_states import TRANSITIONS, BookCommand, BookState
from dispatch.domain.books import Book, Holding
from shared.rules import WrongState

NOW = datetime(2026, 2, 13, 9, tzinfo=UTC)
HOLDER, OTHER = UUID(int=2), UUID(int=3)
COUNT = Count(
    present=(1, 2),
    damaged=(),
    missing=(),
    blank_from=3,
    counted_at=NOW,
    counted_by=OTHER,
)


def book(state: BookState) -> Book:
    return Book(
        id=UUID(int=1),
        org_unit="dispatch-centre",
        book_no="1",
        first_page=1,
        last_page=4,
        purchased_at=NOW,
        state=state,
        holder_id=HOLDER,
        holdings=(Holding(HOLDER, 1),),
        count=COUNT if state is BookState.COUNTED else None,
    )


def give(command: BookCommand, one: Book) -> None:
    match command:
        case BookCommand.ISSUE:
            one.issue_to(OTHER, now=NOW)
        case BookCommand.HAND_OVER:
            one.hand_over(OTHER, next_page=3)
        case BookCommand.USE_PAGE | BookCommand.VOID_PAGE:
            one.check_page(command, 2)
        case BookCommand.RETURN:
            one.take_back(now=NOW)
        case BookCommand.COUNT:
            one.keep_count(COUNT)
        case BookCommand.CLOSE:
            one.close()
        case BookCommand.WRITE_OFF:
            one.write_off()


@pytest.mark.parametrize("state", BookState)
@pytest.mark.parametrize("command", BookCommand)
def test_a_command_leads_where_the_table_says_or_changes_nothing(state, command):
    one = book(state)
    before = dict(vars(one))
    if command in TRANSITIONS[state]:
        give(command, one)
        assert one.state is TRANSITIONS[state][command]
        return
    with pytest.raises(WrongState) as refused:
        give(command, one)
    assert vars(one) == before
    assert refused.value.extra == {
        "state": state.value,
        "allowed": [allowed.value for allowed in TRANSITIONS[state]],
    }


def test_every_state_has_a_row_and_two_are_ends():
    assert set(TRANSITIONS) == set(BookState)
    ends = {state for state, commands in TRANSITIONS.items() if not commands}
    assert ends == {BookState.CLOSED, BookState.WRITTEN_OFF}
