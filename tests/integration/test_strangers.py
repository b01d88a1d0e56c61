"""What customers send at once, to several processes, on a real PostgreSQL (S19)."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.test import TestResponse

from complaint.adapters.tables import attachments, cases, trackings
from complaint.main import SERVICE
from shared.call_limits import CallLimit, count
from shared.database import upgrade
from shared.ids import new_id
from shared.rules import TooMany
from shared.runtime import Parts, create_parts, create_web
from shared.testing import KEYS, define_company
from shared.web.testing import Issuer, StandingClock

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
CLERK = UUID(int=0x7000_8000 << 64 | 1)
LIMIT = CallLimit("calls", 10, timedelta(minutes=1))
AT_ONCE = 8
MATTER = {
    "org_unit": "shop-01",
    "complainant": "consumer",
    "about": "product_quality",
    "reason": "a seam is open",
    "complainant_name": "李华",
    "complainant_phone": "13812345678",
}


@pytest.fixture
def made(database: str, tmp_path: Path) -> Iterator[Parts]:
    """The service on a database of its own, with one person who handles complaints."""
    issuer = Issuer()
    jwks = tmp_path / "jwks.json"
    jwks.write_bytes(issuer.jwks())
    settings = SERVICE.settings(
        database_url=database.replace("postgresql://", "postgresql+psycopg://"),
        broker_url="memory://",
        jwks=str(jwks),
        issuer=issuer.name,
        **KEYS,
    )
    parts = create_parts(SERVICE, settings, clock=StandingClock(NOW), told=lambda: None)
    upgrade("complaint", parts.engine, parts.encryption)
    with parts.begin(now=NOW) as tx:
        define_company(tx.session)
        posts = [("region-north", "regional_service_assistant")]
        tx.staff.keep(CLERK, active=True, superior_id=None, posts=posts)
    yield parts
    parts.engine.dispose()


@pytest.fixture
def app(made: Parts) -> Flask:
    return create_web(made)


def file(app: Flask, key: str, address: str = "192.0.2.1") -> TestResponse:
    return app.test_client().post(
        "/v1/public/complaints",
        json=MATTER,
        headers={"Idempotency-Key": key},
        environ_base={"REMOTE_ADDR": address},
    )


def rows(sessions: sessionmaker[Session], table: Table) -> int:
    with sessions() as session:
        return session.scalars(select(func.count()).select_from(table)).one()


def counted(sessions: sessionmaker[Session], side: str) -> bool:
    try:
        with sessions.begin() as session:
            count(session, LIMIT, side, now=NOW)
    except TooMany:
        return False
    return True


def test_no_more_are_taken_than_the_limit_however_many_come_at_once(made: Parts) -> None:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        taken = list(pool.map(lambda _: counted(made.sessions, "192.0.2.1"), range(40)))
    assert sum(taken) == LIMIT.most
    assert counted(made.sessions, "192.0.2.2")


def test_a_restart_forgets_nothing(made: Parts) -> None:
    for _ in range(LIMIT.most):
        assert counted(made.sessions, "192.0.2.1")
    made.engine.dispose()
    again = create_parts(SERVICE, made.settings, clock=StandingClock(NOW), told=lambda: None)
    assert not counted(again.sessions, "192.0.2.1")
    again.engine.dispose()


def test_the_same_filing_sent_at_once_is_filed_once(app: Flask, made: Parts) -> None:
    key = str(new_id())
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(lambda _: file(app, key), range(AT_ONCE)))
    assert {answer.status_code for answer in answers} == {201}, [one.text for one in answers]
    assert len({answer.json["tracking_code"] for answer in answers}) == 1
    assert (rows(made.sessions, cases), rows(made.sessions, trackings)) == (1, 1)


def test_a_case_has_no_more_files_than_it_may_have(app: Flask, made: Parts) -> None:
    code = file(app, str(new_id())).json["tracking_code"]

    def send(number: int) -> Any:
        return app.test_client().post(
            "/v1/public/tracking/attachments",
            data=b"\x89PNG\r\n\x1a\n" + bytes([number]),
            headers={"Idempotency-Key": str(new_id()), "Tracking-Code": code},
        )

    with ThreadPoolExecutor(AT_ONCE) as pool:
        statuses = [one.status_code for one in pool.map(send, range(14))]
    assert sorted(statuses) == [201] * 10 + [409] * 4
    assert rows(made.sessions, attachments) == 10
