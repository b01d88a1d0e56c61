"""Subscriptions of other systems over HTTP."""

from notify.api.subscriptions import deliveries, endpoints
from shared.web.blueprint import Blueprint
from shared.web.kit import Kit


def blueprint(kit: Kit) -> Blueprint:
    """Subscriptions: keep them, try them, see what was delivered, deliver again."""
    blp = Blueprint("subscriptions", __name__, description="What other systems are sent")
    endpoints.add_views(blp, kit)
    deliveries.add_views(blp)
    return blp
