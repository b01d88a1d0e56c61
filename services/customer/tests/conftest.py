"""The sample company in an empty database, and people who send requests."""

from collections.abc import Callable, Iterator
from datetime import UTC
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session, sessionmaker

from customer import api
from customer.adapters.tables import metadata
from customer.adapters.transaction import CustomerTransaction
from customer.main import RULEBOOK
from shared.testing import define_company, memory
from shared.transaction import Begin, beginner
from shared.web.app import create_app
from shared.web.kit import Kit
from shared.web.testing import Caller, Issuer, StandingClock, callers

from .desk import HQ, MONDAY_10, PEOPLE, STAFF, Desk
from .graders import Department
from .river import CUSTOMERS, RIVER

IMPORTS = "/v1/customers/imports"


@pytest.fixture
def sessions() -> Iterator[sessionmaker[Session]]:
    made = memory(metadata)
    yield made
    made.kw["bind"].dispose()


@pytest.fixture
def begin(sessions: sessionmaker[Session]) -> Begin[CustomerTransaction]:
    return beginner(sessions, partial(CustomerTransaction, rulebook=RULEBOOK), "customer")


@pytest.fixture
def deserted(begin: Begin[CustomerTransaction], sessions: sessionmaker[Session]) -> Desk:
    """The sample company on a Monday at 10:00; nobody works there yet."""
    made = Desk(begin, sessions, MONDAY_10)
    with made.open() as tx:
        define_company(tx.session)
    return made


@pytest.fixture
def desk(deserted: Desk) -> Desk:
    """The sample company with its staff."""
    with deserted.open() as tx:
        for name, (unit, role, superior) in STAFF.items():
            tx.staff.keep(
                PEOPLE[name],
                active=True,
                superior_id=PEOPLE[superior] if superior else None,
                posts=[(unit, role)],
            )
    return deserted


@pytest.fixture(scope="session")
def issuer() -> Issuer:
    return Issuer()


@pytest.fixture
def app(
    desk: Desk,
    sessions: sessionmaker[Session],
    begin: Begin[CustomerTransaction],
    issuer: Issuer,
) -> Flask:
    kit = Kit(
        service="customer",
        sessions=sessions,
        begin=begin,
        clock=StandingClock(desk.now.astimezone(UTC)),
        verifier=issuer.verifier("customer"),
        outbox_age=lambda: 0.0,
        migrated=lambda _session: True,
    )
    return create_app(
        "customer", blueprints=api.blueprints(RULEBOOK)(kit), kit=kit, title="Huiyin customer"
    )


@pytest.fixture
def as_(app: Flask, issuer: Issuer) -> Callable[..., Caller]:
    """``as_("sales_team", unit="shop-01")``: somebody with that role; ``who`` is one of PEOPLE."""
    known = callers(app, issuer, audience="customer")

    def person(role: str, *, unit: str = "hq", who: str | None = None) -> Caller:
        return known(str(PEOPLE[who]) if who else HQ.id, role, unit=unit)

    return person


@pytest.fixture
def sales(as_: Callable[..., Caller]) -> Caller:
    return as_("sales_team")


@pytest.fixture
def department(desk: Desk, as_: Callable[..., Caller]) -> Department:
    """Region north, which follows the medical pack and has a scorecard."""
    made = Department(desk, as_)
    assert made.has_scorecard().status_code == 201
    made.crowd(6)  # Of seven customers one may be VIP.
    return made


@pytest.fixture
def river(sales: Caller) -> Any:
    return sales.post(CUSTOMERS, RIVER).json


@pytest.fixture
def path(river: Any) -> str:
    return f"{CUSTOMERS}/{river['customer_id']}"


@pytest.fixture
def contact(sales: Caller, path: str) -> Any:
    return sales.get(f"{path}/contacts").json["items"][0]


@pytest.fixture
def send(as_: Callable[..., Caller]) -> Callable[..., Any]:
    office = as_("sales_back_office", unit="sales-centre")

    def sent(content: bytes, *, media_type: str = "text/csv", **options: Any) -> Any:
        return office.post(IMPORTS, data=content, headers={"Content-Type": media_type}, **options)

    return sent
