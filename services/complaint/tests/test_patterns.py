"""The same thing again and again calls for corrective action: CP-58, E-24, RP-13."""

from datetime import timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from complaint import migrations
from complaint.adapters.tables import pattern_marks as marks
from complaint.adapters.tables import patterns as table
from complaint.domain.intake import Details, Subject
from complaint.domain.patterns import PatternMark, RepeatThreshold, Scope, repeated, responsible
from complaint.use_cases import corrective_actions, handling, patterns
from shared.ids import new_id

from .desk import FRIDAY_17
from .problem_desk import ProblemDesk

MIGRATIONS = Path(migrations.__file__).parent / "versions"
DETECTED = "complaint.pattern_detected.v1"
PACKS = ("problem", "oversight", "franchise", "generic")


@pytest.fixture
def watched(desk):
    """A company whose supervisors look for what recurs."""
    desk.follow("hq", *PACKS)
    return desk


def file(desk, product="T-1", unit="shop-01", **given):
    told = Details(respondent_department="admin-centre", product_code=product)
    facts = {"details": told, "org_unit": unit, **given}
    complaint = desk.file(by="reception", **facts)
    desk.now += timedelta(minutes=1)
    return complaint


def settle(desk):
    """Count whatever is to be counted."""
    while patterns.COUNT in desk.all_timers():
        desk.wake(patterns.COUNT)


def found(desk):
    with desk.sessions() as session:
        return [dict(row._mapping) for row in session.execute(table.select())]


@pytest.mark.rule("CP-58")
def test_the_third_case_of_a_product_makes_a_department_act(watched):
    cases = [file(watched, unit=unit) for unit in ("shop-01", "shop-03")]
    settle(watched)
    assert watched.told(DETECTED) == []
    cases.append(file(watched, " t-1 ", unit="shop-02"))
    settle(watched)

    (told,) = watched.told(DETECTED)
    assert told["case_ids"] == [str(case.id) for case in cases]
    assert (told["org_unit"], told["category"], told["product"]) == ("hq", "product_quality", "t-1")
    assert told["supervisor_ids"] == [str(watched.people["head"])]
    assert (told["because"]["rule"], told["because"]["clause"]) == ("CP-58", "004-T7 L150")
    (opened,) = watched.told("complaint.corrective_action_opened.v1")
    assert (opened["source"], opened["source_id"]) == ("pattern", told["pattern_id"])
    assert (opened["action_id"], opened["department"]) == (told["action_id"], "admin-centre")
    assert opened["owner_id"] == str(watched.people["leader"])


@pytest.mark.rule("CP-58")
def test_what_is_of_no_known_product_is_counted_at_its_own_unit(watched):
    for unit in ("shop-01", "shop-02", "shop-03", "shop-01"):
        file(watched, None, unit)
    settle(watched)
    assert watched.told(DETECTED) == []
    file(watched, None, "shop-01")
    settle(watched)

    (told,) = watched.told(DETECTED)
    assert (told["org_unit"], told["product"]) == ("shop-01", None)


@pytest.mark.rule("CP-58")
@pytest.mark.parametrize("product", ["T-1", None])
@pytest.mark.parametrize(("days", "times"), [(30, 1), (31, 0)])
def test_cases_count_that_lie_no_further_apart_than_the_pack_says(watched, product, days, times):
    file(watched, product)
    watched.now = FRIDAY_17 + timedelta(days=days - 1)
    file(watched, product)
    watched.now = FRIDAY_17 + timedelta(days=days)
    file(watched, product)
    settle(watched)

    assert len(watched.told(DETECTED)) == times


@pytest.mark.rule("CP-58")
def test_other_categories_and_products_are_others(watched):
    for product, about in [("T-1", Subject.PRODUCT_QUALITY), ("T-2", Subject.PRODUCT_QUALITY)] * 2:
        file(watched, product, about=about)
    file(watched, "T-1", about=Subject.SHOP_ATTITUDE)
    settle(watched)

    assert watched.told(DETECTED) == []


@pytest.mark.rule("CP-58")
def test_nothing_is_opened_again_while_an_action_is_open(watched):
    for _ in range(5):
        file(watched)
    settle(watched)
    (row,) = found(watched)
    assert (row["cases"], row["ended_at"]) == (5, None)
    assert len(watched.told(DETECTED)) == len(watched.told("complaint.corrective_action_opened.v1"))

    act(watched, row["action_id"])
    for _ in range(2):
        file(watched)
    settle(watched)
    assert len(watched.told(DETECTED)) == 1
    file(watched)
    settle(watched)
    assert len(watched.told(DETECTED)) == 2
    assert [one["cases"] for one in found(watched)] == [5, 3]


