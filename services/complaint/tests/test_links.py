"""Cases of any kind are linked, and both sides show it (K-22)."""

import pytest

from complaint.domain.links import LinkCycle, LinkKnown, LinkToSelf, Relation
from complaint.use_cases import links
from shared.ids import new_id

from .problem_desk import following


@pytest.fixture
def problems(desk, rulebook):
    return following(desk, rulebook)


@pytest.fixture
def link(desk):
    """``link(source, relation, target)``: the manager says how two cases stand to each other."""

    def said(source, relation, target, by="manager"):
        caller = desk.caller(by)
        given = {"relation": Relation(relation), "case_id": target.id}
        return desk.do(links.link, source.ref, by=caller, **given)

    return said


def shown(caller, case):
    answer = caller.get(f"/v1/cases/{case.kind}/{case.id}/links")
    assert answer.status_code == 200, answer.text
    return answer.json["items"]


def test_a_link_is_seen_from_both_sides_and_told(desk, problems, link, as_):
    problem, complaint = problems.submit(), desk.file()
    link(complaint, "caused_by", problem)

    (one,), (other,) = shown(as_("clerk"), complaint), shown(as_("clerk"), problem)
    assert one == other
    assert (one["relation"], one["linked_by"]) == ("caused_by", str(desk.people["manager"]))
    assert one["source"] == {
        "kind": "complaint",
        "id": str(complaint.id),
        "number": complaint.number,
    }
    assert one["target"]["number"] == problem.number
    (told,) = desk.told("complaint.case_linked.v1")
    assert (told["case_id"], told["other_kind"], told["other_id"]) == (
        str(complaint.id),
        "problem",
        str(problem.id),
    )
    assert desk.journal("case_linked_from") == [
        {"relation": "caused_by", "other": f"complaint/{complaint.id}"}
    ]


@pytest.mark.parametrize("relation", ["related", "caused_by", "duplicate_of", "follow_up_of"])
def test_what_is_said_already_is_not_said_again(desk, link, relation):
    one, other = desk.file(), desk.file()
    link(one, relation, other)

    with pytest.raises(LinkKnown):
        link(one, relation, other)
    assert len(desk.told("complaint.case_linked.v1")) == 1


def test_that_two_are_related_is_said_once_by_either(desk, link):
    one, other = desk.file(), desk.file()
    link(one, "related", other)

    with pytest.raises(LinkKnown):
        link(other, "related", one)


@pytest.mark.parametrize("relation", ["caused_by", "duplicate_of", "follow_up_of"])
def test_links_of_a_relation_lead_in_no_circle(desk, link, relation):
    first, second, third = desk.file(), desk.file(), desk.file()
    link(first, relation, second)
    link(second, relation, third)

    for refused in (second, third):
        with pytest.raises(LinkCycle):
            link(refused, relation, first)
    link(first, relation, third)
    link(third, "related", first)
    assert len(desk.told("complaint.case_linked.v1")) == 4


def test_a_case_is_not_linked_with_itself(desk, link):
    one = desk.file()

    with pytest.raises(LinkToSelf):
        link(one, "related", one)


def test_a_closed_case_is_linked_all_the_same(desk, link, problems):
    done = problems.solved()
    problems.call_back(done)
    problems.close(done)
    again = problems.submit()
    version = problems.read(done).version

    link(again, "follow_up_of", done)

    assert (problems.read(done).state, problems.read(done).version) == ("closed", version)


def test_both_cases_have_to_be_seen(desk, problems, as_):
    here, there = desk.file(), desk.file(org_unit="shop-03")
    south = as_("assistant-south", unit="region-south")
    north = as_("assistant-north", unit="region-north")
    body = {"relation": "related", "case_id": str(there.id)}

    assert south.post(f"/v1/cases/complaint/{here.id}/links", body).status_code == 404
    refused = north.post(f"/v1/cases/complaint/{here.id}/links", body)
    assert (refused.status_code, refused.json["code"]) == (422, "linked_case_unknown")
    assert as_("manager").post(f"/v1/cases/complaint/{here.id}/links", body).status_code == 201
    assert shown(north, here) == []
    assert len(shown(as_("manager"), here)) == 1


@pytest.mark.parametrize("kind", ["complaint", "letter"])
def test_a_case_is_named_by_its_own_kind(desk, problems, as_, kind):
    problem, other = problems.submit(), desk.file()
    body = {"relation": "related", "case_id": str(other.id)}

    assert as_("manager").post(f"/v1/cases/{kind}/{problem.id}/links", body).status_code == 404
    assert as_("manager").get(f"/v1/cases/{kind}/{problem.id}/links").status_code == 404


def test_what_is_not_there_is_not_linked(desk, problems, as_):
    problem = problems.submit()
    body = {"relation": "related", "case_id": str(new_id())}

    refused = as_("manager").post(f"/v1/cases/problem/{problem.id}/links", body)

    assert (refused.status_code, refused.json["code"]) == (422, "linked_case_unknown")


def test_nobody_says_that_a_case_was_converted(desk, as_):
    one, other = desk.file(), desk.file()
    body = {"relation": "converted_from", "case_id": str(other.id)}

    refused = as_("manager").post(f"/v1/cases/complaint/{one.id}/links", body)

    assert (refused.status_code, list(refused.json["errors"]["json"])) == (422, ["relation"])
    assert desk.told("complaint.case_linked.v1") == []
