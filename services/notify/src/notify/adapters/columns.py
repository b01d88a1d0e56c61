"""How the values of the domain stand in columns, and the tables' one MetaData."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import MetaData
from sqlalchemy.orm import registry

from notify.domain.birthdays import Birthday, BirthdayCalendar
from notify.domain.contacts import Address
from shared.columns import AsJson
from shared.encrypted_columns import EncryptedColumn
from shared.envelope import plain
from shared.tables import NAMING

metadata = MetaData(naming_convention=NAMING)
mapping = registry(metadata=metadata)


def _addresses(text: str) -> tuple[Address, ...]:
    return tuple(Address(**one) for one in json.loads(text))


def _addresses_text(addresses: tuple[Address, ...]) -> str:
    return json.dumps(plain(addresses))


def _birthday(data: Mapping[str, Any]) -> Birthday:
    return Birthday(**{**data, "calendar": BirthdayCalendar(data["calendar"])})


AddressesColumn = EncryptedColumn(_addresses, write=_addresses_text)
BirthdayColumn = AsJson(_birthday)
TextsColumn = AsJson(tuple)
