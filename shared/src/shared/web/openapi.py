"""OpenAPI 3.1: errors described as problems, the document itself, and a page that lists it."""

from typing import Any, cast

from flask import Blueprint, Flask, Response, current_app, json
from flask_smorest import Api
from markupsafe import Markup, escape
from werkzeug.exceptions import HTTPException

from shared.web import problems
from shared.web.auth import ANYONE, allow
from shared.web.crashes import on_http_exception
from shared.web.schemas import ProblemSchema

VERSION = "3.1.0"
STYLE = "body{font-family:sans-serif;margin:2rem}td{padding:.2rem 1rem .2rem 0}"
PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"

documents = Blueprint("documents", __name__)


class ProblemApi(Api):
    """flask-smorest with RFC 9457 instead of its own form of errors."""

    ERROR_SCHEMA = ProblemSchema
    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_responses(self) -> None:
        super()._register_responses()
        for status, name in problems.COMPONENTS.items():
            content = {problems.CONTENT_TYPE: {"schema": self.ERROR_SCHEMA}}
            described = {"description": problems.title(status), "content": content}
            self.spec.components.response(name, described, lazy=True)

    def handle_http_exception(self, error: HTTPException) -> Any:
        """Answer what Werkzeug or flask-smorest raised."""
        return on_http_exception(error)


def install(app: Flask, *, title: str) -> Api:
    """Make the API of ``app``, to which its blueprints are added."""
    app.config.update(API_TITLE=title, API_VERSION="v1", OPENAPI_VERSION=VERSION)
    api = ProblemApi(app)
    api.spec.components.security_scheme(
        "bearer", {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
    )
    app.register_blueprint(documents)
    return api


def openapi(app: Flask) -> dict[str, Any]:
    """The OpenAPI document of ``app``, as it is served and committed."""
    api = app.extensions["flask-smorest"]["apis"][""]["ext_obj"]
    return cast(dict[str, Any], api.spec.to_dict())


@documents.get("/openapi.json")
@allow(ANYONE)
def show_openapi() -> Response:
    """The interface for programs."""
    text = json.dumps(openapi(current_app), indent=2)
    return Response(text, content_type="application/json")


@documents.get("/docs")
@allow(ANYONE)
def show_operations() -> Response:
    """The interface for people: every operation with its sentence, from this process alone."""
    document = openapi(current_app)
    title = escape(document["info"]["title"])
    rows = Markup("").join(_row(path, item) for path, item in sorted(document["paths"].items()))
    page = Markup(
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>{0}</title>'
        '<style>{1}</style><h1>{0}</h1><p><a href="openapi.json">openapi.json</a></p>'
        "<table>{2}</table></html>"
    ).format(title, Markup(STYLE), rows)  # noqa: S704 - a constant of this module.
    response = Response(page, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = PAGE_POLICY
    return response


def _row(path: str, item: dict[str, Any]) -> Markup:
    return Markup("").join(
        Markup("<tr><td>{}</td><td><code>{}</code></td><td>{}</td><td>{}</td></tr>").format(
            method.upper(),
            path,
            operation.get("summary", ""),
            ", ".join(operation.get("x-roles", [])),
        )
        for method, operation in item.items()
        if isinstance(operation, dict)
    )
