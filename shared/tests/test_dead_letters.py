"""Dead letters are seen, replayed and dropped, never published again, and each act is audited."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from marshmallow import EXCLUDE, Schema, fields
from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from shared.applying import Applier
from shared.clock import Clock, SimulatedClock
from shared.dead_letters import dead_letters
from shared.envelope import Received
from shared.firing import Firing
from shared.inbox import store
from shared.subscriptions import Fired, Subscription
from shared.tables import (
    audit,
    inbox,
    inbox_quarantine,
    inbox_subjects,
    outbox,
    timers,
)
from shared.testing import memory
from shared.testing_inbox import delivered
from shared.transaction import Begin, Transaction, beginner

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


class Reading(Schema):
    class Meta:
        unknown = EXCLUDE

    text = fields.String(required=True)


@dataclass(frozen=True)
class Settings:
    broker_url: str = "memory://"
    trusted_publishers: str = ""


@dataclass
class Parts:
    sessions: sessionmaker[Session]
    begin: Begin[Transaction]
    clock: Clock
    settings: Settings


class Bench:
    """A service whose handlers fail until they are mended."""

    def __init__(self, tmp_path: Path) -> None:
        self.sessions = memory()
        self.broken = True
        self.handled: list[int] = []
        self.clock = SimulatedClock(tmp_path / "clock.json", NOW)
        begin = beginner(self.sessions, Transaction, "dispatch")
        options: dict[str, Any] = {
            "service": "dispatch",
            "begin": begin,
            "clock": self.clock,
            "real": self.clock,
            "wait": lambda *_args, **_kwargs: 0.0,
        }
        subscriptions = {"complaint.filed.v1": Subscription(Reading(), self._on_filed)}
        self.applier = Applier(subscriptions=subscriptions, **options)
        self.firing = Firing(timers={"remind": self._on_remind}, **options)
        self.parts = Parts(self.sessions, begin, self.clock, Settings())
        self.runner = CliRunner()

    def run(self, *words: str) -> Result:
        return self.runner.invoke(dead_letters("dispatch", lambda: self.parts), list(words))

    def keys(self) -> list[str]:
        lines = self.run("list").stdout.splitlines()
        return [json.loads(line)["key"] for line in lines]

    def store(self, *deliveries: Any) -> None:
        with self.sessions.begin() as session:
            store(session, deliveries, now=NOW)

    def work(self) -> None:
        self.clock.move(max(self.clock.now(), datetime.now(UTC)))  # The tool goes by real time.
        while self.applier.apply_next() or self.firing.fire_next():
            pass

    def rows(self, query: Any) -> list[tuple[Any, ...]]:
        with self.sessions() as session:
            return [tuple(row) for row in session.execute(query)]

    def audited(self) -> list[tuple[str, str, str]]:
        of = audit.c
        return [(a, b, c) for a, b, c in self.rows(select(of.actor, of.action, of.subject))]

    def _on_filed(self, _tx: Transaction, event: Received, _data: dict[str, Any]) -> None:
        if self.broken and event.sequence == 2:
            raise ZeroDivisionError
        self.handled.append(event.sequence)

    def _on_remind(self, _tx: Transaction, _fired: Fired) -> None:
        if self.broken:
            raise ZeroDivisionError
        self.handled.append(0)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


@pytest.fixture
def parked(bench: Bench) -> str:
    """An event that is parked, with one before it and one behind it; its key."""
    bench.store(*(delivered(sequence=n, private=n == 2) for n in (1, 2, 3)))
    bench.work()
    assert bench.rows(select(inbox.c.state).order_by(inbox.c.sequence)) == [
        ("handled",),
        ("parked",),
        ("pending",),
    ]
    (key,) = bench.keys()
    bench.handled.clear()
    return key


def test_a_parked_event_is_listed_with_its_error_and_without_its_body(
    bench: Bench, parked: str
) -> None:
    shown = json.loads(bench.run("list").stdout)
    assert (shown["what"], shown["subject"]) == ("complaint.filed.v1", "complaint/1#2")
    assert shown["attempts"] == 12
    assert shown["error"].startswith("ZeroDivisionError at ")
    assert "喂" not in bench.run("list").stdout


def test_a_replayed_event_is_applied_and_those_behind_it_follow(bench: Bench, parked: str) -> None:
    bench.broken = False
    assert bench.run("replay", parked, "--actor", "li").stdout == f"replayed {parked}\n"
    bench.work()
    assert bench.handled == [2, 3]
    assert bench.audited() == [("li", "dead_letter.replayed", parked)]
    assert bench.keys() == []
    assert bench.rows(select(outbox)) == []


def test_a_replayed_event_that_fails_again_is_parked_again_after_all_its_tries(
    bench: Bench, parked: str
) -> None:
    bench.run("replay", parked)
    bench.work()
    assert bench.keys() == [parked]
    assert bench.rows(select(inbox.c.attempts).where(inbox.c.sequence == 2)) == [(12,)]
    assert bench.handled == []


def test_a_second_replay_finds_nothing_and_changes_nothing(bench: Bench, parked: str) -> None:
    bench.broken = False
    bench.run("replay", parked)
    bench.work()
    again = bench.run("replay", parked)
    assert again.exit_code == 1
    assert f"no letter {parked}" in again.stderr
    bench.work()
    assert bench.handled == [2, 3]
    assert len(bench.audited()) == 1


def test_without_yes_a_drop_only_says_what_would_happen(bench: Bench, parked: str) -> None:
    assert bench.run("drop", parked).stdout == f"would drop {parked}\n"
    assert bench.keys() == [parked]
    assert bench.audited() == []


def test_a_dropped_event_lets_its_subject_go_on_without_it(bench: Bench, parked: str) -> None:
    bench.run("drop", parked, "--yes", "--actor", "li")
    bench.work()
    assert bench.handled == [3]
    of = inbox.c
    assert bench.rows(select(of.state, of.body).where(of.sequence == 2)) == [("dropped", "")]
    assert bench.rows(select(inbox_subjects.c.applied)) == [(3,)]
    assert bench.audited() == [("li", "dead_letter.dropped", parked)]


def test_a_look_at_a_body_is_audited(bench: Bench, parked: str) -> None:
    shown = json.loads(bench.run("show", parked, "--actor", "li").stdout)
    assert "喂" in shown["body"]
    assert bench.audited() == [("li", "dead_letter.shown", parked)]
    ((detail,),) = bench.rows(select(audit.c.detail))
    assert detail == {}


@pytest.fixture
def parked_timer(bench: Bench) -> str:
    with bench.parts.begin(now=NOW) as tx:
        tx.set_timer("remind", "complaint/1:x", NOW)
    bench.work()
    (key,) = bench.keys()
    assert key == "timer:remind:complaint/1:x"
    return key


def test_a_replayed_timer_fires(bench: Bench, parked_timer: str) -> None:
    bench.broken = False
    bench.run("replay", parked_timer)
    bench.work()
    assert bench.handled == [0]
    assert bench.keys() == []


def test_a_dropped_timer_never_fires(bench: Bench, parked_timer: str) -> None:
    bench.broken = False
    bench.run("drop", parked_timer, "--yes")
    bench.work()
    assert bench.handled == []
    assert bench.rows(select(timers)) == []
    assert [action for _, action, _ in bench.audited()] == ["dead_letter.dropped"]


def test_what_is_still_unreadable_stays_in_quarantine(bench: Bench) -> None:
    bench.store(replace(delivered(), raw=b"{"))
    (key,) = bench.keys()
    refused = bench.run("replay", key)
    assert refused.exit_code == 1
    assert "still unreadable: not_json" in refused.stderr
    assert bench.keys() == [key]
    assert bench.audited() == []
    assert json.loads(bench.run("show", key).stdout)["raw"] == "{"


def test_what_can_be_read_by_now_goes_into_the_inbox_with_its_bytes(bench: Bench) -> None:
    delivery = delivered(private=True)
    bench.store(replace(delivery, content_type="application/json"))
    properties = delivery.properties()
    with bench.sessions.begin() as session:
        session.execute(update(inbox_quarantine).values(properties=properties))
    (key,) = bench.keys()
    bench.run("replay", key)
    assert bench.rows(select(inbox.c.body, inbox.c.private)) == [(delivery.raw.decode(), True)]
    assert bench.keys() == []
    bench.work()
    assert bench.handled == [1]


def test_all_are_replayed_at_once_and_one_that_cannot_be_holds_back_no_other(
    bench: Bench, parked: str, parked_timer_too: Callable[[], None]
) -> None:
    parked_timer_too()
    bench.store(replace(delivered(), raw=b"{"))
    would = bench.run("replay", "--all", "--dry-run").stdout.splitlines()
    assert [line.split(":")[0] for line in would[:3]] == [
        "would replay event",
        "would replay timer",
        "would replay quarantine",
    ]
    assert len(bench.keys()) == 3
    bench.broken = False
    done = bench.run("replay", "--all")
    assert done.exit_code == 1
    assert "1 of 3 could not be replayed" in done.stderr
    bench.work()
    assert sorted(bench.handled) == [0, 2, 3]


@pytest.fixture
def parked_timer_too(bench: Bench) -> Callable[[], None]:
    def make() -> None:
        with bench.parts.begin(now=NOW) as tx:
            tx.set_timer("remind", "complaint/1", NOW)
        bench.work()

    return make


@pytest.mark.parametrize(
    "key", ["event:17", "event:", "timer:remind:complaint/7", "quarantine:x", "x:y", "?"]
)
def test_a_key_that_names_nothing_is_refused(bench: Bench, key: str) -> None:
    result = bench.run("drop", key, "--yes")
    assert result.exit_code == 1
    assert f"no letter {key}" in result.stderr
