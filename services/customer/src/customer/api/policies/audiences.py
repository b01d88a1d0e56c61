"""The section that says whom events name to be told of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from marshmallow import Schema, fields, post_load

from customer.api.policies.forms import role_codes
from customer.domain.audiences import EVENTS, Audience
from shared.policy import Fault, Merge, Rule, Section


class AudienceSchema(Schema):
    """Roles, and whether the owner is told; somebody has to be."""

    nearest = role_codes(load_default=list)
    everywhere = role_codes(load_default=list)
    owner = fields.Boolean(load_default=False)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Audience:
        if not any(data.values()):
            raise ValueError("Nobody is told.")
        return Audience(
            nearest=tuple(data["nearest"]),
            everywhere=tuple(data["everywhere"]),
            owner=data["owner"],
        )


def _check(rules: Sequence[Rule]) -> Iterable[Fault]:
    """A rule for an event that names nobody would never be asked for."""
    for index, rule in enumerate(rules):
        named = rule.when.get("event", ())
        if not named or not set(named) <= set(EVENTS):
            yield Fault(f"{index}.when.event", f"One of {', '.join(EVENTS)}.")


SECTIONS: Mapping[str, Section] = {
    "audiences": Section(
        schema=AudienceSchema(),
        facts=frozenset({"event"}),
        merges=frozenset({Merge.ADDITIVE, Merge.REPLACE}),
        check=_check,
    ),
}
