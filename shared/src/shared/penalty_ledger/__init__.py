"""Penalties as a service keeps them: the table, what is found in it, and what is decided."""

from shared.penalty_ledger.deciding import (
    Manager,
    PenaltyTransaction,
    check_month,
    check_part,
    confirm,
    post_month,
    put,
    waive,
)
from shared.penalty_ledger.kept import Penalties
from shared.penalty_ledger.table import map_penalties, penalty_table

__all__ = [
    "Manager",
    "Penalties",
    "PenaltyTransaction",
    "check_month",
    "check_part",
    "confirm",
    "map_penalties",
    "penalty_table",
    "post_month",
    "put",
    "waive",
]
