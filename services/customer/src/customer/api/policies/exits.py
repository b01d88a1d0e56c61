"""The section on who proposes and decides that a cooperation is adjusted or ends."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Length

from customer.api.policies.forms import ONE_PACK, code, role_codes
from customer.domain.exits import ExitRule
from shared.policy import Section

MOST_REASONS = 40


class ExitRuleSchema(Schema):
    """For which reasons an exit is proposed and by which roles, and which of them decide
    (AD-23)."""

    reasons = fields.List(code(), required=True, validate=Length(1, MOST_REASONS))
    proposers = role_codes(least=1, required=True)
    approvers = role_codes(least=1, required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> ExitRule:
        return ExitRule(**{name: tuple(value) for name, value in data.items()})


SECTIONS: Mapping[str, Section] = {
    "exits": Section(schema=ExitRuleSchema(), facts=frozenset({"exit"}), merges=ONE_PACK),
}
