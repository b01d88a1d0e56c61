"""The shape of a pack's document, apart from the values of its rules."""

import re
from typing import Any

from marshmallow import Schema, ValidationError, fields
from marshmallow.validate import Length, Regexp

from shared.policy.packs import Merge, Scalar

FACT = re.compile(r"[a-z][a-z0-9_]{0,39}")
# What each question names beside the facts.
RESERVED = frozenset({"unit", "on"})


class When(fields.Field[dict[str, tuple[Scalar, ...]]]):
    """Facts and the values they may have: a scalar or a list of scalars for each."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> dict[str, tuple[Scalar, ...]]:
        if not isinstance(value, dict):
            raise ValidationError("Not a mapping of facts.")
        read = {name: tuple(v) if isinstance(v, list) else (v,) for name, v in value.items()}
        faults = {name: said for name, wanted in read.items() if (said := _unfit(name, wanted))}
        if faults:
            raise ValidationError(faults)
        return read


def _unfit(name: str, wanted: tuple[Any, ...]) -> list[str]:
    """What is wrong with one fact of ``when``."""
    said = []
    if not FACT.fullmatch(name) or name in RESERVED:
        said.append("Not the name of a fact.")
    if not wanted:
        said.append("An empty list never holds.")
    if not all(isinstance(one, (str, int)) for one in wanted):
        said.append("A fact is text, a whole number, or true or false.")
    return said


def _line(most: int, **options: Any) -> fields.String:
    return fields.String(validate=Length(1, most), **options)


class RevisionForm(Schema):
    """One line of the revision history."""

    version = _line(20, required=True)
    change = _line(1000, required=True)
    by = _line(120, required=True)
    approved_by = _line(120, required=True)
    on = fields.Date(required=True)


class RuleForm(Schema):
    """One rule of a section; ``value`` is left to the schema of the section."""

    rule = fields.String(required=True, validate=Regexp(r"[A-Z][A-Z0-9]{0,9}-[0-9]{1,4}[a-z]?\Z"))
    clause = _line(60, required=True)
    when = When(load_default=dict)
    value = fields.Raw(required=True)


class SectionForm(Schema):
    """One section of a pack."""

    merge = fields.Enum(Merge, by_value=True, required=True)
    rules = fields.List(fields.Raw(), required=True, validate=Length(min=1))


class PackForm(Schema):
    """The head of a pack, and its sections unread."""

    pack = fields.String(required=True, validate=Regexp(r"[a-z][a-z0-9-]{0,59}\Z"))
    version = fields.String(required=True, validate=Regexp(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}\Z"))
    title = _line(200, required=True)
    issuer = _line(120, required=True)
    reviewer = _line(120)
    approver = _line(120, required=True)
    owner = _line(120, required=True)
    effective_from = fields.Date(required=True)
    history = fields.List(fields.Nested(RevisionForm), required=True, validate=Length(min=1))
    sections = fields.Dict(required=True, validate=Length(min=1))
