"""Personal data is masked in every answer but a reveal, which is audited (S32)."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from shared.tables import audit
from shared.transaction import reading

from .answers import allowed, answered
from .cast import ABOVE, EMAIL, NORTH, PERSON, PERSONAL, PHONE, person_id
from .matrix import EVERY, QUERIES, ROUTES
from .served import Served

REVEALS = {
    ("complaint", "complaints.reveal_complainant"): ("complaint/{received}", (PERSON, PHONE)),
    ("complaint", "call_backs.reveal_caller"): ("call_back/{call_back}", (PERSON, PHONE)),
    ("dispatch", "people.reveal_staff"): ("person/{worker}", (f"+86{PHONE}", EMAIL)),
    ("dispatch", "verification.reveal_order_signature"): ("work_order/{completed}", (PERSON,)),
    ("customer", "contacts.reveal_contact"): ("contact/{contact}", (PERSON, f"+86{PHONE}", EMAIL)),
    ("customer", "files.reveal_file"): ("customer/{customer}", (PERSON,)),
    ("notify", "messages.reveal_words"): ("message/{message}", (PERSON,)),
}
LET_IN = dict.fromkeys(
    ("call_backs.reveal_caller", "complaints.reveal_complainant"), "regional_service_assistant"
)


def shown(text: str) -> list[str]:
    """What of the canaries stands in an answer, in whichever form of JSON, or in a CSV file."""
    is_json = text[:1] in ("{", "[")
    plain = json.dumps(json.loads(text), ensure_ascii=False) if is_json else text
    return [canary for canary in PERSONAL if canary in plain]


def revealer(served: Served, endpoint: str) -> str:
    """A role to which it is revealed; where the packs let in fewer than the route, one of those."""
    return LET_IN.get(endpoint) or min(allowed(served, endpoint))


# S32
def test_each_route_that_reveals_is_known_here() -> None:
    assert {one for one in EVERY if "reveal" in one[1]} == set(REVEALS)


# S32
@pytest.mark.parametrize(("service", "endpoint"), QUERIES)
def test_no_answer_shows_personal_data_to_any_role(
    house: dict[str, Served], service: str, endpoint: str
) -> None:
    served = house[service]
    for role in sorted(allowed(served, endpoint)):
        answer = answered(served, endpoint, role, unit=ABOVE)
        assert (answer.status_code, shown(answer.text)) == (200, []), role
        assert answer.headers["Cache-Control"] == "no-store", role


# S32: a command answers with what it made, masked as well.
@pytest.mark.parametrize(
    ("service", "endpoint"), [one for one in EVERY if one not in {*QUERIES, *REVEALS}]
)
def test_no_command_answers_with_personal_data(
    house: dict[str, Served], service: str, endpoint: str
) -> None:
    served = house[service]
    for role in sorted(allowed(served, endpoint)):
        answer = answered(served, endpoint, role, unit=NORTH).get_data()
        assert shown(answer.decode(errors="replace")) == [], role


# S32
@pytest.mark.parametrize(("service", "endpoint"), REVEALS)
def test_a_reveal_shows_everything_and_is_audited(
    restored: dict[str, Served], service: str, endpoint: str
) -> None:
    served, route = restored[service], ROUTES[service][endpoint]
    role = revealer(served, endpoint)
    answer = route.send(served.acts(role, unit=NORTH), served.north)
    subject, canaries = REVEALS[service, endpoint]
    for name, value in served.north.items():
        subject = subject.replace(f"{{{name}}}", str(value))
    told = json.dumps(answer.json, ensure_ascii=False)
    assert [canary for canary in canaries if canary not in told] == []
    entry = revealed(served)[-1]
    assert (entry.actor, entry.subject) == (str(person_id(role, NORTH)), subject)
    assert entry.action.endswith(".revealed")
    assert entry.detail == {"reason": route.body["reason"]}


# S32: a repeated reveal is one more reading, and its answer is kept nowhere.
@pytest.mark.parametrize(("service", "endpoint"), REVEALS)
def test_a_repeated_reveal_is_audited_again_and_never_stored(
    restored: dict[str, Served], service: str, endpoint: str
) -> None:
    served, route = restored[service], ROUTES[service][endpoint]
    caller = served.acts(revealer(served, endpoint), unit=NORTH)
    before = len(revealed(served))
    answers = [route.send(caller, served.north, key="the-same") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert len(revealed(served)) == before + 2
    kept = repr(served.contents(without=())["idempotency_keys"])
    assert [canary for canary in PERSONAL if canary in kept] == []


# S32: without a reason nothing is shown and nothing is to be audited.
@pytest.mark.parametrize("reason", [None, ""])
@pytest.mark.parametrize(("service", "endpoint"), REVEALS)
def test_nothing_is_revealed_without_a_reason(
    house: dict[str, Served], service: str, endpoint: str, reason: str | None
) -> None:
    served = house[service]
    before = revealed(served)
    body: dict[str, Any] = {} if reason is None else {"reason": reason}
    caller = served.acts(min(allowed(served, endpoint)), unit=NORTH)
    answer = ROUTES[service][endpoint].send(caller, served.north, body=body)
    assert (answer.status_code, shown(answer.text)) == (422, [])
    assert revealed(served) == before


def revealed(served: Served) -> list[Any]:
    """The entries of the audit log about reveals."""
    with reading(served.parts.sessions) as session:
        found = select(audit).where(audit.c.action.like("%.revealed")).order_by(audit.c.position)
        return list(session.execute(found))
