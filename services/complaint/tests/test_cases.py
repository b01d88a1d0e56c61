"""The queue over all kinds of cases."""

import pytest

from .problem_desk import following


@pytest.fixture
def problems(desk, rulebook):
    return following(desk, rulebook)


def queue(caller, query=""):
    answer = caller.get(f"/v1/cases{query}")
    assert answer.status_code == 200, answer.text
    return answer.json


def test_the_queue_holds_every_kind_the_most_urgent_first(desk, problems, as_):
    complaint = desk.file()
    plain = problems.submit()
    grave = problems.submit(found_by_customer=True)

    shown = queue(as_("manager"))["items"]

    assert [(one["kind"], one["level"]) for one in shown] == [
        ("problem", 3),
        ("problem", 1),
        ("complaint", 1),
    ]
    assert [one["id"] for one in shown] == [str(one.id) for one in (grave, plain, complaint)]


def test_the_queue_is_read_page_by_page(desk, problems, as_):
    filed = {str(desk.file().id), str(problems.submit().id), str(problems.submit("service").id)}
    caller, seen, cursor = as_("manager"), [], ""
    for _ in filed:
        page = queue(caller, f"?limit=1{cursor}")
        seen += [one["id"] for one in page["items"]]
        cursor = f"&cursor={page['next_cursor']}"

    assert (page["next_cursor"], set(seen), len(seen)) == (None, filed, 3)


def test_my_queue_holds_what_calls_upon_me_and_is_open(desk, problems, as_):
    mine, done = problems.submit(), problems.solved()
    problems.call_back(done)
    problems.close(done)
    other = problems.submit()
    problems.register(other)

    shown = queue(as_("assistant-north"), "?assigned_to=me")["items"]

    assert [one["id"] for one in shown] == [str(mine.id)]


def test_units_beside_see_nothing_of_it(problems, as_):
    problem = problems.submit()
    south = as_("assistant-south", unit="region-south")

    assert queue(south)["items"] == []
    assert south.get(f"/v1/problems/{problem.id}").status_code == 404


def test_a_problem_is_submitted_over_http_with_its_source(problems, as_):
    body = {"org_unit": "shop-01", "channel": "email", "matter": "it is late", "type": "service"}
    clerk = as_("assistant-north")

    assert clerk.post("/v1/problems", body).status_code == 422
    made = clerk.post("/v1/problems", {**body, "source": "logistics"})
    assert (made.status_code, made.json["state"], made.json["stage"]) == (
        201,
        "submitted",
        "reception",
    )
    assert made.json["allowed"] == ["register", "convert", "tell_progress", "call_in"]
