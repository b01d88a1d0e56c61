"""The section that says who may have an interest in a service."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, post_load

from customer.api.policies.forms import code, title
from customer.domain.interested_parties import PartyKind
from shared.policy import Merge, Section


class PartyKindSchema(Schema):
    """A kind of interested party (CF-41), and whether it is, or belongs to, a customer."""

    kind = code(required=True)
    title = title(required=True)
    of_customer = fields.Boolean(load_default=False)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> PartyKind:
        return PartyKind(**data)


SECTIONS: Mapping[str, Section] = {
    "interested_parties": Section(
        schema=PartyKindSchema(), facts=frozenset(), merges=frozenset({Merge.ADDITIVE})
    ),
}
