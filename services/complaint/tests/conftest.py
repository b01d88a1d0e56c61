"""The desk of the sample company, and its persons over HTTP."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session, sessionmaker

from complaint import api
from complaint.adapters.tables import metadata
from complaint.api.fitting import misfits
from complaint.api.policies import SECTIONS
from shared.policy import Rulebook
from shared.testing import memory
from shared.web.app import create_app
from shared.web.kit import Kit
from shared.web.testing import Issuer, StandingClock, callers

from .desk import Desk, opened

CONSUMER = {
    "org_unit": "shop-01",
    "complainant": "consumer",
    "channel": "telephone",
    "about": "product_quality",
    "complainant_name": "李华",
    "complainant_phone": "13812345678",
    "details": {
        "agent_name": "王芳",
        "other_contacts": "office 4711",
        "shop_and_persons": "陈明、赵强",
        "respondent_person": "刘洋",
    },
}


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    """The built-in packs, in the order in which they are followed unless a unit chose others."""
    default = ("franchise", "generic")
    return Rulebook.load("complaint", SECTIONS, default=default, misfits=misfits)


@pytest.fixture
def sessions() -> Iterator[sessionmaker[Session]]:
    made = memory(metadata)
    yield made
    made.kw["bind"].dispose()


@pytest.fixture
def desk(sessions: sessionmaker[Session], rulebook: Rulebook) -> Desk:
    return opened(sessions, rulebook)


@pytest.fixture
def clock(desk):
    return StandingClock(desk.now)


@pytest.fixture
def app(rulebook, clock, sessions, desk, issuer):
    kit = Kit(
        service="complaint",
        sessions=sessions,
        begin=desk.begin,
        clock=clock,
        verifier=issuer.verifier("complaint"),
        outbox_age=lambda: 0.0,
        migrated=lambda _session: True,
    )
    blueprints = api.blueprints(rulebook)(kit)
    return create_app("complaint", blueprints=blueprints, kit=kit, title="Huiyin complaint")


@pytest.fixture(scope="module")
def issuer():
    return Issuer()


@pytest.fixture
def as_(app, issuer, desk):
    """``as_("manager")``: that person of the staff, who sees the whole company by default."""
    known = callers(app, issuer, audience="complaint")

    def person(name, *, unit="hq", roles=None):
        own = [role.value for role in desk.caller(name).roles]
        return known(str(desk.people[name]), *(roles or own), unit=unit)

    return person


@pytest.fixture
def filed(as_):
    return as_("assistant-north").post("/v1/complaints", CONSUMER).json
