"""Who hears what staff told customers."""

from typing import Any

from marshmallow import Schema, post_load

from complaint.api.policies.forms import ONE_PACK, roles
from complaint.domain.phrase_flags import FlagRule
from shared.policy import Section
from shared.policy.phrases import PHRASES


class FlagRuleSchema(Schema):
    """Who hears of a banned phrase in a record (SC-23)."""

    supervisors = roles()

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> FlagRule:
        return FlagRule(tuple(data["supervisors"]))


SECTIONS = {
    **PHRASES,
    "phrase_flags": Section(schema=FlagRuleSchema(), facts=frozenset(), merges=ONE_PACK),
}
