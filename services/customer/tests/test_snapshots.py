"""Frozen copies of files: every half year for some grades, on demand for all."""

import pytest
from sqlalchemy import delete, exc, update

from customer.adapters.tables import file_snapshots
from customer.use_cases.snapshots import plan_snapshots

from .desk import at
from .test_files import FIRST, fill
from .test_owners import graded


def planned(desk, customer):
    with desk.open() as tx:
        plan_snapshots(tx, tx.customers.get(customer.id, unit="hq"))
    return desk.timers().get(("file.snapshot", f"customer/{customer.id}"))


@pytest.fixture
def partner(desk):
    desk.follow("region-north", "jointventure", "generic")
    return desk.register(kind="partner", annual_amount=None)


@pytest.mark.rule("CF-35")
@pytest.mark.parametrize(
    ("grade", "due"),
    [("jv:a", True), ("jv:b", True), ("jv:c", False), ("jv:d", False), ("retail:a", False)],
)
def test_partners_of_grades_a_and_b_are_archived_every_half_year(desk, partner, grade, due):
    graded(desk, partner, grade)

    first = planned(desk, partner)

    assert (at(2026, 9, 2, 9) if due else None) == first


@pytest.mark.rule("CF-35")
def test_a_period_that_runs_goes_on_and_ends_with_the_grade(desk, partner):
    graded(desk, partner, "jv:a")
    first = planned(desk, partner)
    desk.now = at(2026, 4, 1, 10)
    assert first == planned(desk, partner)

    desk.now = at(2026, 9, 2, 8)
    while desk.fire() != "file.snapshot":
        pass

    assert at(2027, 3, 2, 9) == desk.timers()["file.snapshot", f"customer/{partner.id}"]
    assert ["period"] == [one["cause"] for one in desk.journal("file_archived")]
    with desk.open() as tx:
        (grade,) = tx.grades.of(partner.id)
        grade.grade = "c"
    assert planned(desk, partner) is None


@pytest.mark.rule("CF-35")
def test_a_copy_taken_for_a_reason_stays_as_it_was(as_, sales, path):
    fill(sales, path, {**FIRST, "budget": "30"})

    made = sales.post(f"{path}/file/snapshots", {"reason": "before the merger"})
    fill(sales, path, {"budget": "99"}, version=1)

    one = f"{path}/file/snapshots/{made.json['snapshot_id']}"
    assert (201, "special") == (made.status_code, made.json["cause"])
    frozen = {each["field"]: each["value"] for each in sales.get(one).json["content"]}
    assert ("30", "****") == (frozen["budget"], frozen["address"])
    (listed,) = sales.get(f"{path}/file/snapshots").json["items"]
    assert "before the merger" == listed["reason"]


@pytest.mark.rule("CF-35")
def test_the_office_of_joint_ventures_archives_partners(as_, desk, path):
    desk.follow("region-north", "jointventure", "generic")

    refused = as_("sales_team").post(f"{path}/file/snapshots", {"reason": "x"})
    made = as_("joint_venture_office").post(f"{path}/file/snapshots", {"reason": "x"})

    assert (403, 201) == (refused.status_code, made.status_code)


@pytest.mark.rule("CF-35")
@pytest.mark.parametrize(
    "change",
    [
        delete(file_snapshots),
        update(file_snapshots).values(reason="another"),
        update(file_snapshots).values(content=[{"field": "budget", "value": "1"}]),
        update(file_snapshots).values(content={}),
        update(file_snapshots).values(content={}, reason=None, taken_by="nobody"),
    ],
)
def test_a_copy_cannot_be_changed_not_even_in_the_database(sales, path, desk, change):
    made = sales.post(f"{path}/file/snapshots", {"reason": "before the merger"}).json

    with pytest.raises(exc.IntegrityError, match="only added"), desk.open() as tx:
        tx.session.execute(change)

    assert [made] == sales.get(f"{path}/file/snapshots").json["items"]
