"""The tables of blacklists, of returns from them, and of what was filed."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text, Uuid, text

from customer.adapters.columns import AmountColumn
from customer.adapters.tables.schema import metadata
from customer.domain.blacklist_returns import Verdict
from customer.domain.blacklist_rules import Scope
from customer.domain.blacklist_states import LIVE, State
from shared.columns import AsJson, BecauseColumn
from shared.tables import UtcDateTime, by_value

_STATES = ", ".join(repr(state.value) for state in LIVE)
LIVE_OF_DEPARTMENT = text(f"scope = 'department' AND state IN ({_STATES})")
LIVE_OF_COMPANY = text(f"scope = 'company' AND state IN ({_STATES})")
STILL_OPEN = text("ended_at IS NULL")


def _verdicts(data: Iterable[Mapping[str, Any]]) -> tuple[Verdict, ...]:
    return tuple(Verdict(**one) for one in data)


def _ids(data: Iterable[str]) -> tuple[UUID, ...]:
    return tuple(map(UUID, data))


blacklist_entries = Table(
    "blacklist_entries",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False),
    Column("scope", by_value(Scope), nullable=False),
    Column("org_unit", String(60), nullable=False),
    Column("state", by_value(State), nullable=False),
    Column("reason_code", String(40), nullable=False),
    Column("reason", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("loss_amount", AmountColumn),
    Column("because", BecauseColumn, nullable=False),
    Column("reported_by", String(80), nullable=False),
    Column("reported_at", UtcDateTime, nullable=False),
    Column("verified_by", String(80)),
    Column("verified_at", UtcDateTime),
    Column("findings", Text),
    Column("dismissed_reason", Text),
    Column("listed_by", String(80)),
    Column("listed_at", UtcDateTime),
    Column("valid_until", Date),
    Column("shortened_reason", Text),
    Column("published_at", UtcDateTime),
    Column("lifted_at", UtcDateTime),
    Column("exited_units", AsJson(tuple), nullable=False),
    Column("version", Integer, nullable=False),
    Index("ix_blacklist_entries_customer_id_state", "customer_id", "state"),
    Index("ix_blacklist_entries_scope_state_id", "scope", "state", "id"),
    Index("ix_blacklist_entries_org_unit_id", "org_unit", "id"),
    # A customer stands on a list once, whatever is entered at the same time elsewhere.
    Index(
        "uq_blacklist_entries_department",
        "customer_id",
        "org_unit",
        unique=True,
        postgresql_where=LIVE_OF_DEPARTMENT,
        sqlite_where=LIVE_OF_DEPARTMENT,
    ),
    Index(
        "uq_blacklist_entries_company",
        "customer_id",
        unique=True,
        postgresql_where=LIVE_OF_COMPANY,
        sqlite_where=LIVE_OF_COMPANY,
    ),
)

blacklist_returns = Table(
    "blacklist_returns",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("entry_id", Uuid, ForeignKey("blacklist_entries.id"), nullable=False, index=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False),
    Column("change", Text, nullable=False),
    Column("opened_by", String(80), nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("verdicts", AsJson(_verdicts)),
    Column("reviewed_by", String(80)),
    Column("reviewed_at", UtcDateTime),
    Column("company_by", String(80)),
    Column("company_at", UtcDateTime),
    Column("department_by", String(80)),
    Column("department_at", UtcDateTime),
    Column("refused_reason", Text),
    Column("ended_at", UtcDateTime),
    Column("version", Integer, nullable=False),
    Index(
        "uq_blacklist_returns_open",
        "entry_id",
        unique=True,
        postgresql_where=STILL_OPEN,
        sqlite_where=STILL_OPEN,
    ),
)

blacklist_filings = Table(
    "blacklist_filings",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("scope", by_value(Scope), nullable=False),
    Column("org_unit", String(60), nullable=False),
    Column("entry_ids", AsJson(_ids), nullable=False),
    Column("filed_by", String(80), nullable=False),
    Column("filed_at", UtcDateTime, nullable=False),
    Column("receipt_no", String(80), unique=True),
    Column("received_by", String(80)),
    Column("received_at", UtcDateTime),
    Column("version", Integer, nullable=False),
    Index("ix_blacklist_filings_org_unit_id", "org_unit", "id"),
)
