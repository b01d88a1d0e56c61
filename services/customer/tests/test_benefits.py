"""Benefits for partners on top of the ranking: proposal, decision, end (CL-35)."""

from uuid import UUID

import pytest

from customer.domain.partner_states import State

from .desk import at
from .graders import entered
from .joint_ventures import CRITERIA, NORTH, Region, evidence
from .test_gradings import code
from .test_stage_reviews import until


@pytest.fixture
def region(desk, as_):
    return Region(desk, as_)


def entitlements(region, customer_id):
    return region.office.get(f"/v1/customers/{customer_id}/entitlements").json["benefits"]


@pytest.mark.rule("CL-35")
def test_a_partner_on_top_is_granted_a_lower_fee_and_better_service(region, desk):
    proposed = region.proposed()
    assert ("proposed", 1, 2026) == (proposed["state"], proposed["rank"], proposed["year"])
    assert [] == entitlements(region, proposed["customer_id"])

    granted = region.act(region.manager, proposed, "approvals")

    assert (200, "granted") == (granted.status_code, granted.json["state"])
    assert ("2026-03-02", "2027-03-01") == (
        granted.json["valid_from"],
        granted.json["valid_until"],
    )
    (given,) = entitlements(region, proposed["customer_id"])
    assert (NORTH, 5, ["priority_service"], "CL-35") == (
        given["unit"],
        given["discount"],
        given["services"],
        given["because"]["rule"],
    )
    assert not {"rank", "year", "evidence"} & set(given)
    (told,) = desk.told("benefit_granted")
    assert (5, ["priority_service"], "2027-03-01") == (
        told["discount"],
        told["services"],
        told["valid_until"],
    )
    assert not {"rank", "grade", "score"} & set(told)


@pytest.mark.rule("CL-35")
def test_nobody_is_given_more_before_the_partners_are_ranked(region):
    assert (409, "ranking_missing") == code(region.propose(region.partner()))


@pytest.mark.rule("CL-35")
def test_who_is_not_among_the_first_is_given_nothing(region):
    partners = [region.partner(f"P-{n}", cells=n) for n in range(11)]
    region.rank()
    late = region.partner("P-12", cells=16)

    refused = region.propose(partners[0])

    assert (409, "not_on_top", 11) == (*code(refused), refused.json["rank"])
    assert (409, "not_on_top") == code(region.propose(late))
    assert 201 == region.propose(partners[1]).status_code


@pytest.mark.rule("CL-35")
def test_the_discount_is_not_above_that_of_the_pack(region):
    customer = region.partner()
    region.rank()

    refused = region.propose(customer, discount=6)

    assert (409, "discount_too_high", 5) == (*code(refused), refused.json["most"])
    assert "CL-35" == refused.json["because"]["rule"]
    assert 201 == region.propose(customer, discount=5).status_code


@pytest.mark.rule("CL-35")
@pytest.mark.parametrize("missing", CRITERIA)
@pytest.mark.parametrize("seen_on", [None, "2025-03-01", "2026-03-03"])
def test_a_partner_was_outstanding_in_everything_over_the_last_year(region, missing, seen_on):
    customer = region.partner()
    region.rank()
    shown = evidence(*(one for one in CRITERIA if one != missing), seen_on="2025-03-02")
    shown += evidence(missing, seen_on=seen_on) if seen_on else []

    refused = region.propose(customer, evidence=shown)

    assert (409, "not_outstanding", [missing]) == (*code(refused), refused.json["missing"])
    shown += evidence(missing, seen_on="2025-03-02")
    assert 201 == region.propose(customer, evidence=shown).status_code


@pytest.mark.rule("CL-35")
@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"services": ["free_lunch"]}, "services"),
        ({"evidence": evidence(*CRITERIA, "charm")}, "evidence"),
        ({"discount": 0, "services": []}, "discount"),
    ],
)
def test_what_no_pack_knows_or_gives_nothing_is_refused(region, changed, place):
    customer = region.partner()
    region.rank()

    refused = region.propose(customer, **changed)

    assert (422, [place]) == (refused.status_code, list(refused.json["errors"]))
    assert [] == region.office.get("/v1/benefits").json["items"]


@pytest.mark.rule("CL-35")
def test_better_service_alone_is_a_benefit(region):
    customer = region.partner()
    region.rank()

    made = region.propose(customer, discount=0, services=["better_service", "priority_service"])

    assert (201, 0) == (made.status_code, made.json["discount"])


@pytest.mark.rule("CL-35")
def test_a_partner_who_is_no_longer_admitted_is_given_nothing(region, desk):
    proposed = region.proposed()
    with desk.open() as tx:
        tx.partners.find(UUID(proposed["customer_id"])).state = State.SCREENED

    assert (409, "not_admitted") == code(region.act(region.manager, proposed, "approvals"))
    assert [] == desk.told("benefit_granted")


