"""How the values of the domain stand in columns, and the tables' one MetaData."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import MetaData
from sqlalchemy.orm import registry

from notify.domain.birthdays import Birthday, BirthdayCalendar
from notify.domain.contacts import Address
from shared.columns import AsJson
from shared.tables import NAMING

metadata = MetaData(naming_convention=NAMING)
mapping = registry(metadata=metadata)


def _addresses(data: list[dict[str, str]]) -> tuple[Address, ...]:
    return tuple(Address(**one) for one in data)


def _birthday(data: Mapping[str, Any]) -> Birthday:
    return Birthday(**{**data, "calendar": BirthdayCalendar(data["calendar"])})


AddressesColumn = AsJson(_addresses)
BirthdayColumn = AsJson(_birthday)
TextsColumn = AsJson(tuple)
