"""What operations ask a web process: is it alive, is it ready, how does it do, which version."""

import logging
from typing import Any

from flask import Blueprint, Response, jsonify
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from shared.database import at_head
from shared.transaction import reading
from shared.web.auth import ANYONE, allow
from shared.web.kit import Kit, kit

logger = logging.getLogger(__name__)

health = Blueprint("health", __name__)


@health.get("/healthz")
@allow(ANYONE)
def show_health() -> Response:
    """Answer as long as the process does; it asks nothing of others."""
    return jsonify({"alive": True})


@health.get("/readyz")
@allow(ANYONE)
def show_readiness() -> tuple[Response, int]:
    """Whether the process can serve: database, migrations and the age of its outbox."""
    checks = readiness(kit())
    ready = all(value == "ok" for value in checks.values())
    return jsonify({"ready": ready, "checks": checks}), 200 if ready else 503


@health.get("/version")
@allow(ANYONE)
def show_version() -> Response:
    """Which service this is, and of which release."""
    return jsonify({"service": kit().service, "version": kit().version})


@health.get("/metrics")
@allow(ANYONE)
def show_metrics() -> Response:
    """The metrics of this process, or of all workers where they share a folder."""
    return Response(generate_latest(_registry(kit())), content_type=CONTENT_TYPE_LATEST)


def readiness(of: Kit) -> dict[str, str]:
    """Each check by name: ``ok``, or in a word what is wrong. The broker is none of them."""
    try:
        with reading(of.sessions) as session:
            session.execute(text("SELECT 1"))
            migrated = _migrated(of, session)
        age = of.outbox_age()
    except SQLAlchemyError as error:
        logger.warning("not_ready", extra={"error": type(error).__name__})
        return {"database": "unavailable"}
    return {
        "database": "ok",
        "migrations": "ok" if migrated else "behind",
        "outbox": "ok" if age <= of.outbox_age_limit else "delayed",
    }


def _migrated(of: Kit, session: Session) -> bool:
    if of.migrated is not None:
        return of.migrated(session)
    return at_head(of.service, session.connection())


def _registry(of: Kit) -> Any:
    if of.metrics_dir is None:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(of.metrics_dir))
    return registry
