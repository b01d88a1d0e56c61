"""How values that several sections hold are written."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length, Range

from complaint.domain.staff import Role
from shared.policy import Merge

AT_LEAST_ONE = Length(min=1)
ONE_PACK = frozenset({Merge.REPLACE})
SIDE_BY_SIDE = frozenset({Merge.ADDITIVE})


def number(**options: Any) -> fields.Integer:
    """A level, a tier, an amount of time: from 1 to 99."""
    return fields.Integer(required=True, strict=True, validate=Range(min=1, max=99), **options)


def roles() -> fields.List[Role]:
    """One or more roles."""
    role = fields.Enum(Role, by_value=True)
    return fields.List(role, required=True, validate=AT_LEAST_ONE)