@pytest.mark.rule("CL-35")
def test_one_benefit_of_a_partner_lives_in_a_unit_at_a_time(region):
    customer = region.partner()
    region.rank()
    first = region.propose(customer).json

    assert (409, "benefit_exists") == code(region.propose(customer))
    rejected = region.act(region.manager, first, "rejections")
    assert ("rejected", "the fee was paid late") == (
        rejected.json["state"],
        rejected.json["reason"],
    )
    second = region.propose(customer)
    assert 201 == second.status_code
    region.act(region.manager, second.json, "approvals")
    assert (409, "benefit_exists") == code(region.propose(customer))


@pytest.mark.rule("CL-35")
@pytest.mark.parametrize("what", ["approvals", "rejections"])
def test_the_roles_of_the_pack_decide_and_nobody_on_his_own_proposal(
    region, issuer, app, as_, what
):
    customer = region.partner()
    region.rank()
    roles = ["joint_venture_office", "general_manager"]
    token = issuer.token("both", roles=roles, unit=NORTH, audience="customer")
    both = type(region.office)(app, token)
    body = {"unit": NORTH, "discount": 1, "evidence": evidence(*CRITERIA)}
    proposed = both.post(f"/v1/customers/{customer.id}/benefits", body).json

    assert (403, "own_proposal") == code(region.act(both, proposed, what))
    assert (403, "no_say") == code(region.act(region.office, proposed, what))
    assert 403 == region.act(region.unit, proposed, what).status_code
    path = f"/v1/customers/{customer.id}/benefits"
    assert 403 == region.manager.post(path, body).status_code
    assert 200 == region.act(region.manager, proposed, what).status_code
    assert (409, "wrong_state") == code(region.act(region.manager, proposed, what))


@pytest.mark.rule("CL-35")
def test_who_proposes_takes_a_proposal_back_and_nobody_is_told(region, desk):
    proposed = region.proposed()

    assert (403, "no_say") == code(region.act(region.manager, proposed, "withdrawals"))
    withdrawn = region.act(region.unit, proposed, "withdrawals")

    assert (200, "withdrawn") == (withdrawn.status_code, withdrawn.json["state"])
    assert [] == desk.told("benefit_ended")


@pytest.mark.rule("CL-35")
def test_who_approves_ends_a_benefit_before_its_time(region, desk):
    proposed = region.proposed()
    region.act(region.manager, proposed, "approvals")

    assert (403, "no_say") == code(region.act(region.office, proposed, "withdrawals"))
    withdrawn = region.act(region.manager, proposed, "withdrawals")

    assert "withdrawn" == withdrawn.json["state"]
    assert ["withdrawn"] == [one["how"] for one in desk.told("benefit_ended")]
    assert [] == entitlements(region, proposed["customer_id"])
    assert [] == [kind for kind, _ in desk.timers() if kind == "benefit.expiry"]


@pytest.mark.rule("CL-35")
def test_a_benefit_ends_with_the_period_of_the_pack(region, desk):
    proposed = region.proposed()
    region.act(region.manager, proposed, "approvals")

    until(desk, "benefit.expiry")

    assert at(2027, 3, 2, 9) == desk.now
    assert ["expired"] == [one["how"] for one in desk.told("benefit_ended")]
    assert [] == entitlements(region, proposed["customer_id"])
    one = f"/v1/benefits/{proposed['benefit_id']}"
    assert "expired" == region.office.get(one).json["state"]
    (listed,) = region.office.get("/v1/benefits?state=expired").json["items"]
    assert proposed["benefit_id"] == listed["benefit_id"]


@pytest.mark.rule("CL-32", "CL-35")
def test_a_partner_reads_what_he_is_given_and_not_his_rank(region, issuer, app):
    proposed = region.proposed()
    region.act(region.manager, proposed, "approvals")
    roles = ["joint_venture_office", "customer_portal"]
    token = issuer.token("both", roles=roles, unit=NORTH, audience="customer")
    both = type(region.office)(app, token)

    assert 404 == both.get("/v1/benefits").status_code
    assert 404 == both.get(f"/v1/benefits/{proposed['benefit_id']}").status_code
    customer = f"/v1/customers/{proposed['customer_id']}"
    (given,) = both.get(f"{customer}/entitlements").json["benefits"]
    assert 5 == given["discount"]
    assert "rank" not in given


@pytest.mark.rule("CL-35")
def test_a_benefit_stands_in_the_history_for_its_unit_and_above(region, desk, as_):
    proposed = region.proposed()
    region.act(region.manager, proposed, "approvals")
    with desk.open() as tx:
        entered(tx, UUID(proposed["customer_id"]), "shop-03")
    path = f"/v1/customers/{proposed['customer_id']}/timeline"

    told = ["benefit_proposed", "benefit_granted", "customer.benefit_granted.v1"]
    for unit, expected in ((NORTH, told), ("hq", told), ("region-south", [])):
        items = as_("sales_team", unit=unit).get(path).json["items"]
        assert {*expected} == {one["kind"] for one in items if "benefit" in one["kind"]}
