"""The section that says by which schemes customers are graded."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Length, Range

from customer.api.policies.forms import ONE_PACK, code, role_codes, title
from customer.domain.grade_schemes import (
    GradeScheme,
    GradeValue,
    SchemeKind,
    Visibility,
    faults,
)
from shared.policy import Section

MOST_VALUES = 20


class GradeValueSchema(Schema):
    """One grade of a scheme; rank 1 is the best."""

    code = code(required=True)
    rank = fields.Integer(required=True, strict=True, validate=Range(1, MOST_VALUES))
    priority = fields.Integer(strict=True, validate=Range(1, MOST_VALUES), load_default=None)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> GradeValue:
        return GradeValue(**data)


class GradeSchemeSchema(Schema):
    """A scheme (K-01): its grades, who decides on them, and who may know them."""

    scheme = code(required=True)
    title = title(required=True)
    kind = fields.Enum(SchemeKind, by_value=True, required=True)
    values = fields.List(
        fields.Nested(GradeValueSchema), required=True, validate=Length(1, MOST_VALUES)
    )
    visibility = fields.Enum(Visibility, by_value=True, load_default=Visibility.PUBLIC)
    per_product = fields.Boolean(load_default=False)
    form = code(load_default=None)
    admitted_only = fields.Boolean(load_default=False)
    owner_initiates = fields.Boolean(load_default=False)
    raised_on_review = fields.Boolean(load_default=False)
    assigners = role_codes(load_default=list)
    proposers = role_codes(load_default=list)
    approvers = role_codes(load_default=list)
    skip_up = fields.Boolean(load_default=True)
    skip_down = fields.Boolean(load_default=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> GradeScheme:
        lists = ("values", "assigners", "proposers", "approvers")
        tuples = {name: tuple(data[name]) for name in lists}
        made = GradeScheme(**{**data, **tuples})
        for said in faults(made):
            raise ValueError(said)
        return made


def _scheme(scheme: GradeScheme) -> str:
    return scheme.scheme


SECTIONS: Mapping[str, Section] = {
    # Schemes of several packs hold side by side; of one scheme the first pack decides.
    "grade_schemes": Section(
        schema=GradeSchemeSchema(), facts=frozenset(), merges=ONE_PACK, key=_scheme
    ),
}
