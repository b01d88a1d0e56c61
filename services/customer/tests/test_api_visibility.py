"""Who sees and does what over HTTP; what lies elsewhere is not there."""

import pytest
from marshmallow import Schema

from customer.api.contact_schemas import AddContactSchema, ChangeContactSchema
from customer.api.customer_schemas import ChangeCustomerSchema, RegisterCustomerSchema
from customer.api.visit_schemas import CompleteVisitSchema
from shared.ids import new_id

from .desk import PEOPLE
from .river import CUSTOMERS, RIVER


def test_lists_show_what_lies_below_the_caller_and_what_he_asks_for(as_, sales, desk):
    for number, unit, amount in (
        ("A", "shop-01", "600"),
        ("B", "shop-03", "600"),
        ("C", "region-south", "200"),
        ("D", "shop-04", None),
    ):
        named = {**RIVER, "number": number, "name": number, "contacts": []}
        sales.post(CUSTOMERS, {**named, "org_unit": unit, "annual_amount": amount})

    def numbers(query="", *, unit="hq"):
        shown = as_("auditor", unit=unit).get(f"{CUSTOMERS}{query}").json
        return [one["number"] for one in shown["items"]]

    assert ["A", "B", "C", "D"] == numbers()
    assert ["B", "C", "D"] == numbers(unit="region-south")
    assert ["B", "C", "D"] == numbers("?unit=region-south")
    assert [] == numbers("?unit=shop-01", unit="region-south")
    assert ["A", "B"] == numbers("?grade=size:large")
    assert ["C"] == numbers("?number=C")
    first = as_("auditor").get(f"{CUSTOMERS}?limit=3").json
    rest = as_("auditor").get(f"{CUSTOMERS}?limit=3&cursor={first['next_cursor']}").json
    assert (["A", "B", "C"], ["D"], None) == (
        [one["number"] for one in first["items"]],
        [one["number"] for one in rest["items"]],
        rest["next_cursor"],
    )


def test_what_lies_elsewhere_looks_like_what_is_not_there(as_, path, contact, desk):
    stranger = as_("department_head", unit="region-south")
    visit = as_("auditor").get("/v1/visits").json["items"][0]["visit_id"]
    nowhere = f"{CUSTOMERS}/{new_id()}"
    one = f"contacts/{contact['contact_id']}"

    hidden = [
        stranger.get(f"{base}{rest}")
        for base in (path, nowhere)
        for rest in ("", "/timeline", "/contacts", f"/{one}", "/contact-history")
    ]
    hidden += [stranger.get(f"/v1/visits/{there}") for there in (visit, new_id())]
    hidden.append(stranger.get(f"/v1/visits/{visit}/timeline"))
    hidden.append(stranger.post(f"{path}/{one}/reveals", {"reason": "curious"}))

    bodies = [{**answer.json, "correlation_id": ""} for answer in hidden]
    assert [404] * len(hidden) == [answer.status_code for answer in hidden]
    assert [bodies[0]] * len(bodies) == bodies
    assert [] == stranger.get("/v1/visits").json["items"]


def test_a_visitor_sees_his_own_visits_wherever_they_lie(as_, sales):
    sales.post(CUSTOMERS, {**RIVER, "visitor_id": str(PEOPLE["south"])})

    south = as_("customer_service_team", unit="region-south", who="south")
    north = as_("customer_service_team", unit="region-north", who="north")

    (visit,) = south.get("/v1/visits").json["items"]
    assert 200 == south.get(f"/v1/visits/{visit['visit_id']}").status_code
    assert [] == north.get("/v1/visits?visitor=me").json["items"]
    assert 1 == len(north.get("/v1/visits").json["items"])


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        ("sales_team", {"register", "change", "import", "complete"}),
        ("sales_back_office", {"change", "import"}),
        ("customer_service_team", {"complete"}),
        ("department_head", {"reveal"}),
        ("auditor", set()),
        ("policy_administrator", set()),
    ],
)
def test_each_role_may_do_its_own_and_nothing_else(as_, role, allowed):
    caller, there = as_(role), f"{CUSTOMERS}/{new_id()}"
    answers = {
        "register": caller.post(CUSTOMERS, {}),
        "change": caller.patch(there, {"name": "x"}, version=1),
        "import": caller.post(f"{CUSTOMERS}/imports", {}),
        "complete": caller.post(f"/v1/visits/{new_id()}/completions", {}),
        "reveal": caller.post(f"{there}/contacts/{new_id()}/reveals", {"reason": "why not"}),
    }

    assert allowed == {name for name, answer in answers.items() if answer.status_code != 403}


@pytest.mark.parametrize(
    "schema",
    [
        RegisterCustomerSchema,
        ChangeCustomerSchema,
        AddContactSchema,
        ChangeContactSchema,
        CompleteVisitSchema,
    ],
)
def test_a_request_cannot_write_what_the_service_decides(schema: type[Schema]):
    decided = {"id", "grades", "purchases", "version", "state", "registered_at", "due_on"}

    assert set() == decided & set(schema().fields)
    assert set(schema().validate(dict.fromkeys(decided, 1))) >= decided
