"""What the company is told on its intranet: whom its own blacklist bars (AD-21)."""

from typing import Any

from marshmallow import Schema, fields

from notify.adapters.blacklist import blacklist_entries, bulletins
from notify.api.access import STAFF
from notify.domain.blacklist import Scope
from shared.web.auth import allow
from shared.web.blueprint import Blueprint
from shared.web.commands import query, session
from shared.web.paging import PageArgs, page
from shared.web.schemas import AwareTime, page_schema


class BulletinSchema(Schema):
    """An entry that bars; ``valid_until`` null is without end, and the end releases nobody."""

    entry_id = fields.UUID(required=True, attribute="id")
    customer_id = fields.UUID(required=True)
    customer_number = fields.String(required=True, allow_none=True)
    scope = fields.Enum(Scope, by_value=True, required=True)
    since = AwareTime(required=True)
    valid_until = fields.Date(required=True, allow_none=True)


def blueprint() -> Blueprint:
    """Bulletins: the list."""
    blp = Blueprint("bulletins", __name__, description="Whom the company bars")

    @blp.get("/v1/bulletins")
    @allow(*STAFF)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(BulletinSchema))
    def list_bulletins(args: dict[str, Any]) -> dict[str, Any]:
        """The entries of the company's blacklist that bar now, newest first; for everybody."""
        key = [blacklist_entries.c.since, blacklist_entries.c.id]
        return page(bulletins(), key=key, args=args, session=session(), descending=True)

    return blp
