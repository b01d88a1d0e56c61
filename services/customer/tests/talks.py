"""Communications and issues as they come over HTTP."""

from .desk import PEOPLE

TALKS = "/v1/communications"
PLAN = {
    "mode": "telephone",
    "purpose": "the next order",
    "agenda": "1. prices 2. delivery",
    "planned_for": "2026-03-02T11:00:00+08:00",
}
HELD = {"held_at": "2026-03-02T10:00:00+08:00"}
MINUTES = {"minutes": "all said", "file_checked": True, "shared_persons": []}


def issue(**fields):
    """A problem that north answers until Wednesday."""
    return {
        "text": "the door sticks",
        "responsible_id": str(PEOPLE["north"]),
        "due_at": "2026-03-04T18:00:00+08:00",
        **fields,
    }


def planned(caller, path, **fields):
    answer = caller.post(f"{path}/communications", {**PLAN, **fields})
    assert 201 == answer.status_code, answer.text
    return f"{TALKS}/{answer.json['communication_id']}"


def held(caller, path, **fields):
    one = planned(caller, path, **fields)
    answer = caller.post(f"{one}/holdings", HELD)
    assert 200 == answer.status_code, answer.text
    return one


def communicated(caller, path, **said):
    """The answer to the record of a communication that was planned and held."""
    return caller.post(f"{held(caller, path)}/records", {**MINUTES, **said})
