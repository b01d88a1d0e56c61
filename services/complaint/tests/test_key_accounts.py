"""Complaints of key accounts: taken in, given a level, and routed to whoever cares for him."""

from datetime import timedelta
from uuid import UUID

import pytest

from complaint.api.fitting import misfits
from complaint.domain.intake import (
    Complainant,
    CustomerMissing,
    SeverityMissing,
    SeverityNotAsked,
    Subject,
    SubjectNotAllowed,
)
from complaint.domain.states import State
from complaint.use_cases import account_managers, clocks, staff
from shared.policy import PackFault, PolicyMissing, add_pack

from .key_account_desk import ACME, PACKS, following
from .test_queue import VIP, graded

OTHER = UUID(int=0xACE << 64 | 2)


@pytest.fixture
def firm(desk):
    return following(desk)


@pytest.mark.rule("CP-41")
def test_the_complaint_of_a_key_account_goes_to_its_account_manager(desk, firm):
    firm.owned_by("account-manager-2")

    complaint = firm.file()

    assert desk.handler(complaint) == "account-manager-2"
    (assigned,) = desk.told("complaint.assigned.v1")
    assert assigned["person_ids"] == [str(desk.people["account-manager-2"])]
    assert assigned["because"]["rule"] == "CP-42"


@pytest.mark.rule("CP-41")
def test_who_registered_with_an_owner_has_him_as_account_manager(desk, firm):
    owner = str(desk.people["account-manager-2"])
    told = {"customer_id": str(ACME), "owner_id": owner}
    firm.hear("customer.registered.v1", **told)

    assert desk.handler(firm.file()) == "account-manager-2"


@pytest.mark.rule("CP-41")
@pytest.mark.parametrize("owner", [None, "clerk", "leader"])
def test_without_an_account_manager_it_goes_to_the_nearest_one(desk, firm, owner):
    firm.owned_by(owner)

    assert desk.handler(firm.file()) == "account-manager"


@pytest.mark.rule("CP-41")
def test_what_was_heard_later_counts_whatever_arrives_last(desk, firm):
    firm.owned_by("account-manager-2", sequence=3)
    firm.owned_by("account-manager", sequence=2)

    assert desk.handler(firm.file()) == "account-manager-2"


@pytest.mark.rule("CP-41")
@pytest.mark.parametrize(
    ("superior", "next_one"), [("group-support", "group-support"), (None, "account-manager")]
)
def test_when_the_account_manager_left_his_superior_takes_over_or_the_next_of_the_team(
    desk, firm, superior, next_one
):
    firm.owned_by("account-manager-2")
    complaint = firm.file()

    firm.leaves("account-manager-2", superior)

    assert desk.handler(complaint) == next_one
    assert desk.told("complaint.assigned.v1")[-1]["reason"] == "handler_left"


@pytest.mark.rule("CP-41")
def test_open_complaints_follow_the_key_account_to_his_next_manager(desk, firm):
    complaint, grave, plain = firm.file(), firm.file("major"), desk.file(customer_id=ACME)
    other = firm.file(customer_id=OTHER)
    handlers = [desk.handler(one) for one in (plain, other)]

    firm.owned_by("account-manager-2")

    assert desk.handler(complaint) == "account-manager-2"
    assert desk.people["account-manager-2"] in desk.read(grave).assigned_ids
    assert desk.people["account-manager"] not in desk.read(grave).assigned_ids
    assert [desk.handler(one) for one in (plain, other)] == handlers
    told = len(desk.told("complaint.assigned.v1"))
    firm.owned_by("account-manager-2", sequence=3)
    assert len(desk.told("complaint.assigned.v1")) == told


def test_of_many_complaints_a_batch_follows_at_once_and_the_others_by_a_timer(
    desk, firm, monkeypatch
):
    monkeypatch.setattr(account_managers, "BATCH", 2)
    mine = [firm.file() for _ in range(3)]

    firm.owned_by("account-manager-2")
    assert [desk.handler(one) for one in mine] == ["account-manager-2"] * 2 + ["account-manager"]
    desk.wake(account_managers.FOLLOW)

    assert desk.handler(mine[-1]) == "account-manager-2"


