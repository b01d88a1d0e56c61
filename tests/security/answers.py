"""What a service says of its routes, and what it answers on them."""

from collections.abc import Iterator
from typing import Any

from werkzeug.test import TestResponse

from .matrix import ROUTES
from .served import Served


def allowed(served: Served, endpoint: str) -> frozenset[str]:
    """The roles that may use a route, as its view says."""
    roles: frozenset[str] = served.app.view_functions[endpoint].allowed_roles  # type: ignore[attr-defined]
    return roles


def rules(served: Served) -> Iterator[tuple[str, str, str]]:
    """Endpoint, method and address of everything that the application answers."""
    for rule in served.app.url_map.iter_rules():
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            yield rule.endpoint, method, rule.rule


def operations(served: Served) -> dict[str, dict[str, Any]]:
    """What the service says of each of its operations, by the name of the view."""
    return {
        one["operationId"]: one
        for methods in served.document["paths"].values()
        for one in methods.values()
        if isinstance(one, dict)
    }


def parameters(served: Served, endpoint: str) -> list[str]:
    """What may stand in the query of a route."""
    told = operations(served)[endpoint.partition(".")[2]].get("parameters", [])
    return [one["name"] for one in told if one["in"] == "query"]


def answered(served: Served, endpoint: str, role: str, *, unit: str) -> TestResponse:
    """What somebody is answered to the valid request about the northern rows, which stay as they
    are; asked once, however many tests look at it."""
    key = (endpoint, role, unit)
    if key not in served.answers:
        route = ROUTES[served.name][endpoint]
        served.answers[key] = route.send(served.acts(role, unit=unit), served.north)
        if route.changes:
            served.restore()
    return served.answers[key]


def able(served: Served, endpoint: str, *, unit: str) -> str:
    """A role to which a route does what it is for."""
    return next(
        role
        for role in sorted(allowed(served, endpoint))
        if answered(served, endpoint, role, unit=unit).status_code in (200, 201)
    )
