"""The table of what was made of the opinions of customers."""

from sqlalchemy import Column, Date, Integer, String, Table, Text, UniqueConstraint, Uuid

from customer.adapters.tables.communications import Words
from customer.adapters.tables.schema import metadata
from customer.domain.opinion_states import State
from customer.domain.opinions import ActionKind
from shared.columns import BecauseColumn
from shared.tables import UtcDateTime, by_value

opinion_summaries = Table(
    "opinion_summaries",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("org_unit", String(60), nullable=False),
    Column("period_from", Date, nullable=False),
    Column("period_to", Date, nullable=False),
    Column("from_at", UtcDateTime, nullable=False),
    Column("until_at", UtcDateTime, nullable=False),
    Column("units", Words, nullable=False),
    Column("activities", Words, nullable=False),
    Column("sections", Words, nullable=False),
    Column("because", BecauseColumn, nullable=False),
    Column("opened_by", Uuid, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("reports", Integer, nullable=False),
    Column("state", by_value(State), nullable=False),
    Column("delegate_id", Uuid),
    Column("analysis", Text),
    Column("analysed_by", Uuid),
    Column("analysed_at", UtcDateTime),
    Column("action_id", Uuid),
    Column("action_kind", by_value(ActionKind)),
    Column("action_reason", String(40)),
    Column("action_due_on", Date),
    Column("action_requested_by", Uuid),
    Column("version", Integer, nullable=False),
    UniqueConstraint("org_unit", "period_from"),
)
