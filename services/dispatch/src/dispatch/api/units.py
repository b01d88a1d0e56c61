"""Units over HTTP."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from marshmallow import Schema, ValidationError, fields, validates_schema
from marshmallow.validate import Length, Regexp

from dispatch.adapters.units import Units, units
from dispatch.api.access import READERS, STAFF_ADMINISTRATORS
from dispatch.api.versions import shown
from dispatch.domain.units import Unit, UnitKind
from dispatch.use_cases.units import change_unit, define_unit
from shared.org_units import CODE
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.etags import check_version
from shared.web.paging import PageArgs, page
from shared.web.schemas import RequestSchema, page_schema


class DefineUnitSchema(RequestSchema):
    """A new unit; only a company has no parent."""

    unit = fields.String(required=True, validate=Regexp(rf"{CODE.pattern}\Z"))
    parent = fields.String(load_default=None, allow_none=True, validate=Length(1, 60))
    kind = fields.Enum(UnitKind, by_value=True, required=True)
    name = fields.String(required=True, validate=Length(1, 120))


class ChangeUnitSchema(RequestSchema):
    """What is to be different; a field that is left out stays."""

    parent = fields.String(validate=Length(1, 60))
    name = fields.String(validate=Length(1, 120))

    @validates_schema
    def something(self, data: dict[str, Any], **_: Any) -> None:
        if not data:
            raise ValidationError("Nothing is to be changed.")


class UnitSchema(Schema):
    """A unit. ``own_calendar``: whether it has one, or works by that of its parent."""

    unit = fields.String(required=True)
    parent = fields.String(required=True, allow_none=True)
    kind = fields.Enum(UnitKind, by_value=True, required=True)
    name = fields.String(required=True)
    own_calendar = fields.Boolean(required=True)


class UnitTreeSchema(Schema):
    """A unit and all units below it that the caller may see."""

    unit = fields.String(required=True)
    kind = fields.Enum(UnitKind, by_value=True, required=True)
    name = fields.String(required=True)
    children = fields.List(fields.Nested(lambda: UnitTreeSchema()), required=True)


class ForestSchema(Schema):
    """The trees of the caller: mostly one, that of his own unit."""

    items = fields.List(fields.Nested(UnitTreeSchema), required=True)


def blueprint() -> Blueprint:
    """Units: make, change, list, show, tree."""
    blp = Blueprint("units", __name__, description="Organisational units")
    _commands(blp)
    _queries(blp)
    return blp


def _commands(blp: Blueprint) -> None:
    @blp.post("/v1/units")
    @allow(*STAFF_ADMINISTRATORS)
    @command
    @blp.arguments(DefineUnitSchema)
    @blp.response(201, UnitSchema)
    def define_org_unit(asked: dict[str, Any]) -> Unit:
        """Make a unit."""
        return shown(define_unit(tx(), **asked, caller=principal()))

    @blp.patch("/v1/units/<unit>")
    @allow(*STAFF_ADMINISTRATORS)
    @command
    @blp.arguments(ChangeUnitSchema)
    @blp.response(200, UnitSchema)
    def change_org_unit(fresh: dict[str, Any], unit: str) -> Unit:
        """Rename a unit or move it."""
        found = tx().units.get(unit, seen_from=principal().unit)
        check_version(found.version)
        return shown(change_unit(tx(), found, fresh=fresh, caller=principal()))


def _queries(blp: Blueprint) -> None:
    @blp.get("/v1/units")
    @allow(*READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(UnitSchema))
    def list_org_units(args: dict[str, Any]) -> dict[str, Any]:
        """The caller's unit and those below it."""
        seen = Units(session()).seen(principal().unit)
        return page(seen, key=[units.c.unit], args=args, session=session())

    @blp.get("/v1/units/<unit>")
    @allow(*READERS)
    @query
    @blp.response(200, UnitSchema)
    def get_org_unit(unit: str) -> Unit:
        """One unit."""
        return shown(Units(session()).get(unit, seen_from=principal().unit))

    @blp.get("/v1/unit-tree")
    @allow(*READERS)
    @query
    @blp.response(200, ForestSchema)
    def get_unit_tree() -> dict[str, Any]:
        """The caller's units as a tree."""
        seen = Units(session()).seen(principal().unit).order_by(units.c.unit)
        return {"items": _forest(session().scalars(seen).all())}


def _forest(found: Iterable[Unit]) -> list[dict[str, Any]]:
    nodes = {unit.unit: (unit, _node(unit)) for unit in found}
    below: dict[str | None, list[dict[str, Any]]] = defaultdict(list)
    for unit, node in nodes.values():
        below[unit.parent if unit.parent in nodes else None].append(node)
    for code, (_, node) in nodes.items():
        node["children"] = below[code]
    return below[None]


def _node(unit: Unit) -> dict[str, Any]:
    return {"unit": unit.unit, "kind": unit.kind, "name": unit.name}
