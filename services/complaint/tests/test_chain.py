"""To whom a complaint goes, and chains that cannot work."""

import json
from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest

from complaint.api.fitting import misfits
from complaint.api.policies import SECTIONS
from complaint.domain.staff import Post, Role, TierEmpty, nearest
from complaint.use_cases import clocks
from shared.ids import new_id
from shared.policy import PackFault, PacksUnfit, activate, add_pack, parse


def assigned(desk):
    return [
        (one["tier"], one["person_ids"], one["because"]["rule"])
        for one in desk.told("complaint.assigned.v1")
    ]


def ids(desk, *names):
    return [str(desk.people[name]) for name in names]


@pytest.mark.rule("CP-09")
@pytest.mark.rule("CP-18")
def test_level_1_goes_to_the_first_tier_of_the_region(desk):
    desk.file(org_unit="shop-01")
    desk.file(org_unit="shop-03")

    assert assigned(desk) == [
        (1, ids(desk, "assistant-north"), "CP-18"),
        (1, ids(desk, "assistant-south"), "CP-18"),
    ]


@pytest.mark.rule("CP-09")
def test_a_reception_clerk_handles_where_the_region_has_no_assistant(desk):
    gone = desk.people["assistant-north"], desk.people["assistant-south"]
    with desk.open() as tx:
        for person in gone:
            tx.staff.keep(person, active=False, superior_id=None, posts=[])

    assert desk.file().handler_id == desk.people["reception"]


@pytest.mark.rule("CP-10")
@pytest.mark.rule("CP-19")
@pytest.mark.parametrize("name", ["manager", "supervisor"])
def test_level_2_goes_to_a_manager_or_supervisor(desk, name):
    other = {"manager": "supervisor", "supervisor": "manager"}[name]
    with desk.open() as tx:
        tx.staff.keep(desk.people[other], active=False, superior_id=None, posts=[])

    desk.file_at_level(2)

    assert assigned(desk) == [(2, ids(desk, name), "CP-19")]


@pytest.mark.rule("CP-11")
@pytest.mark.rule("CP-20")
def test_level_3_goes_to_both_directors_and_is_reported_by_the_second_tier(desk):
    complaint = desk.file_at_level(3)

    assert assigned(desk) == [
        (3, ids(desk, "sales-director", "admin-director", "manager"), "CP-20")
    ]
    assert complaint.handler_id == desk.people["sales-director"]


@pytest.mark.rule("CP-11")
@pytest.mark.parametrize("name", ["sales-director", "admin-director"])
def test_level_3_without_one_of_its_directors_is_refused(desk, name):
    with desk.open() as tx:
        tx.staff.keep(desk.people[name], active=False, superior_id=None, posts=[])

    with pytest.raises(TierEmpty) as refused:
        desk.file_at_level(3)

    assert (refused.value.code, refused.value.extra["tier"]) == ("tier_empty", 3)
    assert desk.types() == []


def test_a_refused_filing_leaves_no_gap_in_the_numbers(desk):
    director = desk.people["sales-director"]
    with desk.open() as tx:
        tx.staff.keep(director, active=False, superior_id=None, posts=[])

    first = desk.file()
    with pytest.raises(TierEmpty):
        desk.file_at_level(3)
    second, elsewhere = desk.file(), desk.file(org_unit="shop-03")

    assert [first.number, second.number, elsewhere.number] == [
        "shop-01-1",
        "shop-01-2",
        "shop-03-1",
    ]


def test_the_nearest_ring_with_anybody_wins_and_the_lowest_id_goes_first():
    near, far, later = sorted(new_id() for _ in range(3))
    posts = [Post(later, "region", "r"), Post(far, "hq", "r"), Post(near, "region", "r")]
    rings = [frozenset({"shop"}), frozenset({"shop", "region"}), frozenset({"region", "hq"})]

    assert nearest(posts, rings) == [near, later]
    assert nearest(posts, [frozenset({"elsewhere"})]) == []


def broken(rulebook, change):
    """The franchise pack after ``change`` of the values of its chain."""
    document = deepcopy(rulebook.of_builtin("franchise", "1").document)
    change([rule["value"] for rule in document["sections"]["chain"]["rules"]])
    with pytest.raises(PackFault) as refused:
        parse(document, SECTIONS)
    return refused.value.extra["errors"]


def value(links, kind, number):
    key = "number" if kind == "tier" else "level"
    return next(link[kind] for link in links if kind in link and link[kind][key] == number)


def test_a_chain_with_a_cycle_is_refused(rulebook):
    errors = broken(rulebook, lambda links: value(links, "upgrade", 2).update(to=1))

    assert errors["sections.chain.rules.3.value"] == [
        "From level 1 the way up never ends in a meeting."
    ]


def test_a_level_without_a_way_up_is_refused(rulebook):
    def drop_the_meeting(links):
        links[8].clear()
        links[8]["tier"] = {"number": 4, "roles": ["general_manager"]}

    errors = broken(rulebook, drop_the_meeting)

    assert errors["sections.chain.rules.5.value"] == [
        "Level 3 leads nowhere when the answer is bad."
    ]


def test_a_tier_without_roles_is_refused(rulebook):
    errors = broken(rulebook, lambda links: value(links, "tier", 1).update(roles=[]))

    assert list(errors) == ["sections.chain.rules.0.value.tier.roles"]


def test_a_step_of_an_unknown_tier_is_refused(rulebook):
    errors = broken(rulebook, lambda links: value(links, "step", 2).update(tier=9))

    assert errors["sections.chain.rules.4.value"] == ["There is no tier 9."]


