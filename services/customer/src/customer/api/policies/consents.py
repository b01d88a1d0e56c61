"""The sections that say what may be told to others, and what the staff signs."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Length, Range

from customer.api.policies.forms import ONE_PACK, code
from customer.domain.legal_bases import LegalBasis
from customer.domain.secrecy import SecrecyDuty
from shared.policy import Merge, Section

LONGEST_TEXT = 200
LONGEST_WORDING = 60
LONGEST_DUTY = 120  # months


class LegalBasisSchema(Schema):
    """A ground on which the law lets us tell a third party without consent (CF-09)."""

    basis = code(required=True)
    ground = fields.String(required=True, validate=Length(1, LONGEST_TEXT))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> LegalBasis:
        return LegalBasis(**data)


class SecrecyDutySchema(Schema):
    """The wording of the duty of secrecy, and after how many months it is signed anew (CF-12)."""

    wording = fields.String(required=True, validate=Length(1, LONGEST_WORDING))
    renew_months = fields.Integer(required=True, strict=True, validate=Range(1, LONGEST_DUTY))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> SecrecyDuty:
        return SecrecyDuty(**data)


def _basis(ground: LegalBasis) -> str:
    return ground.basis


SECTIONS: Mapping[str, Section] = {
    "legal_bases": Section(
        schema=LegalBasisSchema(),
        facts=frozenset(),
        merges=frozenset({Merge.REPLACE, Merge.ADDITIVE}),
        key=_basis,
    ),
    "secrecy": Section(schema=SecrecyDutySchema(), facts=frozenset(), merges=ONE_PACK),
}
