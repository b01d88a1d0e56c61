"""Columns that hold values of a domain as JSON."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Dialect, TypeDecorator

from shared.envelope import plain
from shared.rules import Because
from shared.tables import Json


class AsJson(TypeDecorator[Any]):
    """A value as JSON; None is NULL. ``read`` makes the value from what is stored, ``write`` what
    is stored from the value (by default its agreed plain form)."""

    impl = Json
    cache_ok = True

    def __init__(self, read: Callable[[Any], Any], *, write: Callable[[Any], Any] = plain) -> None:
        super().__init__()
        self.read = read
        self.write = write

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002
        return None if value is None else self.write(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002
        return None if value is None else self.read(value)


BecauseColumn = AsJson(Because.from_data)
