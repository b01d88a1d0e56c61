"""A service made up for these tests: its sections, and a pack that has nothing wrong."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from marshmallow import Schema, fields, post_load
from marshmallow.validate import OneOf, Range
from sqlalchemy.orm import Session, sessionmaker

from shared.envelope import Origin
from shared.policy import Fault, Merge, Pack, Policies, Rule, Rulebook, Section, parse
from shared.testing import define_company, memory
from shared.transaction import Begin, Transaction, beginner

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
HOURS = {"hour": 1, "working_day": 8}


@dataclass(frozen=True)
class Within:
    within: int
    unit: str
    hard: bool = True


class WithinSchema(Schema):
    within = fields.Integer(required=True, strict=True, validate=Range(min=1))
    unit = fields.String(required=True, validate=OneOf(sorted(HOURS)))
    hard = fields.Boolean(load_default=True)

    @post_load
    def _made(self, data: dict[str, Any], **_: Any) -> Within:
        return Within(**data)


@dataclass(frozen=True)
class Bands:
    medium: int
    large: int

    def __post_init__(self) -> None:
        if self.medium > self.large:
            raise ValueError("medium lies above large")


class BandsSchema(Schema):
    medium = fields.Integer(required=True, strict=True)
    large = fields.Integer(required=True, strict=True)
    names = fields.Dict(keys=fields.String(), values=fields.Integer(strict=True))

    @post_load
    def _made(self, data: dict[str, Any], **_: Any) -> Bands:
        return Bands(data["medium"], data["large"])


@dataclass(frozen=True)
class Step:
    tier: str
    next: str | None


class StepSchema(Schema):
    tier = fields.String(required=True)
    next = fields.String(load_default=None, allow_none=True)

    @post_load
    def _made(self, data: dict[str, Any], **_: Any) -> Step:
        return Step(**data)


def chain_ends(rules: Sequence[Rule]) -> Iterator[Fault]:
    """An escalation chain reaches somebody who has nobody above him."""
    above = {rule.value.tier: rule.value.next for rule in rules}
    if None not in above.values():
        yield Fault("", "Nobody stands at the top.")
    for index, rule in enumerate(rules):
        tier, passed = rule.value.tier, set()
        while tier is not None and tier not in passed:
            passed.add(tier)
            tier = above.get(tier)
        if tier is not None:
            yield Fault(f"{index}.value.next", "Goes in a circle.")


@dataclass(frozen=True)
class Visit:
    activity: str
    actor: str
    months: int


class VisitSchema(Schema):
    activity = fields.String(required=True)
    actor = fields.String(required=True)
    months = fields.Integer(required=True, strict=True, validate=Range(min=1))

    @post_load
    def _made(self, data: dict[str, Any], **_: Any) -> Visit:
        return Visit(**data)


SECTIONS = {
    "first_contact": Section(
        schema=WithinSchema(),
        strictness=lambda value: value.within * HOURS[value.unit],
        facts=frozenset({"level", "customer_class", "urgent"}),
    ),
    "bands": Section(schema=BandsSchema(), merges=frozenset({Merge.REPLACE})),
    "escalation": Section(schema=StepSchema(), check=chain_ends),
    "visits": Section(
        schema=VisitSchema(),
        strictness=lambda value: value.months,
        key=lambda value: (value.activity, value.actor),
    ),
}

SOUND: dict[str, Any] = {
    "pack": "franchise",
    "version": "1",
    "title": "Franchise complaint handling",
    "issuer": "Sales centre",
    "approver": "General manager",
    "owner": "Customer service",
    "effective_from": "2026-01-01",
    "history": [
        {
            "version": "1",
            "change": "First issue",
            "by": "Customer service",
            "approved_by": "General manager",
            "on": "2026-01-01",
        }
    ],
    "sections": {
        "first_contact": {
            "merge": "strictest",
            "rules": [
                {
                    "rule": "CP-17",
                    "clause": "5.1.1",
                    "when": {"level": [1, 2, 3]},
                    "value": {"within": 1, "unit": "working_day"},
                }
            ],
        }
    },
}

Document = Callable[..., dict[str, Any]]


def rule(value: Mapping[str, Any], *, clause: str = "1", **when: Any) -> dict[str, Any]:
    return {"rule": "CP-17", "clause": clause, "when": when, "value": dict(value)}


def document(
    pack: str = "franchise",
    version: str = "1",
    effective_from: date = date(2026, 1, 1),
    **sections: tuple[str, list[dict[str, Any]]],
) -> dict[str, Any]:
    """A sound pack; ``sections`` as ``first_contact=("replace", [rule(...)])``."""
    made = deepcopy(SOUND)
    made |= {"pack": pack, "version": version, "effective_from": effective_from.isoformat()}
    made["history"][0]["version"] = version
    if sections:
        made["sections"] = {
            name: {"merge": merge, "rules": rules} for name, (merge, rules) in sections.items()
        }
    return made


def contact(pack: str, *hours: int, merge: str = "strictest", **options: Any) -> dict[str, Any]:
    """A pack that only says within how many hours the first contact is due."""
    rules = [rule({"within": each, "unit": "hour"}, clause=f"{each}h") for each in hours]
    return document(pack, first_contact=(merge, rules), **options)


@dataclass
class Service:
    """The parts of the service, in the sample company."""

    rulebook: Rulebook
    sessions: sessionmaker[Session]

    @property
    def begin_of_kit(self) -> Begin[Transaction]:
        return beginner(self.sessions, Transaction, "complaint")

    def begin(self, *, actor: str = "u-1") -> AbstractContextManager[Transaction]:
        return self.begin_of_kit(now=NOW, origin=Origin(actor=actor))

    def policies(self) -> AbstractContextManager[Any]:
        return _Resolving(self)


@dataclass
class _Resolving:
    service: Service

    def __enter__(self) -> Policies:
        self.session = self.service.sessions()
        return Policies(self.service.rulebook, self.session)

    def __exit__(self, *_: object) -> None:
        self.session.close()


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def sections() -> dict[str, Section]:
    return SECTIONS


@pytest.fixture
def sound() -> dict[str, Any]:
    return deepcopy(SOUND)


@pytest.fixture
def make() -> Document:
    return document


@pytest.fixture
def make_rule() -> Callable[..., dict[str, Any]]:
    return rule


@pytest.fixture
def make_contact() -> Callable[..., dict[str, Any]]:
    return contact


@pytest.fixture
def service() -> Callable[..., Service]:
    """Starts the service with the given documents built in; ``default`` as in Rulebook."""

    def start(*documents: dict[str, Any], default: tuple[str, ...] | None = None) -> Service:
        builtin: tuple[Pack, ...] = tuple(parse(one, SECTIONS) for one in documents)
        names = default if default is not None else tuple(dict.fromkeys(p.pack for p in builtin))
        sessions = memory()
        with sessions.begin() as session:
            define_company(session)
        return Service(Rulebook(SECTIONS, builtin, names), sessions)

    return start


@pytest.fixture(scope="module")
def module_parts() -> Iterator[tuple[Session, dict[str, Section], Any, Any]]:
    """A session in the sample company, and what packs are made with, for many examples."""
    sessions = memory()
    with sessions() as session:
        define_company(session)
        yield session, SECTIONS, document, rule
