"""The embedded process is killed again and again while people work with it; nothing is lost and
nothing happens twice. Needs no server."""

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from demo.scenes import COMPLAINTS, HANDLER, Scenes, Thing, complaint_path, order_path
from embedded.client import Client
from embedded.keys import DevelopmentKeys
from embedded.sample import Company
from local_house import LocalHouse, PatientClient

KILLS = 6
CASES = 6
START = datetime.fromisoformat("2026-02-13T08:30:00+08:00")
NEGLECTED_UNTIL = START + timedelta(days=4)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[LocalHouse]:
    made = LocalHouse(tmp_path / "home")
    try:
        yield made
    finally:
        made.clear()


@dataclass
class Player:
    """Plays the story in a thread of its own and counts the answers it has had."""

    house: LocalHouse
    company: Company
    answers: int = 0
    failure: BaseException | None = None
    complaints: list[Thing] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.control = PatientClient(self.house, sent=self._count)
        self.scenes = Scenes(
            self.company,
            lambda person: PatientClient(self.house, person.token, sent=self._count),
            lambda: self._settle(),
        )
        self.thread = threading.Thread(target=self._run)

    def _count(self) -> None:
        self.answers += 1

    def _settle(self) -> None:
        self.control.post("/_local/clock")

    def _run(self) -> None:
        try:
            self.play()
        except BaseException as failure:  # noqa: BLE001 - it is raised again by the test's thread.
            self.failure = failure

    def play(self) -> None:
        """Complaints that go their way to the archived work order, and one that is neglected."""
        self.load_company()
        for number in range(CASES):
            complaint = self.scenes.complain(f"Case {number}")
            self.complaints.append(complaint)
            self.scenes.reach_complainant(complaint)
            self.scenes.ask_for_field_work(complaint, by=START + timedelta(days=1))
            [order] = self.scenes.orders_of(complaint)
            self.scenes.issue(order)
            self.scenes.accept(order)
            self.scenes.complete(order)
            self.scenes.close(order)
        self.complaints.append(self.scenes.complain("Neglected", hotline=True))
        self.control.post("/_local/clock", {"to": NEGLECTED_UNTIL.isoformat()})

    def load_company(self) -> None:
        """Units and people; the loader brings a client of its own, so it is what is repeated."""
        while True:
            try:
                self.company.load_people(self.house.base)
            except OSError:  # Of which those of requests are a kind.
                continue
            return self._settle()

    def has_had(self, answers: int) -> bool:
        return self.answers >= answers or not self.thread.is_alive()


@pytest.mark.timeout(240)  # Half a minute where it has the machine for itself.
def test_killed_at_random_moments_the_house_loses_nothing_and_does_nothing_twice(
    house: LocalHouse,
) -> None:
    house.home.mkdir()
    player = Player(house, Company(DevelopmentKeys(house.home)))
    player.thread.start()
    kill_while_it_starts(house)
    kill_while_it_is_loaded(house)
    kill_while_people_work(house, player)
    player.thread.join(60)
    assert (None, False) == (player.failure, player.thread.is_alive())
    assert KILLS + 1 == house.starts
    assert house.interruptions > 0
    check_reconciliation(house)
    check_complaints(player)
    check_neglected(player)
    check_orders(player)
    check_ledger(player)
    assert house.close() == 0


def kill_while_it_starts(house: LocalHouse) -> None:
    """In the middle of its imports, its migrations or its first loops."""
    house.launch()
    time.sleep(random.uniform(1, 3))
    house.kill()


def kill_while_it_is_loaded(house: LocalHouse) -> None:
    """While units and people are entered."""
    house.open()
    time.sleep(random.uniform(0, 0.5))
    house.kill()


def kill_while_people_work(house: LocalHouse, player: Player) -> None:
    """After about every tenth answer, a random moment later."""
    house.open()
    for _ in range(KILLS - 2):
        mark = player.answers + random.randint(6, 14)
        while not player.has_had(mark):
            time.sleep(0.002)
        assert player.thread.is_alive(), f"the story ended early: {player.failure!r}"
        time.sleep(random.uniform(0, 0.15))
        house.kill()
        house.open()


def check_reconciliation(house: LocalHouse) -> None:
    Client(house.base).post("/_local/clock")
    count = Client(house.base).get("/_local/reconciliation")
    left = [count[name] for name in ("missing", "unexpected", "unpublished")]
    assert ([[], [], 0], 0, 0) == (left, count["parked"], count["quarantined"])
    assert count["clean"]
    assert count["told"] > CASES * 8


ONCE_EACH = (
    "complaint.filed.v1",
    "complaint.assigned.v1",
    "complaint.first_contact_made.v1",
    "complaint.field_work_requested.v1",
    "complaint.field_work_done.v1",
)


def check_complaints(player: Player) -> None:
    """There is one complaint a case, numbered without gaps, each with one of each event."""
    listed = list(player.scenes.listed(HANDLER, COMPLAINTS))
    assert [one["id"] for one in player.complaints] == [one["id"] for one in listed]
    numbers = [f"general-service-{number}" for number in range(1, CASES + 2)]
    assert numbers == [one["number"] for one in listed]
    for complaint in player.complaints[:CASES]:
        kinds = Counter(player.scenes.kinds(HANDLER, complaint_path(complaint)))
        assert dict.fromkeys(ONCE_EACH, 1) == {kind: kinds[kind] for kind in ONCE_EACH}
        [work] = player.scenes.complaint(complaint)["field_works"]
        assert work["satisfied"]


def check_neglected(player: Player) -> None:
    """The clock was moved over its due time, which was seen once."""
    neglected = player.complaints[CASES]
    kinds = Counter(player.scenes.kinds(HANDLER, complaint_path(neglected)))
    assert 1 == kinds["complaint.first_contact_breached.v1"]
    assert NEGLECTED_UNTIL == datetime.fromisoformat(player.control.get("/_local/clock")["now"])


STEPS = ("opened", "issued", "accepted", "completed", "called_back", "archived")


def check_orders(player: Player) -> None:
    """There is one order a request, and each went each step once."""
    for complaint in player.complaints[:CASES]:
        [order] = player.scenes.orders_of(complaint)
        assert "archived" == order["state"]
        kinds = player.scenes.kinds("dispatcher", order_path(order))
        told = [kind for kind in kinds if kind.startswith("dispatch.")]
        assert [f"dispatch.work_order_{step}.v1" for step in STEPS] == told


def check_ledger(player: Player) -> None:
    """Whoever had to be told something was told it once; a complainant who left no address is
    called, and his handler told to do it."""
    ledger = player.scenes.messages()
    keys = Counter(
        (m["reason"], m["subject"], m["occurrence"], m["person_id"], m["channel"]) for m in ledger
    )
    assert {1} == set(keys.values())
    kept_back = [message for message in ledger if message["state"] != "sent"]
    assert {("suppressed", "no_address")} == {(m["state"], m["state_reason"]) for m in kept_back}
    reasons = Counter(message["reason"] for message in ledger)
    assert (CASES, CASES) == (reasons["work_order_opened"], reasons["work_order_issued"])
    for complaint in player.complaints[:CASES]:
        assert 1 == player.scenes.told(HANDLER, complaint).count("complaint_assigned")
