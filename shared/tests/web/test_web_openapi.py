import json
from typing import Any

import pytest
from openapi_spec_validator import validate

from shared.web.openapi import openapi

METHODS = ("get", "post", "put", "patch", "delete")


@pytest.fixture
def document(house: Any) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(json.dumps(openapi(house.app)))
    return told


def operations(document: dict[str, Any]) -> dict[str, Any]:
    return {
        operation["operationId"]: operation
        for path in document["paths"].values()
        for method, operation in path.items()
        if method in METHODS
    }


def test_the_document_is_valid_openapi_3_1(document: dict[str, Any]) -> None:
    validate(document)
    assert (document["openapi"], document["info"]["title"]) == ("3.1.0", "Notes")


def test_it_is_served_as_it_is_committed(house: Any, document: dict[str, Any]) -> None:
    answer = house.app.test_client().get("/openapi.json")
    assert (answer.content_type, answer.json) == ("application/json", document)


def test_each_operation_is_named_after_its_view(document: dict[str, Any]) -> None:
    assert sorted(operations(document)) == [
        "attach",
        "crash",
        "delete_note",
        "get_note",
        "get_timeline",
        "list_notes",
        "rewrite_note",
        "rewrite_note_carelessly",
        "write_note",
        "write_only_note",
    ]


def test_each_operation_tells_what_it_answers(document: dict[str, Any]) -> None:
    told = {name: sorted(one["responses"]) for name, one in operations(document).items()}
    signed_in, broken = ["401", "403"], ["500", "503"]
    changing = ["404", "409", "413", "415", "422"]
    versioned = ["404", "409", "412", "413", "415", "422", "428"]
    assert told["write_note"] == ["201", "400", *signed_in, *changing, *broken]
    assert told["rewrite_note"] == ["200", "400", *signed_in, *versioned, *broken]
    assert told["list_notes"] == ["200", "400", *signed_in, "422", *broken]
    assert told["get_note"] == ["200", *signed_in, "404", *broken]


def test_failures_are_described_as_problems(document: dict[str, Any]) -> None:
    content = document["components"]["responses"]["UnprocessableContent"]["content"]
    assert content == {
        "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
    }
    assert "because" in document["components"]["schemas"]["Problem"]["properties"]


def test_commands_tell_their_headers(document: dict[str, Any]) -> None:
    named = {
        name: sorted(p["name"] for p in one.get("parameters", []) if p["in"] == "header")
        for name, one in operations(document).items()
    }
    assert named["write_note"] == ["Idempotency-Key"]
    assert named["rewrite_note"] == ["If-Match"]
    assert named["delete_note"] == named["get_note"] == []


def test_each_operation_tells_who_may_use_it(document: dict[str, Any]) -> None:
    listed = operations(document)["list_notes"]
    assert (listed["security"], listed["x-roles"]) == ([{"bearer": []}], ["reader", "writer"])
    assert document["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"


def test_unknown_fields_are_excluded_in_the_schema_of_a_request(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    assert schemas["WriteNote"]["additionalProperties"] is False
    assert schemas["Tag"]["additionalProperties"] is False


def test_people_read_every_operation_without_anything_from_elsewhere(house: Any) -> None:
    answer = house.app.test_client().get("/docs")
    assert answer.text.count("<tr>") == 10
    assert "<td>Write a note.</td>" in answer.text
    assert "://" not in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
