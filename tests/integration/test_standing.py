"""What stands above a unit, asked for in the words of each database, is the same."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from shared import org_units
from shared.database import connect
from shared.ids import new_id
from shared.outbox import upsert
from shared.standing import Followed, look_up
from shared.tables import pack_activations, plumbing, policy_packs
from shared.testing import CALENDAR, define_company
from shared.working_time import Calendar

DAYS = [date(2026, 3, day) for day in (1, 2, 3)]


@pytest.fixture(params=["postgresql", "sqlite"])
def session(request: pytest.FixtureRequest) -> Iterator[Session]:
    url = "sqlite://"
    if request.param == "postgresql":
        bare: str = request.getfixturevalue("database")
        url = bare.replace("postgresql:", "postgresql+psycopg:")
    engine = connect(url, application="test")
    plumbing.create_all(engine)
    with Session(engine) as opened:
        define_company(opened)
        yield opened
    engine.dispose()


def follow(session: Session, unit: str, day: date, *packs: str) -> None:
    row = {
        "unit": unit,
        "effective_from": day,
        "packs": list(packs),
        "created_at": datetime(2026, 3, 2, tzinfo=UTC),
        "created_by": "somebody",
    }
    session.execute(upsert(session.get_bind().dialect)(pack_activations).values(row))


def store(session: Session, pack: str, version: str, second: int) -> Any:
    row = {
        "id": new_id(),
        "pack": pack,
        "version": version,
        "effective_from": DAYS[0],
        "document": {},
        "created_at": datetime(2026, 3, 2, 9, 0, second, 500_000 * (second % 2), tzinfo=UTC),
        "created_by": "somebody",
    }
    session.execute(insert(policy_packs), [row])
    return row["id"]


def test_a_unit_has_all_above_it(session: Session) -> None:
    for unit, day, packs in (
        ("hq", DAYS[2], ("company",)),
        ("shop-01", DAYS[0], ()),
        ("hq", DAYS[1], ("older", "oldest")),
        ("shop-03", DAYS[0], ("another",)),
    ):
        follow(session, unit, day, *packs)
    ids = [store(session, "p", version, second) for second, version in ((3, "9"), (4, "10"))]
    first = store(session, "q", "1", 1)

    found = look_up(session, "shop-01")

    assert found is not None
    assert found.chain == ("shop-01", "region-north", "sales-centre", "hq")
    assert found.known == set(found.chain)
    assert found.calendar is not None
    assert found.calendar.to_data() == Calendar.from_data(CALENDAR).to_data()
    assert found.followed == (
        Followed("shop-01", DAYS[0], ()),
        Followed("hq", DAYS[1], ("older", "oldest")),
        Followed("hq", DAYS[2], ("company",)),
    )
    stored = [(one.pack, one.version, one.effective_from, one.row_id) for one in found.stored]
    assert stored == [
        ("q", "1", DAYS[0], first),
        ("p", "9", DAYS[0], ids[0]),
        ("p", "10", DAYS[0], ids[1]),
    ]


def test_a_unit_that_is_not_known_has_nothing_above_it(session: Session) -> None:
    assert look_up(session, "nowhere") is None


def test_what_is_told_again_is_read_once(session: Session) -> None:
    first, second = look_up(session, "shop-01"), look_up(session, "shop-01")
    other = look_up(session, "shop-02")
    assert first is second
    assert first is not None
    assert other is not None
    assert other.calendar is first.calendar


def test_what_was_changed_is_told_to_the_next_who_asks(session: Session) -> None:
    before = look_up(session, "shop-01")
    calendar = CALENDAR | {"zone": "Asia/Urumqi"}
    org_units.define(
        session, unit="shop-01", parent="hq", kind="shop", name="shop-01", calendar=calendar
    )
    after = look_up(session, "shop-01")
    assert before is not None
    assert after is not None
    assert (before.chain[1], after.chain) == ("region-north", ("shop-01", "hq"))
    assert (before.calendar and before.calendar.zone) == "Asia/Shanghai"
    assert (after.calendar and after.calendar.zone) == "Asia/Urumqi"
