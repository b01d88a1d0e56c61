"""Printed work orders over HTTP: print a part, see what was printed, fetch it as PDF."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import wraps
from typing import Any, ParamSpec
from uuid import UUID

from flask import Response, request
from marshmallow import Schema, fields

from dispatch.adapters.press import Press
from dispatch.adapters.prints import Prints, prints
from dispatch.adapters.transaction import DispatchTransaction
from dispatch.adapters.work_orders import WorkOrders
from dispatch.api.access import ORDER_READERS, ORDER_WORKERS
from dispatch.domain.prints import Language, Part, Print
from dispatch.use_cases.prints import print_work_order, printed_together
from shared.policy import Rulebook
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, read_first, session, tx
from shared.web.kit import kit
from shared.web.paging import PageArgs, page
from shared.web.schemas import AwareTime, BecauseSchema, RequestSchema, page_schema

P = ParamSpec("P")

ALL = "/v1/work-orders/<uuid:order_id>/prints"
PDF = "application/pdf"
FILE = {"type": "string", "format": "binary"}


class Wanted(StrEnum):
    """What is to be printed: one part, or both on one paper."""

    STUB = "stub"
    COPY = "copy"
    BOTH = "both"


PARTS = {Wanted.STUB: (Part.STUB,), Wanted.COPY: (Part.COPY,), Wanted.BOTH: tuple(Part)}


class PrintWorkOrderSchema(RequestSchema):
    """Which part, and in which language; without one, in that which ``Accept-Language`` prefers."""

    part = fields.Enum(Wanted, by_value=True, required=True)
    language = fields.Enum(Language, by_value=True, load_default=None, allow_none=True)


class PrintSchema(Schema):
    """One part that was printed. ``copy_no`` 1 is the original; ``digest`` is the SHA-256 of what
    stands on it, which begins on the paper as well; ``number`` is that of the paper."""

    number = fields.Integer(required=True)
    part = fields.Enum(Part, by_value=True, required=True)
    copy_no = fields.Integer(required=True)
    language = fields.Enum(Language, by_value=True, required=True)
    printed_at = AwareTime(required=True)
    printed_by = fields.UUID(required=True)
    digest = fields.String(required=True)
    because = fields.Nested(BecauseSchema, required=True)


class PaperSchema(Schema):
    """What was printed together, and the address of its PDF."""

    number = fields.Integer(required=True)
    pdf = fields.String(required=True)
    parts = fields.List(fields.Nested(PrintSchema), required=True)


def blueprint(rulebook: Rulebook, press: Press) -> Blueprint:
    """Print, list what was printed, fetch it."""
    blp = Blueprint("prints", __name__, description="Work orders on paper")
    _printing(blp, press)
    _fetching(blp, rulebook, press)
    return blp


def _printing(blp: Blueprint, press: Press) -> None:
    @blp.post(ALL)
    @allow(*ORDER_WORKERS)
    @_with_type(press)
    @command
    @blp.arguments(PrintWorkOrderSchema)
    @blp.response(201, PaperSchema)
    def print_order(asked: dict[str, Any], order_id: UUID) -> dict[str, Any]:
        """Print an order, or a part of it; a part that was printed before is marked as a copy."""
        parts, language = PARTS[asked["part"]], asked["language"] or _preferred()
        caller = principal()
        made = print_work_order(tx(), order_id, parts=parts, language=language, caller=caller)
        return _paper(made)

    @blp.get(ALL)
    @allow(*ORDER_READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(PrintSchema))
    def list_order_prints(args: dict[str, Any], order_id: UUID) -> dict[str, Any]:
        """What was printed of an order, by whom and when."""
        order = WorkOrders(session()).get(order_id, principal())
        found = Prints(session()).of_order(order.id)
        return page(found, key=(prints.c.id,), args=args, session=session())


def _with_type(press: Press) -> Callable[[Callable[P, Response]], Callable[P, Response]]:
    """Refuse to print without type, and look for it before the transaction is open: to read the
    fonts for the first time takes a second. Raises TypeMissing."""

    def decorate(view: Callable[P, Response]) -> Callable[P, Response]:
        @wraps(view)
        def run(*args: P.args, **kwargs: P.kwargs) -> Response:
            press.check()
            return view(*args, **kwargs)

        return run

    return decorate


def _fetching(blp: Blueprint, rulebook: Rulebook, press: Press) -> None:
    @blp.get(f"{ALL}/<int(max=1000000):number>")
    @allow(*ORDER_WORKERS)
    @blp.response(200, FILE, content_type=PDF)
    def get_order_print(order_id: UUID, number: int) -> Response:
        """The paper as PDF, the same each time, for those who may print it."""
        found = read_first(lambda: _found(rulebook, order_id, number))
        answer = Response(press.print(found), mimetype=PDF)
        name = f"{found[0].sheet.order_no}-{number}.pdf"
        answer.headers.set("Content-Disposition", "attachment", filename=_ascii(name))
        return answer


def _found(rulebook: Rulebook, order_id: UUID, number: int) -> list[Print]:
    """What was printed, cut loose from the session that is about to be closed."""
    opened = DispatchTransaction(session(), "dispatch", kit().clock.now(), rulebook=rulebook)
    found = printed_together(opened, order_id, number, caller=principal())
    session().expunge_all()
    return found


def _paper(made: Sequence[Print]) -> dict[str, Any]:
    number, order_id = made[0].number, made[0].work_order_id
    at = f"/v1/work-orders/{order_id}/prints/{number}"
    return {"number": number, "pdf": at, "parts": made}


def _preferred() -> Language:
    """The language that the caller reads best; Chinese, where he reads none of the forms."""
    best = request.accept_languages.best_match(["zh-CN", "zh", "en"])
    return Language.ENGLISH if best == "en" else Language.CHINESE


def _ascii(name: str) -> str:
    return "".join(char if char.isascii() and char.isprintable() else "_" for char in name)
