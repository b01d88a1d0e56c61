"""Frozen copies of files over HTTP: take one, list them, show one (CF-35)."""

from typing import Any
from uuid import UUID

from marshmallow import Schema, fields

from customer.adapters.customers import Customers
from customer.adapters.mapping import Snapshot
from customer.adapters.snapshots import Snapshots
from customer.adapters.tables import file_snapshots
from customer.api.access import FILE_EDITORS, FILE_READERS
from customer.api.file_schemas import ReasonSchema
from customer.domain.snapshots import Cause
from customer.use_cases.file_fields import permit
from customer.use_cases.snapshots import take_snapshot
from shared.masking import HIDDEN
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import PageArgs, page
from shared.web.schemas import AwareTime, page_schema

ALL = "/v1/customers/<uuid:customer_id>/file/snapshots"


class SnapshotSchema(Schema):
    """A frozen copy of a file, without what it holds."""

    snapshot_id = fields.UUID(required=True, attribute="id")
    customer_id = fields.UUID(required=True)
    cause = fields.Enum(Cause, by_value=True, required=True)
    reason = fields.String(required=True, allow_none=True)
    taken_at = AwareTime(required=True)
    taken_by = fields.String(required=True)


class FrozenFieldSchema(Schema):
    """What a field held then; a personal one is masked."""

    field = fields.String(required=True)
    group = fields.String(required=True)
    personal = fields.Boolean(required=True)
    value = fields.Function(lambda one: HIDDEN if one["personal"] else one["value"])


class FrozenFileSchema(SnapshotSchema):
    """A frozen copy with what it holds."""

    content = fields.List(fields.Nested(FrozenFieldSchema), required=True)


def blueprint() -> Blueprint:
    """Frozen copies of files."""
    blp = Blueprint("snapshots", __name__, description="Frozen copies of files")
    _commands(blp)
    _queries(blp)
    return blp


def _commands(blp: Blueprint) -> None:
    @blp.post(ALL)
    @allow(*FILE_EDITORS)
    @command
    @blp.arguments(ReasonSchema)
    @blp.response(201, SnapshotSchema)
    def archive_file(asked: dict[str, Any], customer_id: UUID) -> Snapshot:
        """Archive a file besides the periods of the packs, for a reason."""
        customer = tx().customers.get(customer_id, unit=principal().unit)
        permit(tx(), customer, "archive", roles=principal().roles)
        return take_snapshot(tx(), customer, cause=Cause.SPECIAL, **asked)


def _queries(blp: Blueprint) -> None:
    @blp.get(ALL)
    @allow(*FILE_READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(SnapshotSchema))
    def list_snapshots(args: dict[str, Any], customer_id: UUID) -> dict[str, Any]:
        """The frozen copies of a customer's file, the latest first."""
        customer = Customers(session()).get(customer_id, unit=principal().unit)
        listed = Snapshots(session()).listed(customer.id)
        key = [file_snapshots.c.taken_at, file_snapshots.c.id]
        return page(listed, key=key, args=args, session=session(), descending=True)

    @blp.get(f"{ALL}/<uuid:snapshot_id>")
    @allow(*FILE_READERS)
    @query
    @blp.response(200, FrozenFileSchema)
    def get_snapshot(customer_id: UUID, snapshot_id: UUID) -> Snapshot:
        """A frozen copy of a customer's file."""
        customer = Customers(session()).get(customer_id, unit=principal().unit)
        return Snapshots(session()).get(snapshot_id, customer_id=customer.id)
