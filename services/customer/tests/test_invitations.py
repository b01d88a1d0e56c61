"""Other units, the marketing division above all, may join visits and gatherings, and choose."""

import pytest

from .test_gatherings import draft
from .visit_packs import following, grade

ALL = "/v1/invitations"
GUEST = {"unit": "general-service"}


@pytest.fixture
def visit(desk):
    """A visit of a salesman of the shop to a VIP customer, due on the second of April."""
    following(desk, "medical")
    customer = desk.register()
    grade(desk, customer, "medical:vip")
    return desk.visit(customer)


@pytest.fixture
def division(as_):
    return as_("marketing_division", unit="general-service")


def invited(caller, visit, **asked):
    return caller.post(f"/v1/visits/{visit.id}/invitations", {**GUEST, **asked})


@pytest.mark.rule("VS-11")
@pytest.mark.parametrize("joins", [True, False])
def test_the_marketing_division_joins_a_visit_or_does_not(desk, sales, division, visit, joins):
    one = invited(sales, visit).json
    assert [one] == division.get(ALL).json["items"]

    answered = division.post(f"{ALL}/{one['invitation_id']}/answers", {"joins": joins}).json

    assert (joins, "2026-04-02") == (answered["joins"], answered["takes_place_on"])
    (sent,), (told,) = desk.told("invited"), desk.told("invitation_answered")
    assert ("visit", str(visit.id), "general-service") == (
        sent["meeting"],
        sent["meeting_id"],
        sent["unit"],
    )
    assert (joins, one["invitation_id"]) == (told["joins"], told["invitation_id"])


@pytest.mark.rule("VS-11")
@pytest.mark.parametrize("kind", ["forum", "promotion"])
def test_a_gathering_invites_as_it_is_drafted(sales, division, desk, kind):
    desk.follow("region-north", "medical", "generic")

    held = draft(sales, kind, planned_on="2026-05-04", invited_units=["general-service"]).json

    (one,) = division.get(ALL).json["items"]
    assert ("gathering", held["gathering_id"], "2026-05-04") == (
        one["meeting"],
        one["meeting_id"],
        one["takes_place_on"],
    )
    assert division.post(f"{ALL}/{one['invitation_id']}/answers", {"joins": True}).json["joins"]


def test_a_unit_is_invited_once_and_answers_once(sales, division, visit):
    one = invited(sales, visit).json
    assert "invited_already" == invited(sales, visit).json["code"]
    asked = f"{ALL}/{one['invitation_id']}/answers"

    first, second = (division.post(asked, {"joins": joins}) for joins in (True, False))

    assert (200, 409, "invitation_closed") == (
        first.status_code,
        second.status_code,
        second.json["code"],
    )


def test_an_invitation_to_what_is_over_is_not_answered(desk, sales, division):
    desk.follow("region-north", "medical", "generic")
    draft(sales, planned_on="2026-03-01", invited_units=["general-service"])
    (one,) = division.get(ALL).json["items"]

    late = division.post(f"{ALL}/{one['invitation_id']}/answers", {"joins": True})

    assert "invitation_closed" == late.json["code"]


@pytest.mark.rule("VS-11")
def test_an_invitation_to_a_gathering_that_was_given_up_is_not_answered(desk, sales, division):
    desk.follow("region-north", "medical", "generic")
    held = draft(sales, planned_on="2026-05-04", invited_units=["general-service"]).json
    (one,) = division.get(ALL).json["items"]
    assert 200 == sales.post(f"/v1/gatherings/{held['gathering_id']}/cancellations", {}).status_code

    late = division.post(f"{ALL}/{one['invitation_id']}/answers", {"joins": True})

    assert (409, "invitation_closed") == refused(late)
    assert not desk.told("invitation_answered")


def test_an_invitation_to_a_visit_that_was_given_up_is_not_answered(desk, sales, division, visit):
    one = invited(sales, visit).json
    with desk.open() as tx:
        tx.emit(tx.visits.known(visit.id).cancel("rule_ended"))

    late = division.post(f"{ALL}/{one['invitation_id']}/answers", {"joins": True})

    assert (409, "invitation_closed") == refused(late)


def test_nobody_is_invited_to_a_visit_that_was_made_or_given_up(desk, sales, visit):
    with desk.open() as tx:
        tx.emit(tx.visits.known(visit.id).cancel("rule_ended"))

    assert (409, "wrong_state") == refused(invited(sales, visit))


def test_units_that_are_not_known_or_not_invited_are_refused(as_, sales, visit):
    assert (422, "unit_unknown") == refused(invited(sales, visit, unit="nowhere"))
    one = invited(sales, visit).json
    host = as_("sales_team", unit="region-north")

    assert (404, "not_found") == refused(
        host.post(f"{ALL}/{one['invitation_id']}/answers", {"joins": True})
    )
    assert [] == as_("sales_team", unit="region-south").get(ALL).json["items"]


def refused(answer):
    return answer.status_code, answer.json["code"]
