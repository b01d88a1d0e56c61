"""Penalties for broken rules on work orders, over HTTP."""

from uuid import UUID

from dispatch.api.access import ORDER_WORKERS, PENALTY_READERS
from dispatch.domain.penalties import Manager, Penalty
from dispatch.domain.people import NotOnStaff
from shared.web.auth import principal
from shared.web.blueprint import Blueprint
from shared.web.penalties import penalty_blueprint


def blueprint() -> Blueprint:
    """Decide on penalties, list them, post the ledgers of the months."""
    return penalty_blueprint(Penalty, caller=_manager, named=ORDER_WORKERS, readers=PENALTY_READERS)


def _manager() -> Manager:
    """Who sent the running request. Raises NotOnStaff when the subject is no id of a person."""
    who = principal()
    try:
        return Manager(UUID(who.id), who.roles, who.unit)
    except ValueError:
        raise NotOnStaff("the subject of the token is no id of a person") from None
