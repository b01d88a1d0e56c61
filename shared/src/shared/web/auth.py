"""Who asks, and whether he may: bearer token, roles, and no view without a decision about them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, current_app, g, request

from shared.web.kit import kit
from shared.web.problems import Problem
from shared.web.tokens import TokenExpired, TokenInvalid, Verifier

__all__ = ["ANYONE", "Principal", "Verifier", "allow", "go_by", "open_to_nobody", "principal"]

ANYONE = "*"
STRANGER = "stranger"
SUBJECT_LENGTH = 80
UNIT_LENGTH = 60
ROLE_LENGTH = 60
CHALLENGE = 'Bearer realm="huiyin"'

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Principal:
    """Who sent the running request: the claims ``sub``, ``roles`` and ``org_unit`` of his token."""

    id: str
    roles: frozenset[str]
    unit: str


def allow(*roles: str) -> Callable[[View], View]:
    """Let a view be used by those who have one of ``roles``, or by ANYONE without a token.

    Without a valid token the answer is 401 (``token_missing``, ``token_invalid``,
    ``token_expired``), without one of the roles 403 ``role_missing``. ANYONE is for health,
    documents and what customers do themselves.
    """
    if not roles or (ANYONE in roles and len(roles) > 1):
        raise ValueError("name the roles that may use the view, or ANYONE alone")

    def mark(view: View) -> View:
        view.allowed_roles = frozenset(map(str, roles))  # type: ignore[attr-defined]
        return view

    return mark


def principal() -> Principal:
    """Who sent the running request: where ANYONE may, a stranger without role and unit, whatever
    token came with it. Raises Problem 401 when none that is valid came where one is needed."""
    if "principal" not in g:
        g.principal = _stranger(STRANGER) if ANYONE in _roles() else _read_token()
    known: Principal = g.principal
    return known


def go_by(name: str) -> None:
    """Tell the stranger who sent the running request from others by ``name``, which holds nothing
    that he must keep to himself."""
    g.principal = _stranger(name)


def install(app: Flask) -> None:
    """Ask, before each view, whether its caller may use it. A view without roles is refused."""

    @app.before_request
    def _decide() -> None:
        if request.endpoint is None:
            return  # No route matches: 404 or 405 follows and tells nothing.
        roles = _roles()
        if ANYONE in roles:
            return
        if not principal().roles & roles:
            raise Problem(403, "role_missing", "None of your roles may do this.")


def open_to_nobody(app: Flask) -> list[str]:
    """The routes whose view does not say which roles may use it."""
    return [
        rule.rule
        for rule in app.url_map.iter_rules()
        if not hasattr(app.view_functions[rule.endpoint], "allowed_roles")
    ]


def _roles() -> frozenset[str]:
    """Who may use the view of the running request."""
    view = current_app.view_functions[request.endpoint or ""]
    roles: frozenset[str] = getattr(view, "allowed_roles", frozenset())
    return roles


def _stranger(name: str) -> Principal:
    return Principal(id=name, roles=frozenset(), unit="")


def _read_token() -> Principal:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if not scheme:
        raise _refused("token_missing", "A bearer token is required.", error=None)
    if scheme.lower() != "bearer" or not token.strip():
        raise _refused("token_invalid", "The token cannot be trusted.")
    try:
        return _principal(kit().verifier.verify(token.strip()))
    except TokenExpired:
        raise _refused("token_expired", "The token has expired.") from None
    except TokenInvalid:
        raise _refused("token_invalid", "The token cannot be trusted.") from None


def _principal(claims: dict[str, Any]) -> Principal:
    roles = claims.get("roles")
    if not isinstance(roles, list) or not all(_is_name(role, ROLE_LENGTH) for role in roles):
        raise TokenInvalid("the claim roles is no list of names")
    if not _is_name(claims["sub"], SUBJECT_LENGTH):
        raise TokenInvalid("the claim sub is no name")
    if not _is_name(claims.get("org_unit"), UNIT_LENGTH):
        raise TokenInvalid("the claim org_unit is no name")
    return Principal(id=claims["sub"], roles=frozenset(roles), unit=claims["org_unit"])


def _is_name(value: object, length: int) -> bool:
    return isinstance(value, str) and 0 < len(value) <= length and value.isprintable()


def _refused(code: str, detail: str, *, error: str | None = "invalid_token") -> Problem:
    challenge = f'{CHALLENGE}, error="{error}"' if error else CHALLENGE
    return Problem(401, code, detail, headers={"WWW-Authenticate": challenge})
