"""The section that says what two customers may not have in common."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Length

from customer.api.policies.forms import ONE_PACK, code
from customer.domain.duplicates import DuplicateRule, MarkKind
from shared.policy import Section

MOST_KINDS = 20


class DuplicateRuleSchema(Schema):
    """A mark by which a customer is told from others (CF-19); of documents the kinds whose number
    is one."""

    mark = fields.Enum(MarkKind, by_value=True, required=True)
    documents = fields.List(code(), load_default=list, validate=Length(max=MOST_KINDS))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> DuplicateRule:
        if (data["mark"] is MarkKind.DOCUMENT) != bool(data["documents"]):
            raise ValueError("A document has kinds, and nothing else has.")
        return DuplicateRule(data["mark"], tuple(data["documents"]))


def _mark(rule: DuplicateRule) -> MarkKind:
    return rule.mark


SECTIONS: Mapping[str, Section] = {
    "duplicates": Section(
        schema=DuplicateRuleSchema(), facts=frozenset({"kind"}), merges=ONE_PACK, key=_mark
    ),
}
