"""What the sections of packs are made of: the fields that most of them have, and their rules."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load
from marshmallow.validate import Length, OneOf, Range

from dispatch.domain.roles import Role
from shared.policy import Fault, Merge, Rule, Section

A_MONTH = 31 * 24 * 60  # The longest that one waits, in minutes.


def values(made: Callable[..., Any], members: Mapping[str, fields.Field[Any]]) -> Schema:
    """A schema of ``members`` that makes the domain's value; its lists become tuples."""

    class ValueSchema(Schema):
        @post_load
        def make(self, data: dict[str, Any], **_: Any) -> Any:
            frozen = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
            return made(**frozen)

    return ValueSchema.from_dict(dict(members))()


def unique(value: list[Any]) -> None:
    """Refuse a list in which something stands twice."""
    if len(set(value)) < len(value):
        raise ValidationError("Something stands here twice.")


def several(inner: fields.Field[Any], most: int = 20) -> fields.List[Any]:
    """A list of different things, of which there is one at least."""
    return fields.List(inner, required=True, validate=[Length(1, most), unique])


def roles() -> fields.List[Any]:
    """The roles that a rule speaks of."""
    return several(role())


def role() -> fields.String:
    """One role."""
    return fields.String(validate=OneOf([one.value for one in Role]))


def whole(lowest: int, highest: int) -> fields.Integer:
    """A whole number between two, both included."""
    return fields.Integer(required=True, strict=True, validate=Range(lowest, highest))


def one(
    schema: Schema, check: Callable[[Sequence[Rule]], Iterable[Fault]] | None = None
) -> Section:
    """A section from which exactly one rule is asked, without facts."""
    return Section(schema=schema, check=check, facts=frozenset(), merges=frozenset({Merge.REPLACE}))
