"""What the tests of every service start from: a real, empty database and the events it was told.

Only for tests; needs the development requirements (jsonschema).
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from sqlalchemy import MetaData, select
from sqlalchemy.orm import Session, sessionmaker

from shared import org_units
from shared.database import connect
from shared.encrypted_columns import HELD
from shared.encryption import fresh_key, read_encryption
from shared.tables import outbox, plumbing

# Settings of keys for services that stand only as long as a test.
KEYS = {"field_keys": f"test:{fresh_key()}", "index_key": fresh_key()}
CONTRACTS = Path(__file__).parents[3] / "shared" / "contracts" / "events"

WEEK = {str(day): [["09:00", "12:00"], ["13:00", "18:00"]] for day in range(5)}
HOLIDAYS_2026 = {
    "2026-01-01": "New Year",
    "2026-01-02": "New Year",
    "2026-01-03": "New Year",
    **{f"2026-02-{day}": "Spring Festival" for day in range(15, 24)},
    **{f"2026-04-0{day}": "Tomb-Sweeping Day" for day in range(4, 7)},
    **{f"2026-05-0{day}": "Labour Day" for day in range(1, 6)},
    **{f"2026-06-{day}": "Dragon Boat Festival" for day in range(19, 22)},
    **{f"2026-09-{day}": "Mid-Autumn Festival" for day in range(25, 28)},
    **{f"2026-10-0{day}": "National Day" for day in range(1, 8)},
}
WORKDAYS_2026 = [
    "2026-01-04",
    "2026-02-14",
    "2026-02-28",
    "2026-05-09",
    "2026-09-20",
    "2026-10-10",
]
CALENDAR: dict[str, Any] = {
    "zone": "Asia/Shanghai",
    "week": WEEK,
    "holidays": HOLIDAYS_2026,
    "workdays": dict.fromkeys(WORKDAYS_2026),
    "published": [2026],
}
UNITS = [
    ("hq", None, "company"),
    ("sales-centre", "hq", "division"),
    ("general-service", "sales-centre", "department"),
    ("region-north", "sales-centre", "department"),
    ("region-south", "sales-centre", "department"),
    ("shop-01", "region-north", "shop"),
    ("shop-02", "region-north", "shop"),
    ("shop-03", "region-south", "shop"),
    ("shop-04", "region-south", "shop"),
    ("admin-centre", "hq", "department"),
    ("dispatch-centre", "hq", "department"),
]


def memory(*tables: MetaData) -> sessionmaker[Session]:
    """Sessions on an empty in-memory SQLite with ``tables``, the plumbing and ``KEYS``."""
    engine = connect("sqlite://", application="test")
    for metadata in (plumbing, *tables):
        metadata.create_all(engine)
    return sessionmaker(engine, expire_on_commit=False, info=held_keys())


def held_keys() -> dict[str, Any]:
    """What the sessions of a test hold, so that they can encrypt."""
    return {HELD: read_encryption(**KEYS)}


def define_company(session: Session) -> None:
    """The sample company: units down to shops, working Mon-Fri 9-12 and 13-18, holidays of 2026."""
    for unit, parent, kind in UNITS:
        org_units.define(
            session,
            unit=unit,
            parent=parent,
            kind=kind,
            name=unit,
            calendar=CALENDAR if parent is None else None,
        )


def emitted(session: Session) -> list[tuple[str, dict[str, Any]]]:
    """Type and data of every event in the outbox, in order; each was held against its contract."""
    bodies = session.scalars(select(outbox.c.body).order_by(outbox.c.position)).all()
    envelopes = [json.loads(body) for body in bodies]
    for envelope in envelopes:
        contract(envelope["type"]).validate(envelope["data"])
    return [(envelope["type"], envelope["data"]) for envelope in envelopes]


@cache
def contract(type_: str) -> Draft202012Validator:
    """The validator of one event type. Raises FileNotFoundError for a type without contract."""
    schema = json.loads((CONTRACTS / f"{type_}.json").read_text())
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def examples(type_: str) -> list[dict[str, Any]]:
    """The committed examples of one event type: what every reader has to be able to read."""
    found: list[dict[str, Any]] = json.loads((CONTRACTS / f"{type_}.json").read_text())["examples"]
    return found
