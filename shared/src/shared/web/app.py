"""The HTTP application of a service, made of its blueprints and the kit."""

from collections.abc import Sequence

from flask import Flask, Response
from werkzeug.routing import Map

from shared.web import access, auth, bodies, correlation, crashes, openapi
from shared.web import kit as kits
from shared.web.blueprint import Blueprint
from shared.web.health import health
from shared.web.kit import Kit

__all__ = ["Kit", "create_app"]

PREFIX = "/v1"
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}


def create_app(name: str, *, blueprints: Sequence[Blueprint], kit: Kit, title: str) -> Flask:
    """The WSGI application ``name`` with ``blueprints`` below ``/v1``.

    Raises RuntimeError when a view does not say with ``allow`` who may use it.
    """
    app = Flask(name, static_folder=None)
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    _route_exactly(app.url_map)
    kits.install(app, kit)
    correlation.install(app)
    access.install(app, service=kit.service)
    bodies.install(app)
    auth.install(app)
    crashes.install(app)
    app.after_request(_protect)
    api = openapi.install(app, title=title)
    app.register_blueprint(health)
    for blueprint in blueprints:
        api.register_blueprint(blueprint, url_prefix=_below_prefix(blueprint))
    if forgotten := auth.open_to_nobody(app):
        raise RuntimeError(f"these routes do not say who may use them: {', '.join(forgotten)}")
    return app


def _below_prefix(blueprint: Blueprint) -> str:
    own = blueprint.url_prefix or ""
    written = all(f"{own}{rule}".startswith(f"{PREFIX}/") for rule in blueprint.rules)
    return own if written else f"{PREFIX}{own}"


def _route_exactly(routes: Map) -> None:
    # A redirect to a tidier address would answer before it is asked who is calling.
    routes.merge_slashes = False
    routes.redirect_defaults = False


def _protect(response: Response) -> Response:
    for header, value in HEADERS.items():
        response.headers.setdefault(header, value)
    return response
