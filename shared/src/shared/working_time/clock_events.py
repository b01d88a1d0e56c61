"""What can happen to the clock of a deadline; every time is an aware datetime."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias


class ReopenPolicy(StrEnum):
    """Whether a reopened clock goes on from where it stopped or starts from nothing."""

    CONTINUE = "continue"
    RESTART = "restart"


@dataclass(frozen=True)
class Started:
    """The clock began to run."""

    at: datetime


@dataclass(frozen=True)
class Paused:
    """The clock stood still, for a reason that the explanation repeats."""

    at: datetime
    reason: str


@dataclass(frozen=True)
class Resumed:
    """The pause was over."""

    at: datetime


@dataclass(frozen=True)
class Reopened:
    """A stopped clock ran again."""

    at: datetime
    policy: ReopenPolicy


@dataclass(frozen=True)
class Stopped:
    """What the deadline was for had been done."""

    at: datetime


ClockEvent: TypeAlias = Started | Paused | Resumed | Reopened | Stopped
