"""Penalties and the breaches that they are for."""

from complaint.adapters.tables.schema import metadata
from shared.penalty_ledger import penalty_table

penalties = penalty_table(metadata)
