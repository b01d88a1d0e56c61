"""By when what has to be done, and for which reasons a complaint may stand still."""

from collections.abc import Iterator, Sequence
from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Range

from complaint.api.policies.forms import SIDE_BY_SIDE, number
from complaint.domain.clock_rules import ClockRule, OnChange, Reopening, TimeUnit
from complaint.domain.clocks import ClockName
from complaint.domain.pauses import PauseReason, PauseRule
from shared.policy import Fault, Rule, Section
from shared.working_time import CountMode


class ClockRuleSchema(Schema):
    """How much time a clock gives; ``when`` says which clock (CP-02, CP-17, CP-26)."""

    within = fields.Integer(required=True, strict=True, validate=Range(min=1, max=999))
    unit = fields.Enum(TimeUnit, by_value=True, required=True)
    count_mode = fields.Enum(CountMode, by_value=True, load_default=CountMode.END_OF_DAY)
    hard = fields.Boolean(required=True)
    warn_hours = fields.Integer(load_default=0, strict=True, validate=Range(min=0, max=999))
    supervisor_tier = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=Range(min=1, max=99)
    )
    pauses = fields.List(fields.Enum(PauseReason, by_value=True), load_default=list)
    reopening = fields.Enum(Reopening, by_value=True, load_default=Reopening.RESTART)
    on_change = fields.Enum(OnChange, by_value=True, load_default=OnChange.RETIME)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> ClockRule:
        return ClockRule(**{**data, "pauses": frozenset(data["pauses"])})


class PauseRuleSchema(Schema):
    """For which reason, and how long at most, a complaint may stand still."""

    reason = fields.Enum(PauseReason, by_value=True, required=True)
    longest_days = number()

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> PauseRule:
        return PauseRule(**data)


def check_clocks(rules: Sequence[Rule]) -> Iterator[Fault]:
    """Every rule says of which clock it is: one that is misspelt would time nothing."""
    known = {name.value for name in ClockName}
    for position, rule in enumerate(rules):
        named = rule.when.get("clock", ())
        for unknown in sorted({str(one) for one in named} - known):
            yield Fault(f"{position}.when.clock", f"There is no clock {unknown}.")
        if not named:
            yield Fault(f"{position}.when", "Say of which clock.")


SECTIONS = {
    "clocks": Section(
        schema=ClockRuleSchema(),
        facts=frozenset({"clock", "level", "complainant"}),
        merges=SIDE_BY_SIDE,
        check=check_clocks,
    ),
    "pauses": Section(schema=PauseRuleSchema(), facts=frozenset(), merges=SIDE_BY_SIDE),
}