def act(desk, action_id):
    leader, head = desk.caller("leader"), desk.caller("head")
    desk.do(corrective_actions.plan, action_id, by=leader, measures="another thread")
    desk.do(corrective_actions.finish, action_id, by=leader, result="taken")
    desk.do(corrective_actions.verify, action_id, by=head, opinion="it holds")


def test_what_is_counted_twice_or_late_is_found_once(watched):
    cases = [file(watched) for _ in range(3)]
    watched.now += timedelta(days=40)
    for case in (*reversed(cases), *cases):
        watched.do(patterns.count, case.id)

    assert len(watched.told(DETECTED)) == 1
    assert [one["cases"] for one in found(watched)] == [3]


def test_of_two_workers_that_find_the_same_one_fails(watched):
    for _ in range(3):
        file(watched)
    settle(watched)
    (row,) = found(watched)

    with pytest.raises(IntegrityError), watched.sessions() as session:
        session.execute(table.insert().values({**row, "id": new_id()}))


def test_a_product_that_comes_to_be_known_counts_from_then_on(watched):
    file(watched)
    file(watched)
    third = file(watched, None)
    settle(watched)
    learnt = {"reason": "a seam", "course": "open", "product_code": "T-1"}
    by = watched.caller("reception")
    watched.do(handling.make_first_contact, third.id, by=by, learnt=learnt)
    settle(watched)

    assert [told["product"] for told in watched.told(DETECTED)] == ["t-1"]


@pytest.mark.rule("CP-58")
def test_problems_and_complaints_about_one_product_are_alike(watched):
    file(watched, "sofa")
    shop = ProblemDesk(watched)
    shop.submit(product="Sofa")
    shop.submit(product="sofa")
    settle(watched)

    (told,) = watched.told(DETECTED)
    assert (told["category"], told["product"]) == ("product_quality", "sofa")


def test_where_no_rule_says_what_recurs_nothing_is_counted(desk):
    for _ in range(3):
        file(desk)

    assert patterns.COUNT not in desk.all_timers()


def test_a_department_that_is_no_unit_is_not_asked(watched):
    for _ in range(3):
        told = Details(respondent_department="the people at the gate", product_code="T-1")
        watched.file(by="reception", details=told)
    settle(watched)

    (told,) = watched.told(DETECTED)
    assert told["department"] == "hq"


def mark(minutes, department=None):
    at = FRIDAY_17 + timedelta(minutes=minutes)
    return PatternMark(
        case_id=new_id(),
        org_unit="shop-01",
        category="delivery",
        product="",
        department=department,
        filed_at=at,
    )


def test_the_cases_lie_on_any_side_of_the_one_that_is_counted():
    rule = RepeatThreshold(at_least=3, days=1, scope=Scope.UNIT, told=())
    day = 24 * 60
    marks = [mark(0), mark(day), mark(2 * day)]

    assert repeated(marks, marks[1], rule) == []
    between = mark(day + 1)
    assert repeated(marks, between, rule) == [marks[1], between, marks[2]]


def test_the_department_named_most_often_is_responsible():
    named = [mark(0, "b"), mark(1, "a"), mark(2, "b"), mark(3)]

    assert responsible(named) == "b"
    assert responsible([mark(0, "b"), mark(1, "a")]) == "a"
    assert responsible([mark(0)]) is None


@pytest.mark.rule("RP-13")
def test_over_http_what_recurs_is_listed(as_, watched):
    for _ in range(3):
        file(watched)
    settle(watched)
    (row,) = found(watched)
    manager = as_("manager")

    def listed(query=""):
        return [one["id"] for one in manager.get(f"/v1/patterns{query}").json["items"]]

    assert listed() == listed("?open=true") == [str(row["id"])]
    assert listed("?open=false") == listed("?since=2026-03-01T00:00:00Z") == []
    one = f"/v1/patterns/{row['id']}"
    assert manager.get(one).json["cases"] == 3
    assert as_("leader", unit="admin-centre").get(one).status_code == 200
    assert as_("assistant-south", unit="region-south").get(one).status_code == 404


def test_cases_of_before_are_counted_as_well(desk):
    (script,) = MIGRATIONS.glob("*_patterns.py")
    spec = spec_from_file_location("marks", script)
    migration = module_from_spec(spec)
    spec.loader.exec_module(migration)
    desk.follow("hq", *PACKS)
    file(desk, " T-1 ")
    ProblemDesk(desk).submit(product="Sofa")
    with desk.sessions.begin() as session:
        before = session.execute(marks.select().order_by(marks.c.case_id)).all()
        session.execute(marks.delete())
        session.execute(text(migration.COMPLAINTS))
        session.execute(text(migration.PROBLEMS))
        after = session.execute(marks.select().order_by(marks.c.case_id)).all()

    assert [row.product for row in after] == ["t-1", "sofa"]
    assert [row[:3] for row in before] == [row[:3] for row in after]
