"""How the values of the domain stand in columns, and the tables' one MetaData."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Dialect, MetaData, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import registry

from dispatch.domain.calendars import CalendarPlan
from dispatch.domain.call_backs import CallBack
from dispatch.domain.people import Address, Post
from dispatch.domain.signatures import Signature
from shared.envelope import plain
from shared.tables import NAMING
from shared.working_time import Calendar

metadata = MetaData(naming_convention=NAMING)
mapping = registry(metadata=metadata)


class AsJson(TypeDecorator[Any]):
    """A value of the domain as JSON; None is NULL. ``read`` makes the value from what is stored."""

    impl = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
    cache_ok = True

    def __init__(self, write: Callable[[Any], Any], read: Callable[[Any], Any]) -> None:
        super().__init__()
        self.write = write
        self.read = read

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002
        return None if value is None else self.write(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002
        return None if value is None else self.read(value)


def _signature(data: Mapping[str, Any]) -> Signature:
    return Signature(**{**data, "at": datetime.fromisoformat(data["at"])})


def _call_back(data: Mapping[str, Any]) -> CallBack:
    return CallBack(**{**data, "at": datetime.fromisoformat(data["at"]), "by": UUID(data["by"])})


def _posts(data: list[dict[str, str]]) -> tuple[Post, ...]:
    return tuple(Post(**one) for one in data)


def _addresses(data: list[dict[str, str]]) -> tuple[Address, ...]:
    return tuple(Address(**one) for one in data)


def _plan(data: Mapping[str, Any]) -> CalendarPlan:
    return CalendarPlan(**data)


PlanColumn = AsJson(CalendarPlan.to_data, _plan)
CalendarColumn = AsJson(Calendar.to_data, Calendar.from_data)
PostsColumn = AsJson(plain, _posts)
AddressesColumn = AsJson(plain, _addresses)
TextsColumn = AsJson(plain, tuple)
SignatureColumn = AsJson(plain, _signature)
CallBackColumn = AsJson(plain, _call_back)
