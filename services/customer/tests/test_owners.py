"""Who cares for a customer: links, advisors, transfers, and whoever leaves."""

from uuid import UUID

import pytest

from customer.adapters.mapping import Grade
from customer.domain.owners import AdvisorTaken, Link
from customer.use_cases.links import link_person
from shared.rules import Because, Invalid

from .desk import PEOPLE
from .river import CUSTOMERS, RIVER

BECAUSE = Because(pack="retail", version="1", clause="001-P8 L388", rule="CL-08")


def graded(desk, customer, code):
    scheme, _, grade = code.partition(":")
    with desk.open() as tx:
        tx.grades.add(
            Grade(
                customer_id=customer.id,
                unit=customer.org_unit,
                scheme=scheme,
                grade=grade,
                because=BECAUSE,
                graded_at=tx.now,
            )
        )


def left(desk, name, superior=None):
    desk.receive(
        "dispatch.person_changed.v1",
        person_id=str(PEOPLE[name]),
        active=False,
        posts=[],
        superior_id=str(PEOPLE[superior]) if superior else None,
    )


@pytest.mark.rule("CF-22")
def test_who_is_known_through_one_link_alone_is_listed(as_, desk, sales):
    desk.follow("region-north", "retail", "generic")
    head = as_("department_head", unit="region-north")
    lonely = sales.post(
        CUSTOMERS, {**RIVER, "number": "F-1", "duplicate_reason": "a shop more"}
    ).json["customer_id"]
    two = {**RIVER, "number": "F-2", "contacts": [{"name": "Li"}, {"name": "Wu"}]}
    sales.post(CUSTOMERS, two)

    listed = head.get("/v1/customers/single-links").json["items"]
    assert [lonely] == [one["customer_id"] for one in listed]

    link = {"staff_id": str(PEOPLE["north"]), "link": "backup"}
    done = head.post(f"{CUSTOMERS}/{lonely}/links", link)

    assert [link] == [{key: one[key] for key in link} for one in done.json["links"]]
    assert [] == head.get("/v1/customers/single-links").json["items"]
    head.post(f"{CUSTOMERS}/{lonely}/links/removals", {"staff_id": str(PEOPLE["north"])})
    assert [] == head.get(f"{CUSTOMERS}/{lonely}/links").json["links"]


def test_where_no_pack_asks_for_links_nobody_is_listed(sales, path):
    assert [] == sales.get("/v1/customers/single-links").json["items"]


@pytest.mark.rule("CF-23")
def test_a_vip_has_one_advisor_and_any_number_of_backups(desk):
    desk.follow("region-north", "retail", "generic")
    vip, other = desk.register("F-1"), desk.register("F-2")
    graded(desk, vip, "retail:b")

    for customer in (vip, other):
        desk.do(link_person, customer, person_id=PEOPLE["north"], link=Link.ADVISOR)
        desk.do(link_person, customer, person_id=PEOPLE["south"], link=Link.BACKUP)
    desk.do(link_person, vip, person_id=PEOPLE["north"], link=Link.ADVISOR)
    with pytest.raises(AdvisorTaken) as refused:
        desk.do(link_person, vip, person_id=PEOPLE["head-north"], link=Link.ADVISOR)
    desk.do(link_person, other, person_id=PEOPLE["head-north"], link=Link.ADVISOR)

    assert "CF-23" == refused.value.because.rule


def test_somebody_who_is_not_of_the_staff_is_not_linked(desk):
    with pytest.raises(Invalid):
        desk.do(link_person, desk.register(), person_id=UUID(int=9), link=Link.BACKUP)


@pytest.mark.rule("CF-22")
def test_the_customers_of_somebody_who_leaves_go_to_his_supervisor(desk):
    customer = desk.register(owner_id=PEOPLE["north"])
    desk.do(link_person, customer, person_id=PEOPLE["north"], link=Link.ADVISOR)

    left(desk, "north", superior="head-north")

    with desk.open() as tx:
        assert PEOPLE["head-north"] == tx.customers.get(customer.id, unit="hq").owner_id
        assert [PEOPLE["head-north"]] == [one.owner_id for one in tx.memberships.of(customer.id)]
        assert frozenset({PEOPLE["head-north"]}) == tx.owners.advisors(customer.id)
    (told,) = desk.told("owner_changed")
    assert (str(PEOPLE["north"]), str(PEOPLE["head-north"]), True) == (
        told["old_owner_id"],
        told["new_owner_id"],
        told["left"],
    )


