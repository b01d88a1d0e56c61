"""What fails inside is told to nobody (S44)."""

import logging
from typing import Any, NoReturn

import pytest
from werkzeug.test import TestResponse

from .answers import able
from .cast import NORTH, PHONE
from .matrix import EVERY, ROUTES
from .served import Served

SECRET = f"the number {PHONE} in SELECT * FROM complaints"
USE_CASES = {
    ("complaint", "complaints.reveal_complainant"): (
        "complaint.use_cases.handling.reveal_complainant"
    ),
    ("dispatch", "closing.call_client_back"): "dispatch.api.closing.call_back",
    ("customer", "contacts.add_contact"): "customer.use_cases.contacts.add_contact",
    ("notify", "messages.reveal_words"): "notify.api.messages.reveal_message",
}


class Unforeseen(Exception):
    """What no handler knows."""


def fail(*_: Any, **__: Any) -> NoReturn:
    raise Unforeseen(SECRET)


def asked(served: Served, endpoint: str) -> TestResponse:
    caller = served.acts(able(served, endpoint, unit=NORTH), unit=NORTH)
    headers = {"X-Request-ID": "asked-by-a-test"}
    return ROUTES[served.name][endpoint].send(caller, served.north, headers=headers)


def check(answer: TestResponse) -> None:
    """A problem of the one form, that can be found again in the log and says nothing else."""
    body = answer.json
    assert (answer.status_code, answer.content_type) == (500, "application/problem+json")
    assert {"type", "title", "status", "detail", "code", "correlation_id"} == set(body)
    assert (body["code"], body["correlation_id"]) == ("internal", "asked-by-a-test")
    for hint in (PHONE, "SELECT", "Unforeseen", "Traceback", ".py"):
        assert hint not in answer.text


# S44: every route, when the transaction around its view cannot be opened.
@pytest.mark.parametrize(("service", "endpoint"), EVERY)
def test_a_route_that_fails_tells_nothing_but_an_id(
    house: dict[str, Served],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    service: str,
    endpoint: str,
) -> None:
    served = house[service]
    able(served, endpoint, unit=NORTH)
    before = served.contents(without=())
    for name in ("reading", "flush"):
        monkeypatch.setattr(f"shared.web.commands.{name}", fail)
    monkeypatch.setattr("shared.transaction.Transaction.flush", fail)
    caplog.set_level(logging.CRITICAL)
    check(asked(served, endpoint))
    assert served.contents(without=()) == before


# S44: a use case of each service.
@pytest.mark.parametrize(("service", "endpoint"), USE_CASES)
def test_a_use_case_that_fails_tells_nothing_and_changes_nothing(
    house: dict[str, Served],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    service: str,
    endpoint: str,
) -> None:
    served = house[service]
    able(served, endpoint, unit=NORTH)
    before = served.contents(without=())
    monkeypatch.setattr(USE_CASES[service, endpoint], fail)
    caplog.set_level(logging.CRITICAL)
    check(asked(served, endpoint))
    assert served.contents(without=()) == before
