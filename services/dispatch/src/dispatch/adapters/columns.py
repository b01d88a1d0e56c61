"""How the values of the domain stand in columns, and the tables' one MetaData."""

import json
from collections.abc import Mapping
from datetime import datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import MetaData
from sqlalchemy.orm import registry

from dispatch.domain.assignment import Assignment, Reason
from dispatch.domain.book_counts import Count
from dispatch.domain.books import Holding
from dispatch.domain.calendars import CalendarPlan
from dispatch.domain.call_backs import CallBack
from dispatch.domain.command_conflicts import Change, OrderChange
from dispatch.domain.people import Address, Post
from dispatch.domain.priorities import Preference
from dispatch.domain.progress import ProgressReport
from dispatch.domain.queued_commands import Standing
from dispatch.domain.signatures import Signature
from dispatch.domain.unable import Decision, UnableReport
from dispatch.domain.work_order_states import State
from shared.columns import AsJson
from shared.encrypted_columns import EncryptedColumn
from shared.envelope import plain
from shared.rules import Because
from shared.tables import NAMING
from shared.working_time import Calendar, Window

metadata = MetaData(naming_convention=NAMING)
mapping = registry(metadata=metadata)


def _signature(data: Mapping[str, Any]) -> Signature:
    return Signature(**_read({"proof_id": None, **data}, times=("at",), ids=("proof_id",)))


def _call_back(data: Mapping[str, Any]) -> CallBack:
    return CallBack(**{**data, "at": datetime.fromisoformat(data["at"]), "by": UUID(data["by"])})


def _reports(data: list[dict[str, Any]]) -> tuple[ProgressReport, ...]:
    return tuple(ProgressReport(**_read(one, times=("at", "expected_at"))) for one in data)


def _unable(data: Mapping[str, Any]) -> UnableReport:
    read = _read(data, times=("at", "decided_at"), ids=("by", "decided_by"))
    return UnableReport(**{**read, "decision": data["decision"] and Decision(data["decision"])})


def _assignment(data: Mapping[str, Any]) -> Assignment:
    reasons = tuple(_reason(one) for one in data["reasons"])
    return Assignment(
        **{**_read(data, times=("at",), ids=("by", "receiver_id")), "reasons": reasons}
    )


def _reason(data: Mapping[str, Any]) -> Reason:
    return Reason(data["criterion"], data["value"], Because.from_data(data["because"]))


def _preference(data: Mapping[str, Any]) -> Preference:
    return Preference(**data)


def _count(data: Mapping[str, Any]) -> Count:
    read = _read(data, times=("counted_at",), ids=("counted_by",))
    return Count(**read | {name: tuple(read[name]) for name in ("present", "damaged", "missing")})


def _holdings(data: list[dict[str, Any]]) -> tuple[Holding, ...]:
    return tuple(Holding(**_read(one, times=(), ids=("holder_id",))) for one in data)


def _read(
    data: Mapping[str, Any], *, times: tuple[str, ...], ids: tuple[str, ...] = ("by",)
) -> dict[str, Any]:
    """``data`` with its times and ids as such; those that are None stay so."""
    found = dict.fromkeys(times, datetime.fromisoformat) | dict.fromkeys(ids, UUID)
    return dict(data) | {name: data[name] and read(data[name]) for name, read in found.items()}


def _posts(data: list[dict[str, str]]) -> tuple[Post, ...]:
    return tuple(Post(**one) for one in data)


def _addresses(text: str) -> tuple[Address, ...]:
    return tuple(Address(**one) for one in json.loads(text))


def _addresses_text(addresses: tuple[Address, ...]) -> str:
    return json.dumps(plain(addresses))


def _window(data: list[str]) -> Window:
    opens, closes = (time.fromisoformat(text) for text in data)
    return Window(opens, closes)


def _window_data(window: Window) -> list[str]:
    return [window.opens.isoformat(), window.closes.isoformat()]


def _plan(data: Mapping[str, Any]) -> CalendarPlan:
    return CalendarPlan(**data)


def _standing(data: Mapping[str, Any]) -> Standing:
    changes = (
        OrderChange(
            **_read(one, times=("at",), ids=("device_id", "receiver_id"))
            | {"change": Change(one["change"])}
        )
        for one in data["changes"]
    )
    state = data["state"] and State(data["state"])
    return Standing(state=state, version=data["version"], changes=tuple(changes))


PlanColumn = AsJson(_plan, write=CalendarPlan.to_data)
CalendarColumn = AsJson(Calendar.from_data, write=Calendar.to_data)
PostsColumn = AsJson(_posts)
AddressesColumn = EncryptedColumn(_addresses, write=_addresses_text)
TextsColumn = AsJson(tuple)
SignatureColumn = AsJson(_signature)
CallBackColumn = AsJson(_call_back)
ReportsColumn = AsJson(_reports)
UnableColumn = AsJson(_unable)
WindowColumn = AsJson(_window, write=_window_data)
WeekdaysColumn = AsJson(frozenset, write=sorted)
StandingColumn = AsJson(_standing)
AssignmentColumn = AsJson(_assignment)
PreferenceColumn = AsJson(_preference)
CountColumn = AsJson(_count)
HoldingsColumn = AsJson(_holdings)
