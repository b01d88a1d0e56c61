"""How many statements a command takes on PostgreSQL. Each costs the web about as much processor
time as all that the command decides, so none comes in unnoticed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from dispatch.domain.people import Person, Post
from dispatch.main import SERVICE, create_app
from dispatch.settings import Settings
from embedded.keys import ISSUER, DevelopmentKeys
from shared.database import upgrade
from shared.runtime import Parts, create_parts
from shared.testing import KEYS, define_company

PEOPLE = {UUID(int=1): "dispatcher", UUID(int=2): "repair_worker"}
DISPATCHER, WORKER = PEOPLE
UNIT = "dispatch-centre"
# Draft: the two people, what stands above the unit, the lock on its daily round. Issue: order, the
# two people, what stands above, the number. Accept: order, receiver, what stands above, the proof,
# the change for devices. All: the order itself, the sequence of its events, and all that is added.
MOST = {"draft": 6, "issue": 7, "accept": 8}


@pytest.fixture
def parts(database: str, tmp_path: Path) -> Iterator[tuple[Parts, DevelopmentKeys]]:
    keys = DevelopmentKeys(tmp_path)
    url = database.replace("postgresql:", "postgresql+psycopg:")
    settings = Settings(
        database_url=url, broker_url="memory://", jwks=str(keys.jwks), issuer=ISSUER, **KEYS
    )
    made = create_parts(SERVICE, settings, told=lambda: None)
    upgrade("dispatch", made.engine)
    with made.begin(now=datetime.now(UTC)) as tx:
        define_company(tx.session)
        for person_id, role in PEOPLE.items():
            post = Post(UNIT, role)
            tx.people.keep(
                Person(
                    id=person_id,
                    name="Zhang San",
                    language="zh-CN",
                    zone="Asia/Shanghai",
                    posts=(post,),
                )
            )
    yield made, keys
    made.engine.dispose()


class Desk:
    """Sends commands of the two, and counts the statements of each."""

    def __init__(self, client: FlaskClient, keys: DevelopmentKeys, engine: Engine) -> None:
        self.client = client
        self.tokens = {
            who: keys.token(str(who), roles=[role], unit=UNIT, audience=["dispatch"])
            for who, role in PEOPLE.items()
        }
        self.statements: list[str] = []
        event.listen(engine, "before_cursor_execute", lambda *told: self.statements.append(told[2]))

    def send(self, by: UUID, path: str, body: dict[str, Any], *, key: str = "") -> tuple[Any, int]:
        self.statements.clear()
        headers = {
            "Authorization": f"Bearer {self.tokens[by]}",
            "Idempotency-Key": key or str(uuid4()),
        }
        answer = self.client.post(path, json=body, headers=headers)
        assert answer.status_code in (200, 201), answer.text
        return answer.json, len(self.statements)

    def order(self) -> dict[str, int]:
        """One order to its receiver; returns how many statements each command took."""
        due_at = datetime.now(UTC) + timedelta(days=1)
        fields = {
            "place": "Gate 2",
            "content": "The lock does not close",
            "requirements": "Bring one of the same make",
            "reply_due_at": due_at.isoformat(),
            "receiver_id": str(WORKER),
        }
        made, drafting = self.send(DISPATCHER, "/v1/work-orders", fields)
        path = f"/v1/work-orders/{made['work_order_id']}"
        _, issuing = self.send(DISPATCHER, f"{path}/issues", {})
        signed = {"signature": {"name": "Zhang San"}}
        _, accepting = self.send(WORKER, f"{path}/acceptances", signed)
        return {"draft": drafting, "issue": issuing, "accept": accepting}


@pytest.fixture
def desk(parts: tuple[Parts, DevelopmentKeys]) -> Desk:
    made, keys = parts
    opened = Desk(create_app(made).test_client(), keys, made.engine)
    opened.order()  # What a process reads once is not counted.
    return opened


def test_an_order_comes_to_its_receiver_with_few_statements(desk: Desk) -> None:
    taken = desk.order()
    more = {name: count for name, count in taken.items() if count > MOST[name]}
    assert not more, desk.statements


def test_a_command_that_is_repeated_is_answered_as_it_was(desk: Desk) -> None:
    due_at = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    body = {"place": "Gate 2", "content": "Lock", "reply_due_at": due_at}
    first, _ = desk.send(DISPATCHER, "/v1/work-orders", body, key="once")
    second, _ = desk.send(DISPATCHER, "/v1/work-orders", body, key="once")
    assert first == second
