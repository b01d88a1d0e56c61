"""The four services at work in one process, and who sends them requests."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from embedded.house import House
from embedded.settling import Settling, move
from shared.clock import SimulatedClock
from shared.runtime import create_web
from shared.web.testing import Caller

from .cast import NORTH, person_id


@dataclass
class Flow:
    """The house at work. ``refusals`` are the answers to requests that were wrong on purpose."""

    house: House
    clock: SimulatedClock
    apps: dict[str, Flask] = field(default_factory=dict)
    refusals: list[TestResponse] = field(default_factory=list)

    def start(self) -> None:
        self.house.start()
        self.apps = {name: create_web(parts) for name, parts in self.house.parts.items()}

    def acts(self, service: str, role: str, unit: str = NORTH) -> Caller:
        token = self.house.keys.token(
            str(person_id(role, unit)), roles=[role], unit=unit, audience=[service]
        )
        return Caller(self.apps[service], token)

    def settle(self) -> None:
        Settling(self.house.parts).wait()

    def later(self, span: timedelta) -> None:
        then = self.clock.now() + span
        move(self.clock, Settling(self.house.parts), then, moved=self.house.wake)

    def refused(self, answer: TestResponse) -> None:
        assert answer.status_code >= 400, answer.text
        self.refusals.append(answer)


def waited(happened: Callable[[], Any], *, seconds: float = 20.0) -> Any:
    """What ``happened`` answers once it is something."""
    until, pause = time.monotonic() + seconds, threading.Event()
    while not (found := happened()):
        assert time.monotonic() < until, "nothing happened"
        pause.wait(0.02)
    return found
