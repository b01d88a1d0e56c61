"""A valid request to one route, about the rows of one department, the other, or none."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from werkzeug.test import TestResponse

from shared.ids import new_id
from shared.web.testing import Caller


@dataclass(frozen=True, kw_only=True)
class Route:
    """One operation. ``unscoped`` says why no department owns what it is about.

    ``lists`` is the seeded row that its answer must hold; ``version`` goes into If-Match.
    ``personal`` says that one person alone may do it, so that roles do not decide.
    """

    method: str
    path: str
    body: Any = None
    version: int | None = None
    unscoped: str = ""
    lists: str = ""
    personal: bool = False

    @property
    def changes(self) -> bool:
        return self.method != "GET"

    @property
    def names_in_path(self) -> bool:
        return "{" in self.path.partition("?")[0]

    def send(self, caller: Caller, rows: dict[str, Any], **options: Any) -> TestResponse:
        """The request about ``rows``. ``body`` among the options replaces the valid one: text is
        sent as CSV, bytes as JSON that may be none."""
        path, body = filled(self.path, rows), filled(options.pop("body", self.body), rows)
        if isinstance(body, str | bytes):
            type_ = "text/csv" if isinstance(body, str) else "application/json"
            options, body = {**options, "data": body, "content_type": type_}, None
        match self.method:
            case "GET":
                return caller.get(path, **options)
            case "POST":
                return caller.post(path, body, **options)
            case "PUT":
                return caller.put(path, body, version=self.version, **options)
        return caller.patch(path, body, version=self.version, **options)

    def ask(self, caller: Caller, rows: dict[str, Any], **more: str) -> TestResponse:
        """The request of a GET with ``more`` in its query."""
        path, _, own = filled(self.path, rows).partition("?")
        return caller.get(path, query_string={**dict(parse_qsl(own)), **more})


def filled(given: Any, rows: dict[str, Any]) -> Any:
    """``given`` with every ``{name}`` replaced by the row of that name."""
    match given:
        case str():
            if given[1:-1] in rows and given == f"{{{given[1:-1]}}}":
                return rows[given[1:-1]]
            for name, value in rows.items():
                given = given.replace(f"{{{name}}}", str(value))
            return given
        case dict():
            return {key: filled(value, rows) for key, value in given.items()}
        case list():
            return [filled(value, rows) for value in given]
    return given


def missing(rows: dict[str, Any]) -> dict[str, Any]:
    """The same names for things that do not exist."""
    none = {"unit": "shop-99", "region": "region-99", "number": "C-none"}
    company = ("pack", "document", "section", "pack_version", "list_digest")
    return {
        name: value if name in company else none.get(name, str(new_id()))
        for name, value in rows.items()
    }


def get(path: str, **how: Any) -> Route:
    return Route(method="GET", path=path, **how)


def post(path: str, body: Any, **how: Any) -> Route:
    return Route(method="POST", path=path, body=body, **how)


def patch(path: str, body: Any, *, version: int = 1) -> Route:
    return Route(method="PATCH", path=path, body=body, version=version)


def put(path: str, body: Any, *, version: int, **how: Any) -> Route:
    return Route(method="PUT", path=path, body=body, version=version, **how)
