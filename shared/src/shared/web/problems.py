"""Every answer that is not a success: RFC 9457 ``application/problem+json`` with a stable code."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Response, json

from shared.envelope import plain
from shared.rules import Because, RuleBroken, TooMany
from shared.web.correlation import request_id

CONTENT_TYPE = "application/problem+json"
RETRY_SECONDS = "2"
# The names of these answers in OpenAPI; those of http.HTTPStatus change between Pythons.
COMPONENTS = {
    400: "BadRequest",
    401: "Unauthorized",
    403: "Forbidden",
    404: "NotFound",
    405: "MethodNotAllowed",
    409: "Conflict",
    412: "PreconditionFailed",
    413: "ContentTooLarge",
    415: "UnsupportedMediaType",
    422: "UnprocessableContent",
    428: "PreconditionRequired",
    429: "TooManyRequests",
    500: "InternalServerError",
    503: "ServiceUnavailable",
}
RENAMED = {413: "Content Too Large", 422: "Unprocessable Content"}


def title(status: int) -> str:
    """The name of an HTTP status by RFC 9110, on every Python."""
    return RENAMED.get(status) or HTTPStatus(status).phrase


class Problem(RuleBroken):
    """The request itself was refused, by its form or its caller, before any rule was asked."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        **extra: Any,
    ) -> None:
        super().__init__(detail, **extra)
        self.status = status
        self.code = code
        self.headers = dict(headers or {})


def answer(
    status: int,
    code: str,
    detail: str,
    *,
    because: Because | None = None,
    headers: Mapping[str, str] | None = None,
    **extra: Any,
) -> Response:
    """A problem as a response. ``extra`` adds members and cannot replace those of the standard."""
    body: dict[str, Any] = {
        **plain(extra),
        "type": f"/problems/{code}",
        "title": title(status),
        "status": status,
        "detail": detail,
        "code": code,
        "correlation_id": request_id(),
    }
    if because is not None:
        body["because"] = because.to_data()
    response = Response(json.dumps(body), status=status, content_type=CONTENT_TYPE)
    response.headers.update(headers or {})
    return response


def not_found() -> Response:
    """The one answer for an unknown route, an unknown id and a thing of somebody else's unit."""
    return answer(404, "not_found", "There is no such thing, or none that you may see.")


def database_unavailable() -> Response:
    """The answer when the database cannot be reached or does not answer in time."""
    return answer(
        503,
        "database_unavailable",
        "The database does not answer. Nothing was changed; try again in a moment.",
        headers={"Retry-After": RETRY_SECONDS},
    )


def of_rule(broken: RuleBroken) -> Response:
    """The answer to a rule that was broken, with the clause where one decided."""
    if broken.status == HTTPStatus.NOT_FOUND:
        return not_found()
    headers = broken.headers if isinstance(broken, Problem) else {}
    if isinstance(broken, TooMany):
        headers["Retry-After"] = str(broken.retry_after)
    return answer(
        broken.status,
        broken.code,
        broken.detail,
        because=broken.because,
        headers=headers,
        **broken.extra,
    )
