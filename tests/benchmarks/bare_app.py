"""What the POST of a complaint is held against: two rows by SQLAlchemy Core and nothing else.

``/bare`` is plain Flask. ``/described`` is flask-smorest with marshmallow, twelve fields read and
shown, which is the least that an interface with an OpenAPI document and checked input can do.
Neither knows who asks, repeats, policies, timers or a timeline.
"""

import json
import os
from datetime import UTC, datetime
from typing import Any

from flask import Flask, Response, jsonify, request
from flask_smorest import Api, Blueprint
from marshmallow import Schema, fields
from marshmallow.validate import Length
from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Engine,
    MetaData,
    String,
    Table,
    Text,
    Uuid,
    create_engine,
    insert,
)

from shared.ids import new_id

CONNECTIONS = 5  # as many as a process of a service keeps

metadata = MetaData()
matters = Table(
    "matters",
    metadata,
    Column("id", Uuid, primary_key=True),
    *(Column(name, String(60), nullable=False) for name in ("org_unit", "channel", "about")),
    *(Column(name, String(120)) for name in ("complainant", "name", "phone", "place", "product")),
    *(Column(name, Text) for name in ("reason", "course", "department")),
    Column("received_at", DateTime(timezone=True), nullable=False),
)
outbox = Table(
    "outbox",
    metadata,
    Column("position", BigInteger, primary_key=True, autoincrement=True),
    Column("event_id", Uuid, nullable=False),
    Column("type", String(120), nullable=False),
    Column("body", Text, nullable=False),
)


class MatterSchema(Schema):
    """Twelve fields, each of them checked."""

    id = fields.UUID(dump_only=True)
    org_unit = fields.String(required=True, validate=Length(1, 60))
    channel = fields.String(required=True, validate=Length(1, 60))
    about = fields.String(required=True, validate=Length(1, 60))
    complainant = fields.String(validate=Length(1, 120))
    name = fields.String(validate=Length(1, 120))
    phone = fields.String(validate=Length(1, 120))
    place = fields.String(validate=Length(1, 120))
    product = fields.String(validate=Length(1, 120))
    reason = fields.String(validate=Length(1, 4000))
    course = fields.String(validate=Length(1, 4000))
    department = fields.String(validate=Length(1, 4000))
    received_at = fields.AwareDateTime(dump_only=True)


def create_app() -> Flask:
    """The application on the database that ``BARE_DATABASE_URL`` names."""
    engine = create_engine(os.environ["BARE_DATABASE_URL"], pool_size=CONNECTIONS, max_overflow=0)
    app = Flask("bare")
    app.config.update(API_TITLE="bare", API_VERSION="1", OPENAPI_VERSION="3.1.0")
    app.add_url_rule("/readyz", view_func=lambda: "ready", endpoint="ready")
    app.add_url_rule("/bare", view_func=lambda: _bare(engine), endpoint="bare", methods=["POST"])
    described = Blueprint("described", __name__)

    @described.post("/described")
    @described.arguments(MatterSchema)
    @described.response(201, MatterSchema)
    def describe(asked: dict[str, Any]) -> dict[str, Any]:
        return _keep(engine, asked)

    Api(app).register_blueprint(described)
    return app


def _bare(engine: Engine) -> tuple[Response, int]:
    return jsonify(_keep(engine, request.get_json())), 201


def _keep(engine: Engine, asked: dict[str, Any]) -> dict[str, Any]:
    """One transaction, two statements."""
    row = {"id": new_id(), "received_at": datetime.now(UTC), **asked}
    told = {"event_id": new_id(), "type": "matter.kept.v1", "body": json.dumps(asked)}
    with engine.begin() as connection:
        connection.execute(insert(matters), row)
        connection.execute(insert(outbox), told)
    return row
