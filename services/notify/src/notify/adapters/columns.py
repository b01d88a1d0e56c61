"""How the values of the domain stand in columns, and the tables' one MetaData."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Dialect, MetaData, TypeDecorator
from sqlalchemy.orm import registry

from notify.domain.birthdays import Birthday, BirthdayCalendar
from notify.domain.contacts import Address
from shared.envelope import plain
from shared.rules import Because
from shared.tables import NAMING, Json

metadata = MetaData(naming_convention=NAMING)
mapping = registry(metadata=metadata)


class AsJson(TypeDecorator[Any]):
    """A value of the domain as JSON; None is NULL. ``read`` makes the value from what is stored."""

    impl = Json
    cache_ok = True

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__()
        self.read = read

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002
        return None if value is None else plain(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002
        return None if value is None else self.read(value)


def _addresses(data: list[dict[str, str]]) -> tuple[Address, ...]:
    return tuple(Address(**one) for one in data)


def _birthday(data: Mapping[str, Any]) -> Birthday:
    return Birthday(**{**data, "calendar": BirthdayCalendar(data["calendar"])})


AddressesColumn = AsJson(_addresses)
BirthdayColumn = AsJson(_birthday)
BecauseColumn = AsJson(Because.from_data)
TextsColumn = AsJson(tuple)
