"""What nobody may say to a customer: the section ``phrases``, in a pack of the house."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Length, Regexp

from shared.phrases import BannedPhrase
from shared.policy.packs import Merge, Section

# Letters and numbers are all that is compared: a saying without any would stand in every text.
SAYING = [Length(1, 60), Regexp(r".*[^\W_]")]


class PhraseSchema(Schema):
    """What nobody may say to a customer; ``*`` stands for what may be between (SC-20..SC-22)."""

    phrase = fields.String(required=True, validate=SAYING)
    opening = fields.Boolean(load_default=False)
    unless = fields.List(fields.String(validate=SAYING), load_default=list)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> BannedPhrase:
        return BannedPhrase(**{**data, "unless": tuple(data["unless"])})


PHRASES: Mapping[str, Section] = {
    "phrases": Section(
        schema=PhraseSchema(), facts=frozenset(), merges=frozenset({Merge.ADDITIVE})
    ),
}
