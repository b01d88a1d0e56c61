"""Which packs a unit follows, from a day on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from shared.org_units import chain, forget
from shared.outbox import upsert
from shared.policy.rulebook import Rulebook
from shared.policy.versions import in_force, read, versions
from shared.rules import Invalid
from shared.standing import Standing
from shared.tables import pack_activations
from shared.transaction import Transaction

# Made once, for every command asks which rules hold.
OF_UNITS = (
    select(pack_activations)
    .where(pack_activations.c.unit.in_(bindparam("units", expanding=True)))
    .order_by(pack_activations.c.effective_from)
)


class PackUnknown(Invalid):
    """A unit cannot follow a pack that is not there, or not in force yet on that day."""

    code = "pack_unknown"


class PacksUnfit(Invalid):
    """These packs cannot be followed together: one names what the others do not have."""

    code = "packs_unfit"


@dataclass(frozen=True, kw_only=True)
class Activation:
    """The packs, highest rank first, that ``unit`` follows from a day on; none: as its parent."""

    unit: str
    packs: tuple[str, ...]
    effective_from: date
    created_at: datetime
    created_by: str


def activate(
    tx: Transaction,
    unit: str,
    packs: Sequence[str],
    effective_from: date,
    *,
    rulebook: Rulebook,
) -> None:
    """From that day on ``unit``, and the units below it, follow ``packs``, highest rank first.

    No packs: from that day on the unit follows its parent again. A second activation for the same
    day replaces the first. Raises UnitUnknown, PackUnknown, PacksUnfit, and Invalid for a pack
    named twice.
    """
    chain(tx.session, unit)
    _refuse_unfit(tx.session, packs, effective_from, rulebook)
    said = {"packs": list(packs), "created_at": tx.now, "created_by": tx.origin.actor}
    insert = upsert(tx.session.get_bind().dialect)(pack_activations)
    statement = insert.values(unit=unit, effective_from=effective_from, **said)
    tx.session.execute(
        statement.on_conflict_do_update(index_elements=["unit", "effective_from"], set_=said)
    )
    forget(tx.session)
    tx.record("policy.packs_activated", f"unit/{unit}", packs=packs, effective_from=effective_from)


def _refuse_unfit(session: Session, packs: Sequence[str], on: date, rulebook: Rulebook) -> None:
    if len(set(packs)) < len(packs):
        raise Invalid("A pack is named twice.", errors={"packs": ["A pack is named twice."]})
    known = in_force(versions(session, rulebook, packs), on)
    unfit = [name for name in packs if name not in known]
    if unfit:
        said = f"Not in force on {on.isoformat()}: {', '.join(unfit)}."
        raise PackUnknown(said, errors={"packs": [said]})
    if rulebook.misfits:
        wrong = list(rulebook.misfits([read(session, rulebook, known[name]) for name in packs]))
        if wrong:
            raise PacksUnfit("These packs do not work together.", errors={"packs": wrong})


def activations(session: Session, units: Sequence[str]) -> list[Activation]:
    """All activations of ``units``, the earliest effective first."""
    rows = session.connection().execute(OF_UNITS, {"units": units})
    return [_activation(one) for one in rows]


def _activation(row: Any) -> Activation:
    return Activation(
        unit=row.unit,
        packs=tuple(row.packs),
        effective_from=row.effective_from,
        created_at=row.created_at,
        created_by=row.created_by,
    )


def packs_followed(standing: Standing, on: date) -> tuple[str, ...] | None:
    """What the unit itself follows, else the nearest unit above it; None where none follows any."""
    latest = {one.unit: one for one in standing.followed if one.effective_from <= on}
    return next(
        (latest[one].packs for one in standing.chain if one in latest and latest[one].packs), None
    )
