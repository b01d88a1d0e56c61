"""What staff says on the telephone, by the packs that its unit follows (SC-00..SC-15)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.call_back_rules import Promise, check_promise
from complaint.domain.call_backs import CallBack
from complaint.domain.scripts import (
    Conduct,
    Direction,
    Script,
    Situation,
    fitting,
    named,
    spoken,
)
from complaint.domain.staff import Caller
from complaint.use_cases.call_backs import promise
from shared.policy import Policies
from shared.rules import Because, Ruling


@dataclass(frozen=True, kw_only=True)
class Guidance:
    """How to behave, and the scripts that were asked for."""

    conduct: list[Ruling[Conduct]]
    items: list[Ruling[Script]]


@dataclass(frozen=True, kw_only=True)
class Rendering:
    """A script as it is to be said, how to behave meanwhile, and the call that it promises."""

    code: str
    text: str
    because: Because
    conduct: list[Ruling[Conduct]]
    call_back: CallBack | None


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
    tx: ComplaintTransaction,
    code: str,
    *,
    by: Caller,
    on: date,
    variables: Mapping[str, str],
    promised: Promise | None = None,
) -> Rendering:
    """A script of the caller's unit with the words put in. One that promises a call is said by
    nobody who does not take on the task that goes with it (SC-04..SC-07, K-24).

    Raises UnitUnknown, NotFound, ScriptVariablesUnfit, PromiseMissing, NothingPromised, and as
    ``call_backs.promise``.
    """
    script = named(tx.policies.rulings("scripts", unit=by.unit, on=on), code)
    text, situation = spoken(script, variables), script.value.situation
    check_promise(script, promised)
    call_back = promise(tx, promised, by=by, situation=situation) if promised else None
    return Rendering(
        code=code,
        text=text,
        because=script.because,
        conduct=tx.policies.rulings("conduct", unit=by.unit, on=on),
        call_back=call_back,
    )
