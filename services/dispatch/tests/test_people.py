"""The staff directory."""

import json
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

import shared
from dispatch.adapters.addresses import AddressInvalid, normalised
from dispatch.domain.people import Address, PersonExists, Post, SuperiorCycle
from dispatch.domain.roles import Role
from dispatch.use_cases.people import change_person, reveal_person
from shared.rules import Invalid, NotFound, UnitUnknown
from shared.tables import audit

ROLES = Path(shared.__file__).parents[2] / "contracts" / "roles.json"


def test_the_role_codes_are_those_of_the_contract_but_that_of_a_customers_own_contact():
    known = json.loads(ROLES.read_text())["roles"]

    assert sorted([*Role, "customer_portal"]) == sorted(known)


# Of the roles that XC-07 names those whose work is here; the others come with their areas.
NAMED = {
    "sales team": "sales_team",
    "customer-service team": "customer_service_team",
    "sales back office": "sales_back_office",
    "marketing division": "marketing_division",
    "sales department head": "department_head",
    "general manager": "general_manager",
    "branch leader": "branch_leader",
    "account manager": "account_manager",
    "key-account group": "key_account_group",
    "dispatcher": "dispatcher",
    "dispatch supervisor": "dispatch_supervisor",
    "archivist": "archivist",
    "executor": "repair_worker",
    "tier-1 handler": "franchise_reception_clerk",
    "tier-2 handler": "general_service_manager",
    "tier-3 handler": "sales_centre_director",
    "clerk": "franchise_clerk",
    "secretary": "gm_meeting_secretary",
    "project manager": "project_manager",
    "contracting unit": "contracting_unit",
    "joint-venture office": "joint_venture_office",
    "market development": "market_development",
    "strategy centre": "strategy_centre",
    "finance centre": "finance_centre",
    "auditor": "auditor",
}


@pytest.mark.rule("XC-07")
@pytest.mark.parametrize("named", sorted(NAMED))
def test_a_role_that_the_regulations_name_has_a_code(named):
    assert NAMED[named] in json.loads(ROLES.read_text())["roles"]


def test_somebody_new_is_told_by_ids_and_his_addresses_in_private(opened, cast, told):
    newcomer = cast.asker(60, "shop-01", "engineer")
    with opened() as tx:
        cast.add(tx, newcomer, name="赵六", superior_id=UUID(cast.worker.id))

    (public, ids), (private, contact) = told()[-2:]
    assert public == "dispatch.person_changed.v1"
    assert ids == {
        "person_id": newcomer.id,
        "active": True,
        "posts": [{"unit": "shop-01", "role": "engineer"}],
        "superior_id": cast.worker.id,
    }
    assert private == "dispatch.person_contact_changed.v1"
    assert contact["name"] == "赵六"
    assert contact["addresses"] == [{"channel": "log", "address": "desk"}]


def test_only_what_is_different_is_told(opened, cast, told):
    def change(**fresh):
        before = len(told())
        with opened() as tx:
            person = tx.people.get(UUID(cast.worker.id), seen_from="hq")
            change_person(tx, person, fresh=fresh, caller=cast.hr)
        return [kind for kind, _ in told()[before:]]

    assert ["dispatch.person_changed.v1"] == change(posts=(Post("shop-02", "engineer"),))
    assert ["dispatch.person_contact_changed.v1"] == change(name="Li")
    assert [] == change(skills=("locks",))
    assert [
        "dispatch.person_departed.v1",
        "dispatch.person_changed.v1",
        "dispatch.person_contact_changed.v1",
    ] == change(active=False)


def test_a_change_of_posts_is_a_new_version_and_found_by_unit_and_role(opened, cast):
    with opened() as tx:
        person = tx.people.get(UUID(cast.worker.id), seen_from="hq")
        posts = (Post("shop-03", "engineer"), Post("shop-04", "enquiry_clerk"))
        change_person(tx, person, fresh={"posts": posts}, caller=cast.hr)
    with opened() as tx:
        found = tx.session.scalars(tx.people.seen("region-south", role="engineer")).all()
        at_shop = tx.session.scalars(tx.people.seen("hq", unit="shop-04")).all()
        gone = tx.session.scalars(tx.people.seen("region-north")).all()

    assert [person.id] == [one.id for one in found] == [one.id for one in at_shop]
    assert [] == gone
    assert person.version == 2


