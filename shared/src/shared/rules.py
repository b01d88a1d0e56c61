"""What the domain of every service may lean on: why a rule decided, and that a rule said no.

Pure: the standard library only. Rule ids and clauses are those of docs/rules.csv.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Value = TypeVar("Value", covariant=True)
Thing = TypeVar("Thing")


@dataclass(frozen=True, kw_only=True)
class Because:
    """Which clause of which policy pack made a decision."""

    pack: str
    version: str
    clause: str
    rule: str

    def to_data(self) -> dict[str, str]:
        return {
            "pack": self.pack,
            "version": self.version,
            "clause": self.clause,
            "rule": self.rule,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, str]) -> "Because":
        return cls(
            pack=data["pack"], version=data["version"], clause=data["clause"], rule=data["rule"]
        )

    def __str__(self) -> str:
        return f"{self.pack}/{self.version} {self.clause} {self.rule}"


@dataclass(frozen=True)
class Ruling(Generic[Value]):
    """A policy value together with the clause that it comes from."""

    value: Value
    because: Because


class Impossible(RuntimeError):
    """A state of things that the rest of the program rules out: a fault of ours, and no answer to
    anybody. The transaction in which it is found changes nothing."""


def given(value: Thing | None, because: str) -> Thing:
    """``value``, which is there ``because`` something else sees to it. Raises Impossible."""
    if value is None:
        raise Impossible(f"It is not so that {because}")
    return value


class RuleBroken(Exception):
    """A rule said no; nothing was changed.

    ``code`` is public API and never changes; the sentence may. ``status`` is the HTTP status of the
    answer. ``because`` names the clause where one decided. ``extra`` goes into the answer as it is.
    ``later``: the rule may say yes once something has arrived that is not known here yet; an event
    or a timer that breaks such a rule did not come too late, and is tried again.
    """

    code = "rule_broken"
    status = 409
    later = False

    def __init__(self, detail: str, *, because: Because | None = None, **extra: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.because = because
        self.extra = extra


class NotFound(RuleBroken):
    """There is no such thing, or none that the caller may know of: both look the same."""

    code = "not_found"
    status = 404


class Forbidden(RuleBroken):
    """The caller is known and may see the thing, but not do this with it."""

    code = "forbidden"
    status = 403


class Invalid(RuleBroken):
    """The request can be read and still makes no sense. ``extra`` holds ``errors`` by field."""

    code = "invalid"
    status = 422


class UnitUnknown(Invalid):
    """The organisational unit has not been told to this service (architecture: 422)."""

    code = "unit_unknown"
    later = True


class TooMany(RuleBroken):
    """More comes from one side than is taken. ``retry_after`` is in whole seconds."""

    code = "too_many_calls"
    status = 429

    def __init__(self, *, retry_after: int) -> None:
        super().__init__("Too many of these; try again later.", retry_after=retry_after)
        self.retry_after = retry_after


class WrongState(RuleBroken):
    """The state machine has no such transition from the present state."""

    code = "wrong_state"
