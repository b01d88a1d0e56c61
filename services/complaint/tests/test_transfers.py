"""Through whose hands a case went (PT-23)."""

import pytest

from .problem_desk import following


@pytest.fixture
def problems(desk, rulebook):
    return following(desk, rulebook)


def shown(as_, case, *names):
    answer = as_("clerk").get(f"/v1/cases/{case.kind}/{case.id}/transfers")
    assert answer.status_code == 200, answer.text
    return [tuple(one[name] for name in names) for one in answer.json["transfers"]]


@pytest.mark.rule("PT-23")
def test_a_problem_shows_from_whom_to_whom_it_went_and_when(desk, problems, as_):
    problem = problems.submit()
    problems.register(problem)
    problems.call_in(problem, "clerk")

    people = {name: str(one) for name, one in desk.people.items()}
    assert shown(as_, problem, "from_person_id", "to_person_id", "stage") == [
        (None, people["assistant-north"], "reception"),
        (people["assistant-north"], people["manager"], "assessment"),
    ]
    assert shown(as_, problem, "at", "by")[1] == (
        "2026-02-13T09:00:00+00:00",
        "system",
    )


@pytest.mark.rule("PT-23")
def test_a_complaint_shows_who_took_it_on_and_to_whom_it_was_raised(desk, as_):
    complaint = desk.file_at_level(2)
    desk.take_over(complaint, "supervisor")
    desk.contact(complaint, by="supervisor")
    desk.tell(complaint)
    desk.answer(complaint, 5)

    found = shown(as_, complaint, "to_person_id", "level", "reason")
    names = [next(n for n, one in desk.people.items() if str(one) == to) for to, *_ in found]
    assert [names[1], found[0][1:], found[1][1:], found[-1][2]] == [
        "supervisor",
        (2, "filed"),
        (None, "taken_over"),
        "escalated",
    ]
    befores = shown(as_, complaint, "from_person_id", "to_person_id")
    assert [one for one, _ in befores[1:]] == [to for _, to in befores[:-1]]


def test_the_way_of_a_case_is_shown_to_those_who_see_the_case(desk, as_):
    complaint = desk.file()
    south = as_("assistant-south", unit="region-south")

    assert south.get(f"/v1/cases/complaint/{complaint.id}/transfers").status_code == 404
