"""The versions of packs, built in and added by an operator.

A version never changes: what decided a case can be read for as long as the case.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from shared.ids import new_id
from shared.org_units import forget
from shared.outbox import upsert
from shared.policy.packs import Pack
from shared.policy.parsing import parse
from shared.policy.rulebook import Rulebook
from shared.rules import RuleBroken
from shared.standing import Standing
from shared.tables import policy_packs
from shared.transaction import Transaction

# Made once, for every command asks which rules hold.
STORED = select(
    policy_packs.c.pack,
    policy_packs.c.version,
    policy_packs.c.effective_from,
    policy_packs.c.id,
    policy_packs.c.created_at,
).order_by(policy_packs.c.created_at, policy_packs.c.id)
STORED_OF = STORED.where(policy_packs.c.pack.in_(bindparam("names", expanding=True)))


class PackVersionExists(RuleBroken):
    """That version of the pack is there already, built in or added; give the change a new one."""

    code = "pack_version_exists"


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version of a pack, built in or stored, without its rules. ``row_id`` only if stored."""

    pack: str
    version: str
    effective_from: date
    row_id: UUID | None = None
    created_at: datetime | None = None


def add_pack(tx: Transaction, document: object, rulebook: Rulebook) -> Pack:
    """Store a new version of a pack, new or known. Raises PackFault and PackVersionExists."""
    pack = parse(document, rulebook.sections)
    _refuse_builtin(pack, rulebook)
    row = {
        "id": new_id(),
        "pack": pack.pack,
        "version": pack.version,
        "effective_from": pack.effective_from,
        "document": pack.document,
        "created_at": tx.now,
        "created_by": tx.origin.actor,
    }
    insert = upsert(tx.session.get_bind().dialect)(policy_packs).values(row)
    statement = insert.on_conflict_do_nothing().returning(policy_packs.c.id)
    if tx.session.execute(statement).first() is None:
        raise _exists(pack)
    forget(tx.session)
    tx.record(
        "policy.pack_added",
        f"policy/{pack.pack}/{pack.version}",
        effective_from=pack.effective_from,
    )
    return pack


def _refuse_builtin(pack: Pack, rulebook: Rulebook) -> None:
    if any((one.pack, one.version) == (pack.pack, pack.version) for one in rulebook.builtin):
        raise _exists(pack)


def _exists(pack: Pack) -> PackVersionExists:
    return PackVersionExists(f"{pack.pack} has a version {pack.version} already.")


def versions(
    session: Session, rulebook: Rulebook, packs: Iterable[str] | None = None
) -> list[Version]:
    """All versions of ``packs`` (None: of every pack), the later rank over the earlier at equal
    effective dates: built in, then stored in the order of storing."""
    wanted = None if packs is None else set(packs)
    query, names = (STORED, {}) if wanted is None else (STORED_OF, {"names": sorted(wanted)})
    stored = [
        Version(
            pack=one.pack,
            version=one.version,
            effective_from=one.effective_from,
            row_id=one.id,
            created_at=one.created_at,
        )
        for one in session.connection().execute(query, names)
    ]
    return _built_in(rulebook, wanted) + stored


def versions_over(standing: Standing, rulebook: Rulebook, packs: Iterable[str]) -> list[Version]:
    """The same of ``packs``, as they stand above a unit; when they were stored is left out."""
    wanted = set(packs)
    stored = [
        Version(
            pack=one.pack,
            version=one.version,
            effective_from=one.effective_from,
            row_id=one.row_id,
        )
        for one in standing.stored
        if one.pack in wanted
    ]
    return _built_in(rulebook, wanted) + stored


def _built_in(rulebook: Rulebook, wanted: set[str] | None) -> list[Version]:
    return [
        Version(pack=one.pack, version=one.version, effective_from=one.effective_from)
        for one in rulebook.builtin
        if wanted is None or one.pack in wanted
    ]


def in_force(found: Iterable[Version], on: date) -> dict[str, Version]:
    """By name of pack, the version of the greatest effective date that is not after ``on``."""
    chosen: dict[str, Version] = {}
    for one in found:
        best = chosen.get(one.pack)
        if one.effective_from <= on and (best is None or one.effective_from >= best.effective_from):
            chosen[one.pack] = one
    return chosen


def read(session: Session, rulebook: Rulebook, version: Version) -> Pack:
    """The pack with its rules. Raises PackFault when a stored one does not fit the sections that
    this release of the service knows."""
    if version.row_id is None:
        return rulebook.of_builtin(version.pack, version.version)
    if rulebook.has_read(version.row_id):
        return rulebook.stored(version.row_id)
    query = select(policy_packs.c.document).where(policy_packs.c.id == version.row_id)
    return rulebook.stored(version.row_id, session.scalars(query).one())
