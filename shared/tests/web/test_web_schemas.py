from datetime import UTC, datetime
from typing import Any

import pytest
from marshmallow import EXCLUDE, Schema, ValidationError, fields

from shared.web.schemas import AwareTime, RequestSchema, page_schema

AT = AwareTime()


def test_a_time_is_read_into_utc() -> None:
    assert AT.deserialize("2026-02-13T17:00:00+08:00") == datetime(2026, 2, 13, 9, tzinfo=UTC)
    assert AT.deserialize("2026-02-13T09:00:00Z").tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-13T17:00:00",
        "2026-02-13",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
        "2026-02-30T00:00:00Z",
        "now",
        "",
        1,
        None,
    ],
)
def test_what_is_no_time_with_an_offset_is_refused(text: Any) -> None:
    with pytest.raises(ValidationError):
        AT.deserialize(text)


COLUMNS = ["id", "grade", "org_unit", "created_by", "version", "sla_due_at", "__class__"]


@pytest.mark.parametrize("column", COLUMNS)
def test_nothing_can_be_assigned_that_is_not_named(house: Any, column: str) -> None:
    for body in (
        {"text": "tea", column: "x"},
        {"text": "tea", "tags": [{"label": "a", column: "x"}]},
    ):
        answer = house.writer.post("/v1/notes", body)
        assert (answer.status_code, answer.json["code"]) == (422, "invalid")
        assert "Unknown field." in str(answer.json["errors"])
    assert house.texts() == []


class Loose(Schema):
    class Meta:
        unknown = EXCLUDE

    label = fields.String()


class Strict(RequestSchema):
    label = fields.String()


@pytest.mark.parametrize(
    "field",
    [
        fields.Nested(Loose),
        fields.List(fields.Nested(Loose)),
        fields.Nested(Strict, unknown=EXCLUDE),
        fields.List(fields.Nested(Strict(unknown=EXCLUDE))),
        fields.Dict(values=fields.Nested(Loose)),
        fields.List(fields.List(fields.Nested(Loose))),
        fields.Tuple((fields.String(), fields.Nested(Loose))),
    ],
)
def test_a_nested_schema_that_takes_anything_is_not_usable(field: Any) -> None:
    with pytest.raises(ValueError, match="unknown fields"):
        RequestSchema.from_dict({"inner": field})()


def test_a_nested_schema_that_is_as_strict_is_usable() -> None:
    made = RequestSchema.from_dict({"inner": fields.List(fields.Nested(Strict))})()
    with pytest.raises(ValidationError):
        made.load({"inner": [{"label": "a", "more": 1}]})


def test_the_page_of_a_schema_is_named_after_it_and_made_once() -> None:
    assert page_schema(Strict).__name__ == "StrictPageSchema"
    assert page_schema(Strict) is page_schema(Strict)
