"""Parts that the values of several sections have in common."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length, OneOf, Range, Regexp

from customer.domain.staff import Role
from shared.policy import Merge

ONE_PACK = frozenset({Merge.REPLACE})
CODE = r"[a-z][a-z0-9_]{0,39}\Z"
LONGEST_DELAY = 365  # days


def amount(**options: Any) -> fields.Decimal:
    """An amount in 10,000 yuan."""
    return fields.Decimal(places=4, validate=Range(min=0), **options)


def code(**options: Any) -> fields.String:
    """A name that other values refer to."""
    return fields.String(validate=Regexp(CODE), **options)


def role(**options: Any) -> fields.String:
    """A role code of ``shared/contracts/roles.json``."""
    return fields.String(validate=OneOf([one.value for one in Role]), **options)


def role_codes(*, least: int = 0, **options: Any) -> fields.List[str]:
    """Several of them; ``least`` says how many are needed."""
    return fields.List(role(), validate=Length(least, len(Role)), **options)


def title(**options: Any) -> fields.String:
    """What people call it, in any language."""
    return fields.String(validate=Length(1, 120), **options)


def days(**options: Any) -> fields.Integer:
    """A number of days, which the section says how to count."""
    return fields.Integer(strict=True, validate=Range(0, LONGEST_DELAY), **options)
