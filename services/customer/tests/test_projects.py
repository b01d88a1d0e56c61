"""Projects of customers that are known of, and the flags that ask for executives (CL-40)."""

from datetime import date
from uuid import UUID

import pytest

from shared.rules import WrongState

from .desk import at


def record(caller, path, **fields):
    answer = caller.post(f"{path}/projects", {"name": "New town hall", **fields})
    assert 201 == answer.status_code, answer.text
    return answer.json


def flags(desk, river):
    with desk.open() as tx:
        return tx.projects.flags(UUID(river["customer_id"]))


@pytest.mark.rule("CL-40")
def test_the_flags_of_open_projects_hold_for_the_customer(as_, sales, path, river, desk):
    manager = as_("marketing_manager", unit="region-north")
    assert {"key_project": False, "communication_necessary": False} == flags(desk, river)

    first = record(sales, path, key_project=True, amount="120.5", starts_on="2026-05-01")
    record(sales, path, communication_necessary=True)
    assert {"key_project": True, "communication_necessary": True} == flags(desk, river)

    ended = manager.patch(f"/v1/projects/{first['project_id']}", {"stage": "finished"}, version=1)
    assert 200 == ended.status_code
    assert {"key_project": False, "communication_necessary": True} == flags(desk, river)
    assert [(True, False), (False, True), (False, False)] == [
        (one["key_project"], one["communication_necessary"])
        for one in desk.told("project_flags_changed")
    ]


def test_a_change_of_words_alone_tells_nobody(sales, path, desk):
    made = record(sales, path)

    changed = sales.patch(f"/v1/projects/{made['project_id']}", {"next_step": "call"}, version=1)

    assert ("call", 200) == (changed.json["next_step"], changed.status_code)
    assert 1 == len(desk.told("project_flags_changed"))


def test_a_project_that_has_ended_does_not_change_any_more(sales, path):
    made = record(sales, path, stage="lost")

    refused = sales.patch(f"/v1/projects/{made['project_id']}", {"stage": "lead"}, version=1)

    assert (409, WrongState.code) == (refused.status_code, refused.json["code"])


def test_a_project_does_not_end_before_it_begins(sales, path):
    days = {"starts_on": "2026-05-02", "ends_on": "2026-05-01"}

    refused = sales.post(f"{path}/projects", {"name": "New town hall", **days})

    assert (422, ["ends_on"]) == (refused.status_code, list(refused.json["errors"]["json"]))


def test_the_next_beginning_is_that_of_a_project_to_come(sales, path, river, desk):
    for day in ("2026-02-01", "2026-06-01", "2026-04-01"):
        record(sales, path, starts_on=day)
    record(sales, path, starts_on="2026-03-10", stage="lost")

    with desk.open() as tx:
        assert date(2026, 4, 1) == tx.projects.next_start(
            UUID(river["customer_id"]), on=at(2026, 3, 2).date()
        )


def test_projects_are_listed_to_their_own_unit_alone(as_, sales, path):
    made = record(sales, path, key_project=True)
    north, south = as_("auditor", unit="region-north"), as_("auditor", unit="region-south")
    one = f"/v1/projects/{made['project_id']}"

    listed = north.get("/v1/projects?key_project=true").json["items"]
    assert [made["project_id"]] == [row["project_id"] for row in listed]
    assert [] == south.get("/v1/projects").json["items"]
    assert (200, 404) == (north.get(one).status_code, south.get(one).status_code)
