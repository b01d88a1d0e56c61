"""Where a command leads from a state, read from the table of a kind of case."""

from collections.abc import Container, Mapping
from enum import StrEnum
from typing import TypeVar

from shared.rules import WrongState

State = TypeVar("State", bound=StrEnum)
Command = TypeVar("Command", bound=str)
Table = Mapping[State, Mapping[Command, State]]


def staying(state: State, *commands: Command) -> dict[Command, State]:
    """The part of a row that leads nowhere else: what can be done without going on."""
    return dict.fromkeys(commands, state)


def offered(
    table: Table[State, Command], state: State, *, by_event: Container[Command] = ()
) -> list[Command]:
    """What a person can do in that state; ``by_event`` is what no person asks for."""
    return [command for command in table[state] if command not in by_event]


def after(
    table: Table[State, Command],
    state: State,
    command: Command,
    *,
    by_event: Container[Command] = (),
) -> State:
    """The next state. Raises WrongState, which names what is possible."""
    possible = table[state]
    if command not in possible:
        raise WrongState(
            f"What is {state} does not take {command}.",
            state=state.value,
            allowed=[str(one) for one in offered(table, state, by_event=by_event)],
        )
    return possible[command]
