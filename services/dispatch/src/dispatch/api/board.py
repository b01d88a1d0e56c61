"""The board of a unit over HTTP."""

from collections import defaultdict
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from marshmallow import Schema, fields
from marshmallow.validate import Range

from dispatch.adapters.board import Board
from dispatch.adapters.units import Units
from dispatch.api.access import ORDER_READERS
from dispatch.api.work_order_schemas import PreferenceSchema
from dispatch.domain.board import OPEN, Column, Days, Due, counted
from dispatch.domain.work_order_states import State
from shared.org_units import CalendarMissing, calendar_of
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import query, session
from shared.web.kit import kit
from shared.web.schemas import AwareTime


class By(StrEnum):
    """What the columns of a board stand for."""

    STATE = "state"
    DUE = "due"


COLUMNS: dict[By, tuple[Column, ...]] = {By.STATE: OPEN, By.DUE: tuple(Due)}


class BoardArgs(Schema):
    """Whether the units below count as well, what the columns are, and how many orders to show of
    each."""

    below = fields.Boolean(load_default=True)
    columns = fields.Enum(By, by_value=True, load_default=By.STATE)
    first = fields.Integer(load_default=5, validate=Range(0, 20))


class BoardOrderSchema(Schema):
    """As much of an order as stands on a board."""

    work_order_id = fields.UUID(required=True, attribute="id")
    org_unit = fields.String(required=True)
    state = fields.Enum(State, by_value=True, required=True)
    order_no = fields.String(required=True, allow_none=True)
    category = fields.String(required=True, allow_none=True)
    dispatcher_id = fields.UUID(required=True, allow_none=True)
    receiver_id = fields.UUID(required=True, allow_none=True)
    customer_id = fields.UUID(required=True, allow_none=True)
    preference = fields.Nested(PreferenceSchema, required=True)
    reply_due_at = AwareTime(required=True)
    next_due_at = AwareTime(required=True, allow_none=True)


class BoardColumnSchema(Schema):
    """One column: how many orders stand in it, and the first of them in the order of the queue."""

    column = fields.String(required=True)
    count = fields.Integer(required=True)
    orders = fields.List(fields.Nested(BoardOrderSchema), required=True)


class InHandSchema(Schema):
    """How many orders a receiver has to carry out; null: those that have none yet."""

    receiver_id = fields.UUID(required=True, allow_none=True)
    count = fields.Integer(required=True)


def _counts(*names: str) -> fields.Nested:
    """How many orders there are of each name."""
    title = f"Board{names[0].title()}CountsSchema"
    made = Schema.from_dict({n: fields.Integer(required=True) for n in names}, name=title)
    return fields.Nested(made, required=True)


class BoardSchema(Schema):
    """The open orders that lie in a unit. ``due`` counts those that are still to be carried out, by
    the days of the unit."""

    org_unit = fields.String(required=True)
    below = fields.Boolean(required=True)
    at = AwareTime(required=True)
    states = _counts(*OPEN)
    due = _counts(*Due)
    in_hand = fields.List(fields.Nested(InHandSchema), required=True)
    columns = fields.List(fields.Nested(BoardColumnSchema), required=True)


def blueprint() -> Blueprint:
    """The board."""
    blp = Blueprint("board", __name__, description="The board of a unit")

    @blp.get("/v1/units/<unit>/board")
    @allow(*ORDER_READERS)
    @query
    @blp.arguments(BoardArgs, location="query")
    @blp.response(200, BoardSchema)
    def get_board(args: dict[str, Any], unit: str) -> dict[str, Any]:
        """The open orders of a unit by state, by due time and by receiver."""
        Units(session()).get(unit, seen_from=principal().unit)
        return _shown(unit, **args)

    return blp


def _shown(unit: str, *, below: bool, columns: By, first: int) -> dict[str, Any]:
    now = kit().clock.now()
    board = Board(session(), unit, Days.of(now, _zone(unit)), below=below)
    counts = counted(board.cells())
    orders = defaultdict(list)
    filled = [one for one in COLUMNS[columns] if counts.of(one)]
    for column, order in board.first(filled, first):
        orders[column].append(order)
    return {
        "org_unit": unit,
        "below": below,
        "at": now,
        "states": counts.states,
        "due": counts.due,
        "in_hand": [{"receiver_id": who, "count": count} for who, count in counts.busiest_first()],
        "columns": [
            {"column": one.value, "count": counts.of(one), "orders": orders[one]}
            for one in COLUMNS[columns]
        ],
    }


def _zone(unit: str) -> ZoneInfo:
    try:
        return ZoneInfo(calendar_of(session(), unit).zone)
    except CalendarMissing:
        return ZoneInfo("UTC")
