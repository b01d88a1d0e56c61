"""The sections on the list of open orders: when it appears, and how it is handed over (WO-17)."""

from collections.abc import Iterable, Mapping, Sequence

from marshmallow import fields

from dispatch.api.policies.values import one, roles, values, whole
from dispatch.domain.daily_checks import DailyCheckRule
from dispatch.domain.deadlines import ClockRule, TimeUnit
from dispatch.domain.handovers import HandoverRule
from dispatch.domain.roles import Role
from shared.policy import Fault, Rule, Section

A_WEEK = 7 * 24 * 60  # The longest that one waits, in minutes.
A_SHIFT = 12 * 60  # The longest time before the end of a shift, in minutes.

# By when the hand-over is due after the end of the shift, and how often one reminds.
CLOCK = values(
    ClockRule,
    {
        "unit": fields.Enum(TimeUnit, by_value=True, required=True),
        "within": whole(1, A_WEEK),
        "again": whole(1, A_WEEK),
    },
)


def _check_superiors(rules: Sequence[Rule]) -> Iterable[Fault]:
    """Whoever works alone and may not receive from himself needs somebody above dispatchers."""
    for index, rule in enumerate(rules):
        value: HandoverRule = rule.value
        if not value.alone and set(value.superiors) <= {Role.DISPATCHER}:
            yield Fault(f"{index}.value.superiors", "Nobody would receive from who is alone.")


SECTIONS: Mapping[str, Section] = {
    "daily_check": one(values(DailyCheckRule, {"minutes": whole(1, A_SHIFT), "roles": roles()})),
    "handover": one(
        values(
            HandoverRule,
            {
                "clock": fields.Nested(CLOCK, required=True),
                "superiors": roles(),
                "moves_orders": fields.Boolean(required=True),
                "alone": fields.Boolean(required=True),
            },
        ),
        _check_superiors,
    ),
}
