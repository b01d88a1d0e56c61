"""A client signs once, whatever is sent at once, and what proves it stays, on a real PostgreSQL as
it is migrated."""

from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Update, delete, exc, func, select, update
from sqlalchemy.orm import Session, sessionmaker

from demo.sign_offs import drawing
from dispatch.adapters.proofs import TABLES, signature_images, signature_proofs
from dispatch.domain.calendars import CalendarPlan
from dispatch.domain.people import Post
from dispatch.domain.proofs import Part
from dispatch.domain.signatures import Signed
from dispatch.domain.units import UnitKind
from dispatch.main import SERVICE
from dispatch.use_cases.calendars import set_calendar
from dispatch.use_cases.execution import accept_work_order
from dispatch.use_cases.people import add_person
from dispatch.use_cases.sign_offs import let_client_sign
from dispatch.use_cases.units import define_unit
from dispatch.use_cases.verification import is_altered, verified
from dispatch.use_cases.work_orders import draft_work_order, issue_work_order
from shared.database import upgrade
from shared.encryption import fresh_key, read_encryption
from shared.key_rotation import Rotation
from shared.runtime import Parts, create_parts, create_web
from shared.testing import KEYS, WEEK
from shared.web.auth import Principal
from shared.web.testing import Issuer, StandingClock

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
AT_ONCE = 6
HR, DISPATCHER, WORKER = (
    Principal(str(UUID(int=number)), frozenset({role}), "hq")
    for number, role in enumerate(("hr_administrator", "dispatcher", "repair_worker"), start=1)
)
JOB = {"place": "Gate 2", "content": "Lock", "requirements": "Same make"}


@pytest.fixture
def parts(database: str, tmp_path: Path) -> Iterator[Parts]:
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
    made = create_parts(SERVICE, settings, clock=StandingClock(NOW), told=lambda: None)
    upgrade("dispatch", made.engine, made.encryption)
    with made.begin(now=NOW) as tx:
        define_unit(tx, unit="hq", parent=None, kind=UnitKind.COMPANY, name="HQ", caller=HR)
        plan = CalendarPlan(
            zone="Asia/Shanghai", week=WEEK, national="CN", holidays={}, workdays={}
        )
        set_calendar(tx, tx.units.known("hq"), plan=plan)
        for one in (DISPATCHER, WORKER):
            add_person(
                tx,
                person_id=UUID(one.id),
                caller=HR,
                name="Somebody",
                language="zh-CN",
                zone="Asia/Shanghai",
                posts=(Post("hq", next(iter(one.roles))),),
                addresses=(),
            )
    yield made
    made.engine.dispose()


@pytest.fixture
def order_id(parts: Parts) -> UUID:
    """An order that the worker accepted."""
    with parts.begin(now=NOW) as tx:
        due = {"reply_due_at": NOW + timedelta(days=1), "receiver_id": UUID(WORKER.id)}
        order = draft_work_order(tx, caller=DISPATCHER, **JOB, **due)
        tx.session.flush()
        issue_work_order(tx, order.id, caller=DISPATCHER)
        accept_work_order(tx, order.id, signed=Signed(name="Zhang San"), caller=WORKER)
    found: UUID = order.id
    return found


def opened(parts: Parts, order_id: UUID, **how: Any) -> str:
    """The code of the link."""
    with parts.begin(now=NOW) as tx:
        link = let_client_sign(tx, order_id, remarks="Done", caller=WORKER, **how)
    return str(link.url).partition("#")[2]


def sign(app: Flask, code: str, key: str) -> int:
    client, headers = app.test_client(), {"Sign-Off-Code": code, "Idempotency-Key": key}
    read = client.get("/v1/public/sign-off", headers=headers)
    body = {
        "digest": (read.json or {}).get("digest") or "0" * 64,
        "name": "Li Hua",
        "drawing": b64encode(drawing()).decode(),
    }
    return client.post("/v1/public/sign-off", json=body, headers=headers).status_code


def count(sessions: sessionmaker[Session], part: Part) -> int:
    with sessions() as session:
        query = select(func.count()).select_from(signature_proofs)
        return session.scalars(query.where(signature_proofs.c.part == part)).one()


def test_a_link_is_used_once_however_many_sign_at_once(parts: Parts, order_id: UUID) -> None:
    app, code = create_web(parts), opened(parts, order_id)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(lambda key: sign(app, code, f"key-{key}"), range(AT_ONCE)))

    assert [201] + [404] * (AT_ONCE - 1) == sorted(answers)
    assert 1 == count(parts.sessions, Part.CLIENT)


def test_the_same_signature_sent_at_once_is_kept_once(parts: Parts, order_id: UUID) -> None:
    app, code = create_web(parts), opened(parts, order_id)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = set(pool.map(lambda _: sign(app, code, "the-same"), range(AT_ONCE)))

    assert 201 in answers
    assert 1 == count(parts.sessions, Part.CLIENT)


def test_one_link_is_live_however_many_are_opened_at_once(parts: Parts, order_id: UUID) -> None:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        codes = set(pool.map(lambda _: opened(parts, order_id), range(AT_ONCE)))
        others = set(pool.map(lambda _: opened(parts, order_id, anew=True), range(AT_ONCE)))

    assert 1 == len(codes)
    assert AT_ONCE == len(others - codes)


@pytest.mark.parametrize(
    "change",
    [
        delete(signature_proofs),
        delete(signature_images),
        update(signature_proofs).values(digest="x"),
        update(signature_proofs).values(image_id=None),
        update(signature_images).values(sha256="x"),
        update(signature_images).values(added_by=UUID(int=1)),
    ],
)
def test_what_proves_a_signature_stays(parts: Parts, order_id: UUID, change: Update) -> None:
    assert 201 == sign(create_web(parts), opened(parts, order_id), "a-key")

    with pytest.raises(exc.DBAPIError, match="only added"), parts.sessions.begin() as session:
        session.execute(change)


def test_it_is_intact_after_a_change_of_keys(parts: Parts, order_id: UUID) -> None:
    assert 201 == sign(create_web(parts), opened(parts, order_id), "a-key")
    keys = read_encryption(f"next:{fresh_key()},{KEYS['field_keys']}", KEYS["index_key"])
    turned = [Rotation(table, keys).run(parts.sessions) for table in TABLES]

    assert [1, 2] == turned
    with sessionmaker(parts.engine, info={"encryption": keys})() as session:
        found = verified(session, order_id)
    assert (2, False) == (len(found), is_altered(found))
