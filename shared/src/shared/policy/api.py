"""Packs over HTTP: see them, add one, say which a unit follows, ask which rule holds and why.

Units outside the caller's own are answered as if they did not exist.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.envelope import plain
from shared.policy.activations import Activation, activate, activations
from shared.policy.forms import RESERVED
from shared.policy.resolving import Policies
from shared.policy.rulebook import Rulebook
from shared.policy.schemas import (
    ActivatePacksSchema,
    ActivationsSchema,
    AddPackSchema,
    PackSchema,
    PackSummarySchema,
    QuestionSchema,
    RulingsSchema,
)
from shared.policy.versions import Version, add_pack, read, versions
from shared.rules import Invalid, NotFound
from shared.scope import within
from shared.tables import org_units
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.etags import check_version, set_version
from shared.web.schemas import page_schema

Changed: TypeAlias = Callable[[Any, str | None, date], None]


def unheard(_tx: Any, _unit: str | None, _from: date) -> None:
    """Nothing follows from a change of the packs."""


def policy_blueprint(
    rulebook: Rulebook,
    *,
    readers: Sequence[str],
    editors: Sequence[str],
    changed: Changed = unheard,
) -> Blueprint:
    """The routes under ``/v1/policies`` and ``/v1/units/<unit>/policies`` of one service.

    ``readers`` are the roles that may look and ask, ``editors`` those that may also add packs and
    say which ones a unit follows. ``changed`` hears, in the same transaction, from which day on
    what changed: for a unit and those below it, or, where a pack got a version, wherever it is
    followed (None).
    """
    blp = Blueprint("policies", __name__, description="Policy packs and what they decide")
    everybody = sorted({*readers, *editors})
    _show_packs(blp, rulebook, everybody)
    _take_packs(blp, rulebook, editors, changed)
    _show_units(blp, rulebook, everybody)
    _take_activations(blp, rulebook, editors, changed)
    return blp


def _show_packs(blp: Blueprint, rulebook: Rulebook, roles: Sequence[str]) -> None:
    @blp.get("/policies")
    @allow(*roles)
    @query
    @blp.response(200, page_schema(PackSummarySchema))
    def list_packs() -> dict[str, Any]:
        """Every version of every pack."""
        found = sorted(
            versions(session(), rulebook), key=lambda one: (one.pack, one.effective_from)
        )
        return {"items": [_summary(one) for one in found], "next_cursor": None}

    @blp.get("/policies/<pack>/<version>")
    @allow(*roles)
    @query
    @blp.response(200, PackSchema)
    def get_pack(pack: str, version: str) -> dict[str, Any]:
        """One version of a pack with its whole document."""
        return _whole(session(), rulebook, pack, version)


def _take_packs(blp: Blueprint, rulebook: Rulebook, roles: Sequence[str], changed: Changed) -> None:
    @blp.post("/policies")
    @allow(*roles)
    @command
    @blp.arguments(AddPackSchema)
    @blp.response(201, PackSchema)
    def add_pack_version(document: dict[str, Any]) -> dict[str, Any]:
        """Add a version of a pack; it is in force from its effective date where it is followed."""
        pack = add_pack(tx(), document, rulebook)
        changed(tx(), None, pack.effective_from)
        return _whole(tx().session, rulebook, pack.pack, pack.version)


def _show_units(blp: Blueprint, rulebook: Rulebook, roles: Sequence[str]) -> None:
    @blp.get("/units/<unit>/policies")
    @allow(*roles)
    @query
    @blp.response(200, ActivationsSchema)
    def get_activations(unit: str) -> dict[str, Any]:
        """What a unit itself was told to follow, and from which day on."""
        _see(session(), unit)
        return _told(session(), unit)

    @blp.get("/units/<unit>/policies/<section>")
    @allow(*roles)
    @query
    @blp.arguments(QuestionSchema, location="query", unknown=None)
    @blp.response(200, RulingsSchema)
    def get_rulings(question: dict[str, Any], unit: str, section: str) -> dict[str, Any]:
        """Which rules hold for a unit on a day and under given facts, and why; the winner first."""
        _see(session(), unit)
        facts = _facts(question["fact"], section, rulebook)
        held = Policies(rulebook, session()).held(section, unit=unit, on=question["on"], **facts)
        return {"items": [{"value": one.rule.data, "because": one.because} for one in held]}


def _take_activations(
    blp: Blueprint, rulebook: Rulebook, roles: Sequence[str], changed: Changed
) -> None:
    @blp.put("/units/<unit>/policies")
    @allow(*roles)
    @command
    @blp.arguments(ActivatePacksSchema)
    @blp.response(200, ActivationsSchema)
    def activate_packs(body: dict[str, Any], unit: str) -> dict[str, Any]:
        """Say which packs a unit and those below it follow from a day on."""
        _see(tx().session, unit, change=True)
        check_version(_version(activations(tx().session, [unit])))
        activate(tx(), unit, body["packs"], body["effective_from"], rulebook=rulebook)
        changed(tx(), unit, body["effective_from"])
        return _told(tx().session, unit)


def _summary(version: Version) -> dict[str, Any]:
    return {
        "pack": version.pack,
        "version": version.version,
        "effective_from": version.effective_from,
        "built_in": version.row_id is None,
    }


def _whole(db: Session, rulebook: Rulebook, pack: str, version: str) -> dict[str, Any]:
    for one in reversed(versions(db, rulebook, [pack])):
        if one.version == version:
            return {**_summary(one), "document": read(db, rulebook, one).document}
    raise NotFound("There is no such version of a pack.")


def _see(db: Session, unit: str, *, change: bool = False) -> None:
    """Raise NotFound unless ``unit`` is the caller's or lies below. For a change its row is locked,
    so that of two changes made upon the same version one is refused."""
    seen = select(org_units.c.unit).where(
        org_units.c.unit == unit, within(org_units.c.unit, principal().unit)
    )
    if db.execute(seen.with_for_update() if change else seen).first() is None:
        raise NotFound("There is no such unit, or none that you may see.")


def _told(db: Session, unit: str) -> dict[str, Any]:
    found = activations(db, [unit])
    set_version(_version(found))
    return {"unit": unit, "items": found}


def _version(found: Sequence[Activation]) -> int:
    """A number made of what the activations say, 0 for none: the version that If-Match compares."""
    if not found:
        return 0
    digest = hashlib.sha256(json.dumps(plain(found)).encode()).digest()
    return int.from_bytes(digest[:7])


def _facts(given: Sequence[str], section: str, rulebook: Rulebook) -> Mapping[str, Any]:
    """``["level:2", "grade:a", "grade:b"]`` by name. Raises NotFound for a section that the service
    does not have, Invalid for a fact that the section does not know."""
    if section not in rulebook.sections:
        raise NotFound("There is no such section.")
    facts: dict[str, list[str]] = {}
    for name, _, value in (one.partition(":") for one in given):
        facts.setdefault(name, []).append(value)
    declared = rulebook.sections[section].facts
    unknown = {
        name
        for name in facts
        if name in RESERVED or (declared is not None and name not in declared)
    }
    if unknown:
        said = f"{section} knows no fact {', '.join(sorted(unknown))}."
        raise Invalid(said, errors={"fact": [said]})
    return facts
