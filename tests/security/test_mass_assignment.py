"""A request sets what its schema names and nothing else, at any depth (S10)."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from .answers import allowed, operations
from .cast import ABOVE, NORTH
from .matrix import COMMANDS, ROUTES
from .routes import filled
from .served import Served

# What the services decide themselves. Where one of these is asked for, a rule says so.
DECIDED = frozenset(
    {
        "id",
        "state",
        "version",
        "created_at",
        "created_by",
        "handler_id",
        "filed_by",
        "filed_at",
        "number",
        "order_no",
        "suggestion",
        "level",
        "size_class",
        "first_contact_due_at",
        "dispatcher_id",
        "signed_by",
        "archived_by",
        "registered_at",
        "supervisor_id",
        "template_version",
        "org_unit",
        "person_id",
    }
)
ASKED = {
    ("complaint", "complaints.file_complaint"): {"org_unit", "level"},
    ("complaint", "handling.raise_level"): {"level"},
    ("complaint", "oversight.lower_level"): {"level"},
    ("complaint", "problems.submit_problem"): {"org_unit"},
    ("complaint", "service_requests.file_service_request"): {"org_unit"},
    ("complaint", "feedback.record_feedback"): {"org_unit"},
    ("complaint", "problems.call_in_participant"): {"person_id"},
    ("complaint", "penalties.propose_penalty"): {"person_id"},
    ("customer", "customer_documents.collect_document"): {"number"},
    ("customer", "customers.register"): {"org_unit", "number"},
    ("customer", "customers.revise_customer"): {"org_unit"},
    ("customer", "partners.register_partner"): {"org_unit", "number"},
    ("dispatch", "people.add_staff"): {"person_id"},
    ("dispatch", "shifts.enter_on_roster"): {"person_id"},
    ("dispatch", "books.add_book"): {"org_unit"},
    ("customer", "gatherings.draft_gathering"): {"org_unit"},
    ("customer", "interested_parties.identify_party"): {"org_unit"},
    ("customer", "searches.search_customers"): {"number"},
    ("notify", "subscriptions.register_subscription"): {"org_unit"},
}
# Their keys are data: the days of a week, the parts of a report, proposals or words of a pack, and
# what a command of a queue takes, which is asked of it as of the command itself.
NAMED_BY_DATA = ("week", "sections", "proposals", "variables", "body", "texts")
WITH_JSON = [one for one in COMMANDS if isinstance(ROUTES[one[0]][one[1]].body, dict)]
PACKED = [one for one in COMMANDS if one[1] == "policies.add_pack_version"]


def objects(body: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where in a body objects stand, the body itself first."""
    if isinstance(body, dict):
        yield path
    inner = body.items() if isinstance(body, dict) else enumerate(body)
    for key, value in inner:
        if isinstance(value, dict | list) and key not in NAMED_BY_DATA:
            yield from objects(value, (*path, key))


def at(body: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        body = body[key]
    return body


def writable(served: Served, endpoint: str) -> set[str]:
    """What the description of the interface lets one send with a command."""
    body = operations(served)[endpoint.partition(".")[2]]["requestBody"]
    name = body["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    return set(served.document["components"]["schemas"][name].get("properties", {}))


# S10: a new field of a request that touches one of these has to be argued for here.
@pytest.mark.parametrize(("service", "endpoint"), WITH_JSON)
def test_no_request_names_what_the_service_decides(
    house: dict[str, Served], service: str, endpoint: str
) -> None:
    named = writable(house[service], endpoint)
    assert named & DECIDED == ASKED.get((service, endpoint), set())


# S10: the names of all columns are sent, wherever the request holds an object.
@pytest.mark.parametrize(("service", "endpoint"), WITH_JSON)
def test_every_column_that_is_not_asked_for_is_refused(
    house: dict[str, Served], service: str, endpoint: str
) -> None:
    served, route = house[service], ROUTES[service][endpoint]
    before = served.contents()
    caller = served.acts(min(allowed(served, endpoint)), unit=ABOVE)
    for path in objects(route.body):
        columns = served.columns() - set(at(route.body, path))
        columns -= writable(served, endpoint) if path == () else named_inside(path)
        body = copy.deepcopy(filled(route.body, served.north))
        at(body, path).update(dict.fromkeys(columns, "x"))
        answer = route.send(caller, served.north, body=body)
        assert (answer.status_code, answer.json["code"]) == (422, "invalid"), path
        errors = answer.json["errors"]["json"]
        for key in path:
            errors = errors[str(key)]
        refused = {name for name, said in errors.items() if said == ["Unknown field."]}
        assert columns == refused, path
    assert served.contents() == before


# What the objects inside of requests take besides what the valid requests show.
NESTED: dict[Any, set[str]] = {
    "indicators": set(),
    "bands": set(),
    "details": {"reason", "course", "cause", "occurred_at", "place", "shop_and_persons", "product"}
    | {
        "cause_code",
        "product_code",
        "sales_order",
        "other_contacts",
        "agent_name",
        "agent_relation",
    }
    | {"respondent_department", "respondent_person"},
    "birthday": {"leap_month"},
    "contacts": {"phone", "email", "language", "zone", "birthday", "decision_role", "job_title"}
    | {"occupation", "age", "preferences", "purchase_habits", "spending_power"}
    | {"preferred_channel"},
    "documents": {"product", "valid_from", "valid_until"},
    "record": {"participants", "invited_units", "organiser_unit", "verified", "data_check"},
    "call_back": {"case_id", "customer_id", "caller_name", "caller_phone", "department"}
    | {"owner_id"},
    "signature": {"image_sha256"},
    "client_signature": {"image_sha256", "photograph_id"},
}


def named_inside(path: tuple[Any, ...]) -> set[str]:
    """What the object of that place may hold."""
    return NESTED.get([key for key in path if isinstance(key, str)][-1], set())


# S10: the document of a pack is data, and read as strictly.
@pytest.mark.parametrize(("service", "endpoint"), PACKED)
@pytest.mark.parametrize("place", ["", "sections", "rule", "value"])
def test_a_pack_takes_nothing_that_its_form_does_not_name(
    house: dict[str, Served], service: str, endpoint: str, place: str
) -> None:
    served, route = house[service], ROUTES[service][endpoint]
    before, document = served.contents(), copy.deepcopy(served.north["document"])
    rule = document["sections"][served.north["section"]]["rules"][0]
    inside = {"": document, "sections": document["sections"], "rule": rule, "value": rule["value"]}
    inside[place]["created_by"] = "somebody else"
    caller = served.acts("policy_administrator", unit=NORTH)
    answer = route.send(caller, served.north, body=document)
    assert (answer.status_code, answer.json["code"]) == (422, "pack_invalid")
    assert "created_by" in answer.text
    assert served.contents() == before
