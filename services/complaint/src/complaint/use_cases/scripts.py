"""What staff says on the telephone, by the packs that its unit follows (SC-00..SC-15)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from complaint.domain.scripts import (
    Conduct,
    Direction,
    Script,
    Situation,
    fitting,
    named,
    spoken,
)
from shared.policy import Policies
from shared.rules import Because, Ruling


@dataclass(frozen=True, kw_only=True)
class Guidance:
    """How to behave, and the scripts that were asked for."""

    conduct: list[Ruling[Conduct]]
    items: list[Ruling[Script]]


@dataclass(frozen=True, kw_only=True)
class Rendering:
    """A script as it is to be said, and how to behave meanwhile."""

    code: str
    text: str
    because: Because
    conduct: list[Ruling[Conduct]]


def guidance(
    policies: Policies,
    *,
    unit: str,
    on: date,
    direction: Direction | None,
    situation: Situation | None,
) -> Guidance:
    """The scripts of ``unit`` on that local day, in the order in which a call goes.

    Raises UnitUnknown.
    """
    scripts = policies.rulings("scripts", unit=unit, on=on)
    found = fitting(scripts, direction=direction, situation=situation)
    return Guidance(conduct=policies.rulings("conduct", unit=unit, on=on), items=found)


def render_script(
    policies: Policies, code: str, *, unit: str, on: date, variables: Mapping[str, str]
) -> Rendering:
    """A script of ``unit`` with the words put in. Raises UnitUnknown, NotFound,
    ScriptVariablesUnfit."""
    script = named(policies.rulings("scripts", unit=unit, on=on), code)
    return Rendering(
        code=code,
        text=spoken(script, variables),
        because=script.because,
        conduct=policies.rulings("conduct", unit=unit, on=on),
    )
