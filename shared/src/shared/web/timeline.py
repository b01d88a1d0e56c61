"""The history of a thing as its ``/timeline`` shows it."""

from collections.abc import Iterable, Mapping
from typing import Any

from marshmallow import Schema, fields
from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from shared.transaction import timeline
from shared.web.paging import make_cursor, read_cursor
from shared.web.problems import Problem
from shared.web.schemas import AwareTime, BecauseSchema, page_schema


class TimelineItemSchema(Schema):
    """One thing that happened: an event, or a note that was no event for others."""

    at = AwareTime(required=True)
    kind = fields.String(required=True)
    actor = fields.String(required=True)
    data = fields.Dict(keys=fields.String(), required=True)
    because = fields.Nested(BecauseSchema, required=True, allow_none=True)


TimelinePageSchema = page_schema(TimelineItemSchema)


def timeline_view(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """The journal's rows as items of a timeline."""
    return [
        {
            "at": row.at,
            "kind": row.kind,
            "actor": row.actor,
            "data": row.data,
            "because": row.because,
        }
        for row in rows
    ]


def timeline_page(
    session: Session,
    subject: str,
    args: Mapping[str, Any],
    *,
    only: Iterable[ColumnElement[bool]] = (),
) -> dict[str, Any]:
    """One page of the history of ``subject`` (``complaint/<id>``), oldest first.

    ``args`` are those of PageArgs. Whether the caller may see the subject was asked before; what
    of its history he may see ``only``, these conditions on the journal say.
    """
    mark = f"timeline of {subject}"
    after = _position(read_cursor(args["cursor"], mark)) if args["cursor"] else 0
    rows = timeline(session, subject, after=after, limit=args["limit"] + 1, only=only)
    shown = rows[: args["limit"]]
    more = len(rows) > len(shown)
    return {
        "items": timeline_view(shown),
        "next_cursor": make_cursor([shown[-1].position], mark) if more else None,
    }


def _position(values: list[Any]) -> int:
    if len(values) != 1 or type(values[0]) is not int or not 0 <= values[0] < 2**63:
        raise Problem(400, "cursor_invalid", "The cursor is not one of this list.")
    return int(values[0])
