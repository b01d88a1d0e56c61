"""The sections that grade a customer."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from marshmallow import Schema, fields, post_load

from customer.api.policies.forms import ONE_PACK, amount
from customer.domain.grading import SizeBand, SizeClass, faults
from shared.policy import Fault, Rule, Section


class SizeBandSchema(Schema):
    """The amounts of one size class (CL-01..CL-03); a band without ``below`` has no end."""

    size_class = fields.Enum(SizeClass, by_value=True, required=True)
    at_least = amount(required=True)
    below = amount(load_default=None)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> SizeBand:
        return SizeBand(**data)


def _check_bands(rules: Sequence[Rule]) -> Iterator[Fault]:
    for position, why in faults([rule.value for rule in rules]):
        yield Fault("" if position is None else f"{position}.value", why)


SECTIONS: Mapping[str, Section] = {
    "size": Section(
        schema=SizeBandSchema(), facts=frozenset(), merges=ONE_PACK, check=_check_bands
    ),
}
