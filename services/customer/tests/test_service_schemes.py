"""How customers of each class are served (CL-42)."""

from datetime import date

import pytest

from customer.main import RULEBOOK
from shared.policy import add_pack

from .river import CUSTOMERS, RIVER
from .test_owners import graded

HIGH = {"amount": "100", "frequency": 6, "last_on": "2026-03-01"}
POTENTIAL = {"amount": "20", "frequency": 2, "last_on": "2026-03-01"}
ORDINARY = {"amount": "1", "frequency": 1, "last_on": "2026-03-01"}
SERVED = {
    "personal_care": (
        ["own_advisor", "priority_service", "regular_check"],
        ["telephone", "on_site", "online_service"],
        ["volume_discount", "birthday_gift", "preview"],
    ),
    "development": (
        ["needs_review", "product_training"],
        ["telephone", "email", "online_service"],
        ["trial", "bundle"],
    ),
    "standard": (["help_desk"], ["email", "online_service"], ["points"]),
}


def served(caller, path):
    return caller.get(f"{path}/entitlements").json["service_schemes"]


def bind_scheme(desk, pack, scheme, when):
    """Add a version of a pack that serves those of ``when`` by one scheme."""
    value = {"scheme": scheme, "title": scheme, "package": ["calls"]}
    document = dict(RULEBOOK.of_builtin(pack, "1").document)
    rules = [{"rule": "CL-42", "clause": "1", "when": when, "value": value}]
    sections = {**document["sections"], "service_schemes": {"merge": "replace", "rules": rules}}
    history = [{**document["history"][0], "version": "2"}]
    changed = {**document, "version": "2", "sections": sections, "history": history}
    desk.do(add_pack, {**changed, "effective_from": "2026-02-01"}, RULEBOOK)


@pytest.mark.rule("CL-42")
@pytest.mark.parametrize(
    ("bought", "scheme"),
    [(HIGH, "personal_care"), (POTENTIAL, "development"), (ORDINARY, "standard")],
)
def test_a_customer_is_served_as_his_class_of_value_is(sales, path, desk, bought, scheme):
    desk.follow("hq", "crm-generic", "generic")
    assert [] == served(sales, path)
    assert 200 == sales.post(f"{path}/purchases", bought).status_code

    (shown,) = served(sales, path)

    assert (scheme, "CL-42", SERVED[scheme]) == (
        shown["scheme"],
        shown["because"]["rule"],
        (shown["package"], shown["channels"], shown["offers"]),
    )


@pytest.mark.rule("CL-42")
def test_the_scheme_follows_the_class(sales, path, desk):
    desk.follow("hq", "crm-generic", "generic")
    sales.post(f"{path}/purchases", ORDINARY)
    sales.post(f"{path}/purchases", HIGH)

    assert ["personal_care"] == [one["scheme"] for one in served(sales, path)]


@pytest.mark.rule("CL-37", "CL-42")
@pytest.mark.parametrize(
    ("industry", "region", "schemes"),
    [
        ("furniture", "east", ["east_care"]),
        ("furniture", "west", []),
        ("finance", "east", []),
        ("furniture", None, []),
    ],
)
def test_value_industry_and_region_decide_together_how_one_is_served(
    sales, desk, industry, region, schemes
):
    when = {"grade": "value:high", "industry": "furniture", "region": "east"}
    bind_scheme(desk, "crm-generic", "east_care", when)
    desk.follow("hq", "crm-generic", "generic", since=date(2026, 3, 1))
    body = {**RIVER, "industry": industry, "region": region}
    path = f"{CUSTOMERS}/{sales.post(CUSTOMERS, body).json['customer_id']}"
    sales.post(f"{path}/purchases", HIGH)

    assert schemes == [one["scheme"] for one in served(sales, path)]


@pytest.mark.rule("CL-37")
def test_customers_are_listed_by_value_industry_and_region(sales, desk):
    desk.follow("hq", "crm-generic", "generic")
    places = {"F-1": ("hotel", "east"), "F-2": ("hotel", "west"), "F-3": ("school", "east")}
    for number, (industry, region) in places.items():
        body = {**RIVER, "number": number, "name": number, "contacts": []}
        made = sales.post(CUSTOMERS, {**body, "industry": industry, "region": region}).json
        sales.post(f"{CUSTOMERS}/{made['customer_id']}/purchases", HIGH)

    def listed(question):
        items = sales.get(f"{CUSTOMERS}?{question}").json["items"]
        return {one["number"] for one in items}

    assert {"F-1", "F-3"} == listed("region=east")
    assert {"F-1"} == listed("region=east&industry=hotel&grade=value:high")
    assert set() == listed("region=east&grade=value:ordinary")


@pytest.mark.rule("CL-37")
def test_a_region_is_changed_like_all_that_is_known_of_a_customer(sales, path, desk):
    changed = sales.patch(path, {"region": "east", "reason": "he moved"}, version=1)

    assert (200, "east") == (changed.status_code, changed.json["region"])
    (change,) = sales.get(f"{path}/changes").json["items"]
    assert ("region", None, "east") == (change["field"], change["old"], change["new"])


@pytest.mark.rule("CL-32", "CL-42")
def test_the_scheme_of_an_internal_grade_does_not_tell_it(desk, as_, issuer, app):
    bind_scheme(desk, "jointventure", "quiet_care", {"grade": "jv:a"})
    desk.follow("hq", "jointventure", "generic", since=date(2026, 3, 1))
    customer = desk.register(kind="partner")
    graded(desk, customer, "jv:a")
    with desk.open() as tx:
        (grade,) = [one for one in tx.grades.of(customer.id) if one.scheme == "jv"]
        grade.internal = True
    office = as_("joint_venture_office")
    roles = ["joint_venture_office", "customer_portal"]
    token = issuer.token("both", roles=roles, unit="hq", audience="customer")
    both, path = type(office)(app, token), f"/v1/customers/{customer.id}"

    assert ["quiet_care"] == [one["scheme"] for one in served(office, path)]
    assert [] == served(both, path)
