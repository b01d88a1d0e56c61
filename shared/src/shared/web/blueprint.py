"""The blueprint of Huiyin's interfaces: strict JSON in, problems out, every operation described."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import flask_smorest

from shared.web import commands
from shared.web.auth import ANYONE
from shared.web.bodies import StrictParser
from shared.web.problems import COMPONENTS as PROBLEMS

IDEMPOTENCY_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": True,
    "description": "Sent again with the same body, the command gets the answer of the first time.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
}
IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": False,
    "description": "The ETag of the version that is changed; `If-None-Match: *` for a new thing.",
    "schema": {"type": "string"},
}
# What may go wrong, by the kind of operation.
ALWAYS = (500, 503)
SIGNED_IN = (401, 403)
CHANGING = (400, 404, 409, 413, 415, 422)
VERSIONED = (412, 428)


class Blueprint(flask_smorest.Blueprint):
    """A blueprint whose views say with ``allow`` who may use them.

    The name of a view is the ``operationId`` of its operation.
    """

    ARGUMENTS_PARSER = StrictParser()
    PAGINATION_HEADER_NAME = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules: list[str] = []
        self._prepare_doc_cbks.append(_describe)

    def response(self, *args: Any, **kwargs: Any) -> Callable[..., Any]:
        """As in flask-smorest; a command's changes are flushed before its result is shown."""
        decorate = super().response(*args, **kwargs)

        def decorator(view: Callable[..., Any]) -> Callable[..., Any]:
            @wraps(view)
            def flushed(*view_args: Any, **view_kwargs: Any) -> Any:
                result = view(*view_args, **view_kwargs)
                commands.flush()
                return result

            decorated: Callable[..., Any] = decorate(flushed)
            return decorated

        return decorator

    def add_url_rule(
        self, rule: str, endpoint: str | None = None, view_func: Any = None, **options: Any
    ) -> None:
        """As in Flask; what the description needs to know of the view is kept with it."""
        super().add_url_rule(rule, endpoint, view_func, **options)
        self.rules.append(rule)
        for operation in self._docs[self._endpoints[-1]].values():
            if isinstance(operation, dict):
                operation["kit"] = (rule, view_func)
                operation.setdefault("manual_doc", {}).setdefault("operationId", view_func.__name__)


def _describe(
    doc: dict[str, Any], info: dict[str, Any], *, method: str, **_: Any
) -> dict[str, Any]:
    rule, view = info.pop("kit")
    roles: frozenset[str] = getattr(view, "allowed_roles", frozenset())
    is_keyed = getattr(view, "kind", "") == "command" and not getattr(view, "keyless", False)
    headers = _headers(method, is_keyed=is_keyed)
    doc["parameters"] = [*doc.get("parameters", []), *headers]
    if ANYONE not in roles:
        doc["security"] = [{"bearer": []}]
        doc["x-roles"] = sorted(roles)
    # Status codes may be numbers still, and one of them named by the running Python's version.
    told = {str(status): answer for status, answer in doc.get("responses", {}).items()}
    told.pop("422", None)
    expected = _failures(method, rule=rule, info=info, anyone=ANYONE in roles)
    failures = sorted(expected | {429} if getattr(view, "limited", False) else expected)
    doc["responses"] = told | {str(s): PROBLEMS[s] for s in failures if str(s) not in told}
    return doc


def _headers(method: str, *, is_keyed: bool) -> list[dict[str, Any]]:
    if method == "post" and is_keyed:
        return [IDEMPOTENCY_KEY]
    return [IF_MATCH] if method in ("put", "patch") else []


def _failures(method: str, *, rule: str, info: dict[str, Any], anyone: bool) -> set[int]:
    expected = set(ALWAYS)
    if not anyone:
        expected.update(SIGNED_IN)
    if "<" in rule:
        expected.add(404)
    if "arguments" in info:
        expected.update((400, 422))
    if method in ("post", "put", "patch", "delete"):
        expected.update(CHANGING)
    if method in ("put", "patch"):
        expected.update(VERSIONED)
    return expected
