"""The sections on who keeps the standards of the company, and on who is eliminated."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Length, Range

from customer.api.policies.forms import ONE_PACK, code, role_codes
from customer.domain.standards import Criterion, EliminationRule, Keeper
from shared.policy import Section

LONGEST = 60  # months
MOST_DOCUMENTS = 20
# What each criterion is measured by.
MEASURES = {
    Criterion.LOW_SCORE: "score_below",
    Criterion.NO_PURCHASE: "months",
    Criterion.DOCUMENTS_LAPSED: "documents",
}


class KeeperSchema(Schema):
    """The roles that keep a standard (AD-13)."""

    roles = role_codes(least=1, required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Keeper:
        return Keeper(tuple(data["roles"]))


class EliminationRuleSchema(Schema):
    """One criterion of elimination, with what it is measured by and nothing else (AD-22)."""

    criterion = fields.Enum(Criterion, by_value=True, required=True)
    score_below = fields.Integer(strict=True, validate=Range(1, 100), load_default=None)
    months = fields.Integer(strict=True, validate=Range(1, LONGEST), load_default=None)
    documents = fields.List(code(), load_default=list, validate=Length(max=MOST_DOCUMENTS))

    @validates_schema
    def _measured(self, data: dict[str, Any], **_: Any) -> None:
        for criterion, measure in MEASURES.items():
            if bool(data[measure]) != (criterion is data["criterion"]):
                raise ValidationError(f"Belongs to {criterion}, and to that alone.", measure)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> EliminationRule:
        return EliminationRule(**{**data, "documents": tuple(data["documents"])})


def _criterion(rule: EliminationRule) -> str:
    return rule.criterion


SECTIONS: Mapping[str, Section] = {
    "standard_keepers": Section(
        schema=KeeperSchema(), facts=frozenset({"standard"}), merges=ONE_PACK
    ),
    "elimination": Section(
        schema=EliminationRuleSchema(), facts=frozenset(), merges=ONE_PACK, key=_criterion
    ),
}
