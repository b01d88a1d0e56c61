"""How customers of each class are served (CL-42)."""

from datetime import date

import pytest

from customer.main import RULEBOOK
from shared.policy import add_pack

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


@pytest.mark.rule("CL-32", "CL-42")
def test_the_scheme_of_an_internal_grade_does_not_tell_it(desk, as_, issuer, app):
    value = {"scheme": "quiet_care", "title": "Quiet care", "package": ["calls"]}
    document = dict(RULEBOOK.of_builtin("jointventure", "1").document)
    rules = [{"rule": "CL-42", "clause": "1", "when": {"grade": "jv:a"}, "value": value}]
    sections = {**document["sections"], "service_schemes": {"merge": "replace", "rules": rules}}
    history = [{**document["history"][0], "version": "2"}]
    changed = {**document, "version": "2", "sections": sections, "history": history}
    desk.do(add_pack, {**changed, "effective_from": "2026-02-01"}, RULEBOOK)
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
