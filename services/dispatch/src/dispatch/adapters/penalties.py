"""Where penalties for broken rules on work orders are kept."""

from sqlalchemy.orm import Session

from dispatch.adapters.columns import mapping, metadata
from dispatch.domain.penalties import Penalty
from shared.penalty_ledger import Penalties, map_penalties, penalty_table

penalties = penalty_table(metadata)

map_penalties(mapping, Penalty, penalties)


def penalties_in(session: Session) -> Penalties[Penalty]:
    """The penalties of one database session."""
    return Penalties(session, Penalty)