def test_an_id_is_given_once(opened, cast):
    with opened() as tx, pytest.raises(PersonExists):
        cast.add(tx, cast.worker)


def test_a_post_in_a_unit_that_one_cannot_see_is_refused(opened, cast):
    north = cast.asker(1, "region-north", "hr_administrator")
    with opened() as tx:
        person = tx.people.get(UUID(cast.worker.id), seen_from="region-north")
        for unit in ("shop-03", "hq", "nowhere"):
            fresh = {"posts": (Post(unit, "engineer"),)}
            with pytest.raises(UnitUnknown):
                change_person(tx, person, fresh=fresh, caller=north)


def test_nobody_is_his_own_superior_however_indirectly(opened, cast):
    ids = [UUID(one.id) for one in (cast.dispatcher, cast.supervisor, cast.worker)]
    with opened() as tx:
        people = [tx.people.find(one) for one in ids]
        change_person(tx, people[1], fresh={"superior_id": ids[0]}, caller=cast.hr)
        change_person(tx, people[2], fresh={"superior_id": ids[1]}, caller=cast.hr)
        for superior in (ids[2], ids[1], ids[0]):
            with pytest.raises(SuperiorCycle):
                change_person(tx, people[0], fresh={"superior_id": superior}, caller=cast.hr)


def test_a_superior_nobody_knows_is_refused(opened, cast):
    with opened() as tx, pytest.raises(Invalid) as refused:
        cast.add(tx, cast.asker(60, "shop-01", "engineer"), superior_id=uuid4())

    assert refused.value.extra["errors"] == {"superior_id": ["is not known"]}


def test_a_person_of_another_department_looks_like_none(opened, cast):
    with opened() as tx:
        for person_id in (UUID(cast.worker.id), uuid4()):
            with pytest.raises(NotFound) as refused:
                tx.people.get(person_id, seen_from="region-south")
            assert refused.value.detail == "There is no such person, or none that you may see."


def test_who_looked_at_addresses_and_why_is_kept(opened, cast, rows):
    with opened(by=cast.hr) as tx:
        person = tx.people.get(UUID(cast.worker.id), seen_from="hq")
        reveal_person(tx, person, reason="The pager is broken")
    row = rows(select(audit).order_by(audit.c.position.desc()))[0]

    assert (row.action, row.actor) == ("person.revealed", cast.hr.id)
    assert row.subject == f"person/{cast.worker.id}"
    assert row.detail == {"reason": "The pager is broken"}


@pytest.mark.parametrize(
    ("channel", "given", "kept"),
    [
        ("sms", "138 0000 1234", "+8613800001234"),
        ("sms", "+1 202-555-0123", "+12025550123"),
        ("smtp", " li@example.com ", "li@example.com"),
        ("webhook", "https://example.com/x?key=1", "https://example.com/x?key=1"),
        ("wecom", " https://example.com/r?key=1 ", "https://example.com/r?key=1"),
        ("feishu", "https://example.com/r#secret", "https://example.com/r#secret"),
        ("log", "desk", "desk"),
    ],
)
def test_addresses_are_kept_in_one_form(channel, given, kept):
    assert normalised(Address(channel, given)) == Address(channel, kept)


@pytest.mark.parametrize(
    ("channel", "given"),
    [
        ("sms", "12"),
        ("sms", "call me"),
        ("smtp", "li@example"),
        ("smtp", "li@a.b\nBcc: x@y.z"),
        ("webhook", "ftp://example.com"),
        ("dingtalk", "my group"),
        ("webhook", "https://"),
        ("webhook", "http://[broken"),
        ("log", "  "),
    ],
)
def test_what_is_no_address_is_refused_without_being_repeated(channel, given):
    with pytest.raises(AddressInvalid) as refused:
        normalised(Address(channel, given))

    assert given not in refused.value.detail
    assert given not in str(refused.value.extra)
