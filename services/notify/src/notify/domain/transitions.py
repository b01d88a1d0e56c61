"""Where a command leads from a state, read from the table of an area."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from shared.rules import WrongState

State = TypeVar("State", bound=StrEnum)
Command = TypeVar("Command", bound=StrEnum)


def after(table: Mapping[State, Mapping[Command, State]], state: State, command: Command) -> State:
    """The next state. Raises WrongState, which names what is possible."""
    possible = table[state]
    if command not in possible:
        raise WrongState(
            f"What is {state} does not take {command}.",
            state=state.value,
            allowed=[one.value for one in possible],
        )
    return possible[command]
