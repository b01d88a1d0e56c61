"""What an HTTP application of a service is made of: given by main.py, found by every request."""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any, cast

from flask import Flask, current_app
from sqlalchemy.orm import Session, sessionmaker

from shared.clock import Clock
from shared.settings import ServiceSettings
from shared.transaction import Begin
from shared.web.tokens import Verifier

EXTENSION = "huiyin"


def _version() -> str:
    return metadata.version("huiyin-shared")


@dataclass(frozen=True, kw_only=True)
class Kit:
    """The parts that the HTTP kit needs.

    ``service`` is also the name of its package, whose migrations readiness compares with the
    database; ``migrated`` replaces that comparison. ``outbox_age`` tells how many seconds the
    oldest unsent event has waited; beyond ``outbox_age_limit`` the process is not ready.
    ``metrics_dir`` is where gunicorn's workers share their metrics, None in a single process.
    ``trusted_proxies`` stand one behind the other in front of it, each of which adds to
    ``X-Forwarded-For`` from where the request came to it. ``settings`` are those of the process.
    """

    service: str
    sessions: sessionmaker[Session]
    begin: Begin[Any]
    clock: Clock
    verifier: Verifier
    outbox_age: Callable[[], float]
    outbox_age_limit: float = 300
    migrated: Callable[[Session], bool] | None = None
    metrics_dir: Path | None = None
    trusted_proxies: int = 0
    settings: ServiceSettings | None = None
    version: str = field(default_factory=_version)


def install(app: Flask, kit: Kit) -> None:
    """Make ``kit`` the kit of ``app``."""
    app.extensions[EXTENSION] = kit


def kit() -> Kit:
    """The kit of the application that answers the running request."""
    return cast(Kit, current_app.extensions[EXTENSION])