def named(desk, name, successor):
    desk.receive(
        "dispatch.person_departed.v1",
        person_id=str(PEOPLE[name]),
        successor_id=successor and str(successor),
        departed_at="2026-03-02T10:00:00+00:00",
    )


@pytest.mark.rule("CF-22", "ST-34", "XC-17")
def test_a_successor_who_is_named_gets_the_customers_instead(desk):
    customer = desk.register(owner_id=PEOPLE["north"], visitor_id=PEOPLE["north"])
    desk.do(link_person, customer, person_id=PEOPLE["north"], link=Link.ADVISOR)

    new = UUID(int=77)
    post = {"unit": "region-north", "role": "customer_service_team"}
    joined = {"person_id": str(new), "active": True, "posts": [post], "superior_id": None}
    desk.receive("dispatch.person_changed.v1", **joined)
    named(desk, "north", new)
    left(desk, "north", superior="head-north")

    with desk.open() as tx:
        found = tx.customers.get(customer.id, unit="hq")
        assert (new, new) == (found.owner_id, found.visitor_id)
        assert frozenset({new}) == tx.owners.advisors(customer.id)
    (told,) = desk.told("owner_changed")
    assert (str(new), True) == (told["new_owner_id"], told["left"])


@pytest.mark.parametrize("successor", [PEOPLE["south"], None])
def test_a_successor_who_does_not_see_the_customer_is_as_good_as_none(desk, successor):
    customer = desk.register(owner_id=PEOPLE["north"])

    named(desk, "north", successor)
    left(desk, "north", superior="head-north")

    with desk.open() as tx:
        assert PEOPLE["head-north"] == tx.customers.get(customer.id, unit="hq").owner_id


def test_without_a_supervisor_they_go_to_the_nearest_head_of_department(desk):
    customer = desk.register(owner_id=PEOPLE["south"])

    left(desk, "south")

    with desk.open() as tx:
        assert PEOPLE["head-north"] == tx.customers.get(customer.id, unit="hq").owner_id


@pytest.mark.rule("CF-26", "XC-17")
def test_a_file_that_is_transferred_is_seen_by_the_new_unit_alone(as_, desk, path):
    desk.follow("region-north", "medical", "generic")
    north, south = (as_("department_head", unit=f"region-{one}") for one in ("north", "south"))
    office = as_("sales_back_office", unit="region-north")
    body = {"to_unit": "shop-03", "owner_id": str(PEOPLE["south"]), "note": "Likes tea."}

    refused = office.post(f"{path}/file/transfers", body)
    assert 404 == south.get(path).status_code
    done = north.post(f"{path}/file/transfers", body)

    assert (403, "CF-26") == (refused.status_code, refused.json["because"]["rule"])
    assert (201, "shop-01", "shop-03") == (
        done.status_code,
        done.json["from_unit"],
        done.json["to_unit"],
    )
    assert (404, 200) == (north.get(path).status_code, south.get(path).status_code)
    (note,) = south.get(f"{path}/handovers").json["items"]
    assert ("Likes tea.", str(PEOPLE["south"])) == (note["note"], note["new_owner_id"])
    (told,) = desk.told("owner_changed")
    assert (str(PEOPLE["south"]), False) == (told["new_owner_id"], told["left"])
    assert 1 == len(desk.audited("file.transferred"))


def test_a_file_goes_to_units_that_are_known(as_, path):
    body = {"to_unit": "shop-99", "note": "x"}

    refused = as_("department_head").post(f"{path}/file/transfers", body)

    assert (422, "unit_unknown") == (refused.status_code, refused.json["code"])