def test_an_unknown_reviewer_is_refused(rulebook):
    errors = broken(rulebook, lambda links: value(links, "step", 1).update(reviewers=["ghost"]))

    assert list(errors) == ["sections.chain.rules.3.value.step.reviewers.0"]


def test_a_meeting_without_anybody_who_decides_is_refused(rulebook):
    errors = broken(rulebook, lambda links: value(links, "meeting", 3).update(deciders=[]))

    assert list(errors) == ["sections.chain.rules.8.value.meeting.deciders"]


def test_an_upgrade_to_an_unknown_level_is_refused(rulebook):
    errors = broken(rulebook, lambda links: value(links, "upgrade", 2).update(to=7))

    assert errors["sections.chain.rules.7.value"] == ["There is no level 7."]


def test_a_level_that_stands_twice_is_refused(rulebook):
    errors = broken(rulebook, lambda links: value(links, "step", 2).update(level=1))

    assert "There is a level 1 already." in errors["sections.chain.rules.4.value"]


def test_a_link_of_two_kinds_is_refused(rulebook):
    errors = broken(rulebook, lambda links: links[0].update(upgrade={"level": 1, "to": 2}))

    assert errors["sections.chain.rules.0.value"] == ["Say one of tier, step, upgrade and meeting."]


def test_every_role_is_one_of_the_contract():
    contract = Path(__file__).parents[3] / "shared" / "contracts" / "roles.json"
    known = json.loads(contract.read_text())["roles"]

    assert {role.value for role in Role} <= set(known)


WITHOUT_TIER_2 = {
    "pack": "small",
    "version": "1",
    "title": "One tier",
    "issuer": "Region",
    "approver": "Sales centre",
    "owner": "Region",
    "effective_from": "2026-01-01",
    "history": [
        {"version": "1", "change": "new", "by": "R", "approved_by": "S", "on": "2026-01-01"}
    ],
    "sections": {
        "chain": {
            "merge": "replace",
            "rules": [
                {
                    "rule": "CP-09",
                    "clause": "1",
                    "value": {"tier": {"number": 1, "roles": ["franchise_reception_clerk"]}},
                },
                {
                    "rule": "CP-18",
                    "clause": "2",
                    "value": {
                        "step": {
                            "level": 1,
                            "tier": 1,
                            "reviewers": ["general_service_manager"],
                            "archivists": ["franchise_clerk"],
                        }
                    },
                },
                {
                    "rule": "CP-31",
                    "clause": "3",
                    "value": {
                        "meeting": {
                            "level": 1,
                            "secretaries": ["gm_meeting_secretary"],
                            "deciders": ["general_manager"],
                        }
                    },
                },
            ],
        },
        "clocks": {
            "merge": "additive",
            "rules": [
                {
                    "rule": "CP-18",
                    "clause": "2",
                    "when": {"clock": name},
                    "value": {"within": 5, "unit": "working_day", "hard": False},
                }
                for name in ("reply", "satisfaction", "review", "decision", "archive")
            ],
        },
    },
}


def follow(desk, rulebook, *packs):
    with desk.open() as tx:
        add_pack(tx, WITHOUT_TIER_2, rulebook)
    with desk.open() as tx:
        activate(tx, "region-north", packs, date(2026, 2, 1), rulebook=rulebook)


def test_packs_that_tell_a_breach_to_a_tier_that_is_not_there_cannot_be_followed(desk, rulebook):
    with pytest.raises(PacksUnfit) as refused:
        follow(desk, rulebook, "small", "generic")

    assert refused.value.code == "packs_unfit"
    assert refused.value.extra["errors"] == {"packs": ["generic 000 S42: there is no tier 2."]}


def test_a_chain_in_whose_states_something_is_always_due_can_be_followed(desk, rulebook):
    follow(desk, rulebook, "small")

    with desk.open() as tx:
        assert tx.chain("shop-01", None).levels() == [1]


@pytest.mark.parametrize("name", ["reply", "satisfaction", "review", "decision", "archive"])
def test_packs_that_leave_a_state_without_a_due_time_cannot_be_followed(desk, rulebook, name):
    document = deepcopy(WITHOUT_TIER_2)
    rules = document["sections"]["clocks"]["rules"]
    document["sections"]["clocks"]["rules"] = [r for r in rules if r["when"]["clock"] != name]
    with desk.open() as tx:
        add_pack(tx, document, rulebook)

    with desk.open() as tx, pytest.raises(PacksUnfit) as refused:
        activate(tx, "region-north", ["small"], date(2026, 2, 1), rulebook=rulebook)

    assert all("Nothing is due" in why for why in refused.value.extra["errors"]["packs"])


def test_a_clock_that_there_is_not_cannot_be_timed(desk, rulebook):
    document = deepcopy(WITHOUT_TIER_2)
    document["sections"]["clocks"]["rules"][0]["when"] = {"clock": "replies"}

    with desk.open() as tx, pytest.raises(PackFault) as refused:
        add_pack(tx, document, rulebook)

    assert refused.value.extra["path"] == "sections.clocks.rules.0.when.clock"


def test_the_built_in_packs_fit_together(rulebook):
    packs = [rulebook.of_builtin(name, "1") for name in rulebook.default]

    assert list(misfits(packs)) == []


def test_a_breach_is_told_though_its_tier_is_gone_from_the_chain(desk, rulebook):
    complaint = desk.file()
    follow(desk, rulebook, "small")

    desk.now = desk.clock(complaint).deadline.due_at
    desk.do(clocks.wake, complaint.id)

    (told,) = desk.told("complaint.first_contact_breached.v1")
    assert told["supervisor_ids"] == []
