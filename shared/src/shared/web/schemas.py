"""The small schemas and fields that the HTTP interfaces of all services share."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields
from marshmallow.fields import Field


class AwareTime(fields.AwareDateTime):
    """An RFC 3339 time with its offset; read into UTC, a time without an offset is refused."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> datetime:
        read = super()._deserialize(value, attr, data, **kwargs)
        try:
            return read.astimezone(UTC)
        except OverflowError:
            raise ValidationError("Not a valid datetime.") from None


class RequestSchema(Schema):
    """What a request may hold: fields that are not named are refused, in nested objects as well.

    A nested schema that lets unknown fields pass makes the schema itself unusable (ValueError).
    """

    class Meta:
        unknown = RAISE

    def on_bind_field(self, field_name: str, field_obj: Field[Any]) -> None:
        """Refuse a nested schema that is not as strict as this one."""
        super().on_bind_field(field_name, field_obj)
        for nested in _nested(field_obj):
            if (nested.unknown or nested.schema.unknown) != RAISE:
                raise ValueError(f"the nested schema of {field_name} lets unknown fields pass")


def _nested(field: Field[Any] | None) -> Iterator[fields.Nested]:
    """The nested schemas of a field, wherever in lists and the like they stand."""
    match field:
        case fields.Nested():
            yield field
        case fields.List():
            yield from _nested(field.inner)
        case fields.Mapping():
            yield from _nested(field.value_field)
        case fields.Tuple():
            for part in field.tuple_fields:
                yield from _nested(part)


class BecauseSchema(Schema):
    """Which clause of which policy pack decided."""

    pack = fields.String(required=True)
    version = fields.String(required=True)
    clause = fields.String(required=True)
    rule = fields.String(required=True)


class ProblemSchema(Schema):
    """An answer that is no success (RFC 9457). ``code`` is stable, ``detail`` is for people."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    code = fields.String(required=True)
    correlation_id = fields.String(required=True)
    errors = fields.Dict(keys=fields.String())
    because = fields.Nested(BecauseSchema)


@cache
def page_schema(item: type[Schema]) -> type[Schema]:
    """The schema of one page of ``item``: ``items`` and ``next_cursor``, null on the last page."""
    name = item.__name__.removesuffix("Schema") + "PageSchema"
    members: dict[str, Field[Any]] = {
        "items": fields.List(fields.Nested(item), required=True),
        "next_cursor": fields.String(required=True, allow_none=True),
    }
    made: type[Schema] = Schema.from_dict(members, name=name)
    return made