@pytest.mark.rule("CP-41")
def test_a_complaint_that_is_reviewed_stays_with_who_handled_it(desk, firm):
    complaint = firm.file()
    desk.contact(complaint, by="account-manager")
    desk.plan(complaint)
    desk.tell(complaint)
    desk.answer(complaint, 1)
    desk.review(complaint, "group-lead")

    firm.owned_by("account-manager-2")

    assert (desk.handler(complaint), desk.read(complaint).state) == (
        "account-manager",
        State.REVIEWED,
    )


@pytest.mark.rule("CP-41")
def test_where_nobody_can_take_over_now_it_is_tried_again(desk, firm):
    complaint = firm.file()
    for name in ("account-manager-2", "group-lead", "group-support", "account-manager"):
        firm.leaves(name)
    assert desk.handler(complaint) == "account-manager"

    told = {"unit": "hq", "role": "account_manager"}
    person = str(desk.people["account-manager-2"])
    firm.hear("dispatch.person_changed.v1", person_id=person, active=True, posts=[told])
    desk.wake(staff.REASSIGN)

    assert desk.handler(complaint) == "account-manager-2"


@pytest.mark.rule("CP-41")
def test_the_account_manager_responds_within_thirty_working_minutes(desk, firm):
    complaint = firm.file()

    clock = desk.clock(complaint)

    assert clock.deadline.due_at - desk.now == timedelta(minutes=30)
    assert (clock.deadline.hard, clock.deadline.because.rule) == (False, "CP-41")
    assert clock.hard_deadline.because.rule == "CP-17"
    desk.now = clock.deadline.due_at
    desk.do(clocks.wake, complaint.id)
    (missed,) = desk.told("complaint.first_contact_breached.v1")
    assert missed["supervisor_ids"] == [
        str(desk.people[n]) for n in ("group-lead", "group-support")
    ]


@pytest.mark.rule("CP-45")
def test_a_key_account_has_an_answer_within_two_working_days(desk, firm):
    complaint = firm.file()

    reply = desk.clock(complaint, "reply")

    assert (reply.driving.value.within, reply.driving.value.unit) == (2, "working_day")
    assert (reply.deadline.because.rule, reply.deadline.because.clause) == ("CP-45", "003-1 L52")
    assert "reply" not in desk.file().timed


@pytest.mark.rule("CP-42")
@pytest.mark.parametrize(
    ("severity", "level", "handler"),
    [
        ("ordinary", 1, "account-manager"),
        ("major", 3, "group-lead"),
        ("emergency", 3, "group-lead"),
    ],
)
def test_what_is_ordinary_is_of_level_1_and_what_is_major_of_level_3(
    desk, firm, severity, level, handler
):
    complaint = firm.file(severity)

    assert (complaint.level, desk.handler(complaint)) == (level, handler)
    assert complaint.suggestion.reasons[0].because.rule == "CP-42"


@pytest.mark.rule("CP-42")
def test_there_is_no_level_2_for_key_accounts_not_even_for_repeats(desk, firm):
    first = firm.file()

    assert firm.file(repeat_of=first.id).level == 1
    with desk.open() as tx:
        assert tx.chain("shop-01", Complainant.KEY_ACCOUNT).levels() == [1, 3]
        assert tx.chain("shop-01", Complainant.CONSUMER).levels() == [1, 2, 3]


@pytest.mark.rule("CP-42")
def test_a_dissatisfied_key_account_goes_up_to_the_group_and_then_to_the_meeting(desk, firm):
    complaint = firm.file()
    desk.contact(complaint, by="account-manager")
    desk.plan(complaint)
    desk.tell(complaint)

    assert desk.answer(complaint, 4).level == 3
    assert desk.handler(complaint) == "group-lead"


