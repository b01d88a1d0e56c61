"""An office that is told things, sends what it planned, and shows its ledger."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from notify import api
from notify.adapters.channels.log import LogChannel
from notify.adapters.columns import metadata
from notify.adapters.letters import LetterPress
from notify.adapters.message_table import messages
from notify.adapters.transaction import NotifyTransaction
from notify.api.policies import PACKS, SECTIONS
from notify.consumers import SUBSCRIPTIONS, TIMERS
from notify.consumers.receipts import Asker
from notify.consumers.sender import Sender
from notify.domain.delivery import Desk, Outcome, Parcel, Result
from notify.domain.message_states import State
from notify.domain.messages import Message
from notify.main import RULEBOOK
from notify.use_cases.festivals import DAY_TIMER
from notify.use_cases.sending import claim
from shared import tables
from shared.firing import Firing
from shared.policy import Rulebook
from shared.reading_envelopes import received
from shared.testing import define_company, emitted, memory
from shared.testing_inbox import envelope
from shared.transaction import Begin, beginner
from shared.web.app import create_app
from shared.web.kit import Kit
from shared.web.testing import Caller, Issuer, StandingClock, callers

MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai
HANDLER, MANAGER, DIRECTOR = (UUID(int=0x7000_8000 << 64 | n) for n in (1, 2, 3))
CONTACT, CUSTOMER, COMPLAINT, FORM = (UUID(int=0x7000_8000 << 64 | n) for n in (11, 12, 13, 14))
BECAUSE = {"pack": "franchise", "version": "1", "clause": "5.1.1", "rule": "CP-17"}
HELD = {"complaint_id": str(COMPLAINT), "org_unit": "shop-01", "because": BECAUSE}
AWAY = Outcome(Result.UNREACHABLE, "smtp_unreachable")
REFUSED = Outcome(Result.REFUSED, "smtp_550")
BOTH = [
    {"channel": "smtp", "address": "wang@example.com"},
    {"channel": "webhook", "address": "https://example.com/hook"},
]


@dataclass
class ScriptedChannel:
    """A channel that answers as it was told to, and keeps what it was given."""

    repeatable: bool = True
    needs_address: bool = True
    answers: list[Outcome] = field(default_factory=list)
    parcels: list[Parcel] = field(default_factory=list)

    def send(self, parcel: Parcel) -> Outcome:
        self.parcels.append(parcel)
        return self.answers.pop(0) if self.answers else Outcome(Result.DELIVERED)


@dataclass
class Office:
    """The service without its broker; ``clock`` and ``real`` stand until they are moved."""

    begin: Begin[NotifyTransaction]
    sessions: sessionmaker[Session]
    clock: StandingClock = field(default_factory=lambda: StandingClock(MONDAY))
    real: StandingClock = field(default_factory=lambda: StandingClock(MONDAY))
    channels: dict[str, Any] = field(default_factory=lambda: {"log": LogChannel()})
    fallback: tuple[str, ...] = ("log",)
    reporters: dict[str, Any] = field(default_factory=dict)
    by_hand: frozenset[str] = frozenset()
    press: LetterPress = field(default_factory=lambda: LetterPress("回音公司", ""))
    hands: int = 1

    @contextmanager
    def open(self) -> Iterator[NotifyTransaction]:
        with self.begin(now=self.clock.at) as tx:
            yield tx

    def receive(self, type_: str, data: Mapping[str, Any], **of_envelope: Any) -> None:
        """Hand an event to its handler, as the applier does."""
        subscription = SUBSCRIPTIONS[type_]
        event = received(json.loads(json.dumps(envelope(type_, data=dict(data), **of_envelope))))
        with self.open() as tx:
            subscription.handler(tx, event, subscription.reads.load(event.data))

    def person(self, id: UUID = HANDLER, **facts: Any) -> None:
        """Dispatch tells of a member of the staff."""
        told = {
            "contact_id": str(id),
            "kind": "person",
            "active": True,
            "name": "王小明",
            "language": "zh-CN",
            "zone": "Asia/Shanghai",
            "addresses": [{"channel": "smtp", "address": "wang@example.com"}],
        }
        self.receive("dispatch.person_contact_changed.v1", {**told, **facts})

    def contact(self, birthday: Mapping[str, Any] | None, **facts: Any) -> None:
        """Customer tells of a contact; the birthday is solar unless it says otherwise."""
        told = {
            "contact_id": str(CONTACT),
            "kind": "customer_contact",
            "customer_id": str(CUSTOMER),
            "org_unit": "shop-01",
            "active": True,
            "name": "李华",
            "language": "zh-CN",
            "zone": "Asia/Shanghai",
            "addresses": [{"channel": "sms", "address": "+8613812345678"}],
            "birthday": birthday and {"calendar": "solar", "leap_month": False, **birthday},
        }
        self.receive("customer.contact_changed.v1", {**told, **facts})

    def assigned(self, *persons: UUID, level: int = 1, reason: str = "filed") -> None:
        told = {"level": level, "tier": level, "reason": reason, "form_id": str(FORM)}
        ids = [str(person) for person in persons or (HANDLER,)]
        self.receive("complaint.assigned.v1", {**HELD, **told, "person_ids": ids})

    @property
    def sender(self) -> Sender:
        return Sender(
            sessions=self.sessions,
            begin=self.begin,
            clock=self.clock,
            real=self.real,
            desk=self.desk,
            hands=self.hands,
        )

    @property
    def desk(self) -> Desk:
        return Desk(self.channels, self.fallback, self.reporters, self.by_hand)

    def send(self) -> None:
        """Send until nothing is due."""
        stop, sender = threading.Event(), self.sender
        while sender.send_next(stop):
            continue

    def ask(self) -> int:
        """Ask providers about all that one has to ask about; how often they were asked."""
        stop, times = threading.Event(), 0
        asker = Asker(begin=self.begin, clock=self.clock, real=self.real, desk=self.desk)
        while asker.ask_next(stop):
            times += 1
        return times

    def begin_and_die(self, *, one: int | None = None) -> Parcel:
        """Claim the only message, or one by its place, and end before the answer is kept."""
        with self.open() as tx:
            due = tx.messages.due([line.id for line in self.ledger()], self.real.at)
            [message] = due if one is None else [due[one]]
            parcel = claim(tx, self.desk, message, busy=set(), real=self.real.at)
        assert parcel is not None
        return parcel

    def fire(self, *, at: datetime) -> None:
        """Move the clock and fire what is due then."""
        self.clock.at = at.astimezone(UTC)
        firing = Firing(
            service="notify",
            begin=self.begin,
            timers=TIMERS,
            clock=self.clock,
            real=self.real,
        )
        while firing.fire_next():
            continue

    def later(self, **span: float) -> None:
        """Let real time pass."""
        self.real.at += timedelta(**span)

    def ledger(self, **wanted: Any) -> list[Message]:
        with self.sessions() as session:
            query = select(Message).filter_by(**wanted).order_by(messages.c.id)
            return list(session.scalars(query))

    def lines(self) -> list[tuple[str, State, str | None]]:
        return [(one.channel, one.state, one.state_reason) for one in self.ledger()]

    def states(self) -> list[State]:
        return [message.state for message in self.ledger()]

    def only(self, **wanted: Any) -> Message:
        (message,) = self.ledger(**wanted)
        return message

    def told(self) -> list[tuple[str, dict[str, Any]]]:
        """The events in the outbox, each held against its contract."""
        with self.sessions() as session:
            return emitted(session)

    def timers(self) -> dict[str, datetime]:
        """When each kind of timer is due, but for those that wake circles every day."""
        with self.sessions() as session:
            rows = session.execute(select(tables.timers).where(tables.timers.c.kind != DAY_TIMER))
            return {row.kind: row.due_at for row in rows}

    def journal(self, message: Message) -> list[str]:
        with self.sessions() as session:
            rows = select(tables.journal.c.kind).where(tables.journal.c.subject == message.key)
            return list(session.scalars(rows.order_by(tables.journal.c.position)))


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    """The built-in packs as main.py loads them."""
    return Rulebook.load("notify", SECTIONS, default=PACKS)


@pytest.fixture
def sessions() -> Iterator[sessionmaker[Session]]:
    made = memory(metadata)
    yield made
    made.kw["bind"].dispose()


@pytest.fixture
def begin(sessions: sessionmaker[Session], rulebook: Rulebook) -> Begin[NotifyTransaction]:
    return beginner(sessions, partial(NotifyTransaction, rulebook=rulebook), "notify")


@pytest.fixture
def office(begin: Begin[NotifyTransaction], sessions: sessionmaker[Session]) -> Office:
    """The office of the sample company on a Monday, 10:00 in Shanghai."""
    made = Office(begin, sessions)
    with made.open() as tx:
        define_company(tx.session)
    return made


@pytest.fixture
def smtp(office: Office) -> ScriptedChannel:
    made = office.channels["smtp"] = ScriptedChannel(repeatable=False)
    return made


@pytest.fixture
def webhook(office: Office) -> ScriptedChannel:
    made = office.channels["webhook"] = ScriptedChannel(repeatable=True)
    return made


@pytest.fixture
def planned(office: Office) -> Office:
    """Somebody who prefers mail to webhooks is to be told of a complaint."""
    office.person(HANDLER, addresses=BOTH)
    office.assigned(HANDLER)
    return office


@pytest.fixture(scope="session")
def issuer() -> Issuer:
    return Issuer()


@pytest.fixture
def as_(office: Office, issuer: Issuer) -> Callable[..., Caller]:
    """``as_("auditor")``: somebody with that role, of the head office by default."""
    kit = Kit(
        service="notify",
        sessions=office.sessions,
        begin=office.begin,
        clock=office.clock,
        verifier=issuer.verifier("notify"),
        outbox_age=lambda: 0.0,
        migrated=lambda _session: True,
    )
    blueprints = api.blueprints(RULEBOOK, lambda _kit: office.desk, lambda _kit: office.press)(kit)
    app = create_app("notify", blueprints=blueprints, kit=kit, title="Huiyin notify")
    known = callers(app, issuer, audience="notify")
    return lambda *roles, unit="hq", subject="li": known(subject, *roles, unit=unit)
