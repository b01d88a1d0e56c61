"""What goes over HTTP about grades: requests and answers."""

from collections.abc import Iterable
from typing import Any

from marshmallow import Schema, fields
from marshmallow.validate import Range

from customer.api.texts import Amount
from customer.domain.grades import Grade
from customer.domain.staff import Role
from shared.rules import NotFound
from shared.web.auth import principal
from shared.web.schemas import AwareTime, BecauseSchema, RequestSchema

GRADE = r"[a-z][a-z0-9_]{0,39}:[a-z][a-z0-9_]{0,39}\Z"
MOST_ORDERS = 1_000_000


class GradeSchema(Schema):
    """A grade that a customer holds in a unit, and the clause that gave it. ``product`` is empty
    where it holds for all that the unit sells."""

    unit = fields.String(required=True)
    scheme = fields.String(required=True)
    product = fields.String(required=True)
    grade = fields.String(required=True)
    because = fields.Nested(BecauseSchema, required=True)
    graded_at = AwareTime(required=True)


class ShownGrades(fields.List[Any]):
    """The grades of a customer, without those that the reader must not know of."""

    def __init__(self, **options: Any) -> None:
        super().__init__(fields.Nested(GradeSchema), **options)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return super()._serialize(may_know(value), attr, obj, **kwargs)


class GradesSchema(Schema):
    """All grades that a customer holds and that the reader may know of."""

    customer_id = fields.UUID(required=True, attribute="id")
    grades = ShownGrades(required=True)


def may_know(grades: Iterable[Grade]) -> list[Grade]:
    """Of ``grades`` those that the caller may know: a customer no internal one (CL-32)."""
    return [grade for grade in grades if not (grade.internal and is_customer())]


def is_customer() -> bool:
    """Whether the caller is a customer's own contact, whatever else he is."""
    return Role.CUSTOMER_PORTAL in principal().roles


def check_staff() -> None:
    """Raise NotFound for a customer's own contact: what he must not know is not there (CL-32)."""
    if is_customer():
        raise NotFound("There is nothing of that kind.")


class TellPurchasesSchema(RequestSchema):
    """What a customer bought in the year up to his last purchase; replaces what was told before."""

    amount = Amount(required=True)
    frequency = fields.Integer(required=True, strict=True, validate=Range(min=1, max=MOST_ORDERS))
    last_on = fields.Date(required=True)