@pytest.mark.rule("CP-41")
def test_a_key_account_complains_about_anything_but_a_shop_or_another_customer(desk, firm):
    taken = set()
    for subject in Subject:
        try:
            taken.add(firm.file(about=subject).intake.about)
        except SubjectNotAllowed:
            continue

    of_shops = {Subject.SHOP_ATTITUDE, Subject.SHOP_SERVICE}
    of_sales = {Subject.PROCEDURE_COMPLAINT, Subject.FRAUD_ACCUSATION}
    of_it_services = {Subject.SERVICE_QUALITY, Subject.WORKER_CONDUCT}
    assert set(Subject) - taken == of_shops | of_sales | of_it_services


def test_the_intake_asks_who_the_key_account_is_and_how_grave_it_is(desk, firm):
    with pytest.raises(CustomerMissing):
        firm.file(customer_id=None)
    with pytest.raises(SeverityMissing):
        desk.file(complainant=Complainant.KEY_ACCOUNT, customer_id=ACME, about="delivery")
    with pytest.raises(SeverityNotAsked):
        firm.file(complainant=Complainant.FRANCHISEE)


def test_where_the_pack_is_not_followed_no_key_account_complains(desk):
    with pytest.raises(PolicyMissing):
        desk.file(complainant=Complainant.KEY_ACCOUNT, customer_id=ACME)


def test_whoever_else_complains_is_handled_as_before(desk, firm):
    consumer = desk.file()

    assert (consumer.level, desk.handler(consumer)) == (1, "assistant-north")
    assert desk.clock(consumer).deadline.because.rule == "CP-17"


@pytest.mark.rule("CP-59")
def test_among_equals_the_key_account_comes_before_every_grade(desk, firm, as_):
    graded(desk, VIP, 1)
    told = {"customer_id": str(ACME), "unit": "region-north", "is_key": True}
    firm.hear("customer.key_account_changed.v1", **told)
    vip, key, grave = desk.file(customer_id=VIP), desk.file(customer_id=ACME), firm.file("major")

    def queued():
        shown = as_("manager").get("/v1/complaints", query_string={"order": "queue"}).json["items"]
        return [UUID(one["id"]) for one in shown]

    assert queued() == [grave.id, key.id, vip.id]
    firm.hear("customer.key_account_changed.v1", sequence=2, **{**told, "is_key": False})
    assert queued() == [grave.id, vip.id, key.id]


def test_over_http_an_account_manager_takes_a_complaint_in(firm, as_):
    asked = {
        "org_unit": "shop-01",
        "complainant": "key_account",
        "channel": "telephone",
        "about": "delivery",
        "customer_id": str(ACME),
        "severity": "ordinary",
    }

    answer = as_("account-manager").post("/v1/complaints", asked)

    assert (answer.status_code, answer.json["severity"]) == (201, "ordinary")
    assert (
        as_("account-manager").post("/v1/complaints", {**asked, "severity": "so"}).status_code
        == 422
    )


def test_the_packs_fit_together(rulebook):
    packs = [rulebook.of_builtin(name, "1") for name in PACKS]

    assert list(misfits(packs)) == []
    assert list(misfits(packs[:1])) != []


def document(rulebook):
    found = rulebook.of_builtin("keyaccount", "1").document
    return {**found, "pack": "other", "sections": {**found["sections"]}}


def test_a_chain_that_holds_for_some_in_part_only_is_refused(desk, rulebook):
    broken = document(rulebook)
    chain = [dict(rule) for rule in broken["sections"]["chain"]["rules"]]
    del chain[-1]["when"]
    broken["sections"]["chain"] = {"merge": "replace", "rules": chain}

    with desk.open() as tx, pytest.raises(PackFault) as refused:
        add_pack(tx, broken, rulebook)

    assert refused.value.extra["path"] == f"sections.chain.rules.{len(chain) - 1}.when"


def test_a_tier_goes_to_the_owner_or_to_one_of_each_role_but_not_both(desk, rulebook):
    broken = document(rulebook)
    tier = {"number": 1, "roles": ["account_manager"], "owner_first": True, "every": True}
    first, *others = broken["sections"]["chain"]["rules"]
    chain = [{**first, "value": {"tier": tier}}, *others]
    broken["sections"]["chain"] = {"merge": "replace", "rules": chain}

    with desk.open() as tx, pytest.raises(PackFault):
        add_pack(tx, broken, rulebook)
