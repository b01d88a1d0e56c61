"""The ranking of partners by their admission forms and files (CL-35)."""

from decimal import Decimal
from uuid import UUID

import pytest

from customer.domain.memberships import Standing
from customer.domain.partner_rankings import Papers, RankingRule, ranked
from customer.domain.partner_states import State
from customer.domain.partners import Cell, FormItem, filled_percent
from customer.use_cases.files import fill_file

from .joint_ventures import RANKING, Region

RULE = RankingRule(top_n=2, form_weight=50, file_weight=50)


@pytest.fixture
def region(desk, as_):
    return Region(desk, as_)


def papers(number, form, file):
    return Papers(UUID(int=number), form, file)


@pytest.mark.rule("CL-35")
@pytest.mark.parametrize(
    ("weights", "score"), [((50, 50), "57.50"), ((30, 70), "40.50"), ((0, 100), "15.00")]
)
def test_the_score_counts_form_and_file_by_their_weights(weights, score):
    (place,) = ranked(RankingRule(1, *weights), [papers(1, 100, 15)])

    assert Decimal(score) == place.score


@pytest.mark.rule("CL-35")
def test_equal_scores_share_a_rank_whatever_order_they_come_in():
    four = [papers(1, 50, 50), papers(2, 100, 100), papers(3, 40, 60), papers(4, 0, 0)]

    places = ranked(RULE, four)

    assert [(2, 1, False, True), (1, 2, True, True), (3, 2, True, True), (4, 4, False, False)] == [
        (one.papers.customer_id.int, one.rank, one.tied, one.on_top) for one in places
    ]
    assert places == ranked(RULE, reversed(four))
    assert [] == ranked(RULE, [])


@pytest.mark.rule("CL-35")
def test_a_form_is_as_complete_as_its_items_are_filled_in_each_row():
    items = [FormItem("main", "name", "Name"), FormItem("people", "person", "Person")]
    items.append(FormItem("people", "post", "Post"))
    cells = [Cell("main", 0, "name", "x"), Cell("people", 0, "person", "x")]

    assert 0 == filled_percent(items, [])
    assert 66 == filled_percent(items, cells)
    assert 60 == filled_percent(items, [*cells, Cell("people", 1, "post", "x")])
    assert 100 == filled_percent([], [])


@pytest.mark.rule("CL-35")
def test_the_first_ten_partners_are_on_top(region):
    partners = [region.partner(f"P-{n}", cells=n) for n in range(11)]

    ranking = region.rank()

    assert (201, 11, 2026) == (
        ranking.status_code,
        ranking.json["partners"],
        ranking.json["year"],
    )
    places = region.places()
    assert [str(one.id) for one in reversed(partners)] == [one["customer_id"] for one in places]
    assert [*range(1, 12)] == [one["rank"] for one in places]
    assert [True] * 10 + [False] == [one["on_top"] for one in places]
    assert (62, 0) == (places[0]["form_percent"], places[-1]["form_percent"])
    assert {"CL-35"} == {one["because"]["rule"] for one in places}


@pytest.mark.rule("CL-35")
def test_the_same_papers_give_the_same_ranking_and_others_another(region, desk):
    first, second = region.partner("P-1", cells=4), region.partner("P-2", cells=4)
    region.rank()
    before = region.places()
    assert [(1, True), (1, True)] == [(one["rank"], one["tied"]) for one in before]

    region.rank()
    assert before == region.places()
    with desk.open() as tx:
        file = tx.files.open(second.id, now=tx.now, by=tx.origin.actor)
        told = {"values": {"credit_standing": "sound"}, "reason": "a letter"}
        fill_file(tx, tx.customers.known(second.id), file, **told)
    region.rank()

    assert [(str(second.id), 1, False), (str(first.id), 2, False)] == [
        (one["customer_id"], one["rank"], one["tied"]) for one in region.places()
    ]


@pytest.mark.rule("CL-35")
def test_who_is_not_admitted_is_not_ranked(region):
    region.partner("P-1", state=State.SCREENED)
    graded = region.partner("P-2", state=State.GRADED)

    region.rank()

    assert [str(graded.id)] == [one["customer_id"] for one in region.places()]


@pytest.mark.rule("CL-35")
def test_with_whom_the_unit_parted_is_not_ranked(region, desk):
    left, stays = region.partner("P-1", cells=4), region.partner("P-2")
    with desk.open() as tx:
        tx.memberships.find(left.id, "shop-01").take(Standing.EXITED, now=tx.now)

    region.rank()

    assert [(str(stays.id), 1)] == [(one["customer_id"], one["rank"]) for one in region.places()]


@pytest.mark.rule("CL-35")
def test_a_unit_without_the_pack_or_out_of_sight_ranks_nobody(region, as_):
    above = as_("joint_venture_office", unit="hq")

    missing = above.post("/v1/units/region-south/partner-rankings", {})
    hidden = region.office.post("/v1/units/region-south/partner-rankings", {})

    assert (422, "policy_missing") == (missing.status_code, missing.json["code"])
    assert 404 == hidden.status_code


@pytest.mark.rule("CL-32", "CL-35")
def test_a_partner_sees_no_ranking_whatever_else_he_is(region, as_, issuer, app):
    region.partner()
    region.rank()
    portal = as_("customer_portal", unit="region-north")
    roles = ["joint_venture_office", "customer_portal"]
    token = issuer.token("both", roles=roles, unit="region-north", audience="customer")
    both = type(portal)(app, token)

    assert 403 == portal.get(f"{RANKING}?year=2026").status_code
    assert 404 == both.get(f"{RANKING}?year=2026").status_code
    assert 404 == both.post(RANKING, {}).status_code
