"""What goes over HTTP about people: requests and answers."""

from typing import Any
from urllib.parse import urlsplit

from marshmallow import Schema, ValidationError, fields, post_load, pre_dump, validates_schema
from marshmallow.validate import Length, OneOf, Regexp

from dispatch.api.zones import Zone
from dispatch.domain.people import CHANNELS, LANGUAGE, ROBOTS, STAFF_NUMBER, Address, Post
from dispatch.domain.roles import Role
from shared import masking
from shared.web.paging import PageArgs
from shared.web.schemas import RequestSchema


class PostSchema(RequestSchema):
    """A role held in a unit."""

    unit = fields.String(required=True, validate=Length(1, 60))
    role = fields.Enum(Role, by_value=True, required=True)

    @post_load
    def post(self, data: dict[str, Any], **_: Any) -> Post:
        return Post(data["unit"], data["role"].value)


class AddressSchema(RequestSchema):
    """Where a channel reaches somebody."""

    channel = fields.String(required=True, validate=OneOf(CHANNELS))
    address = fields.String(required=True, validate=Length(1, 300))

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Address:
        return Address(**data)


def _each_once(values: list[Any]) -> None:
    if len(set(values)) < len(values):
        raise ValidationError("Something stands here twice.")


class ChangePersonSchema(RequestSchema):
    """What is to be different; a field that is left out stays. ``active`` false: he or she left."""

    name = fields.String(validate=Length(1, 80))
    posts = fields.List(fields.Nested(PostSchema), validate=[Length(1, 20), _each_once])
    superior_id = fields.UUID(allow_none=True)
    staff_number = fields.String(allow_none=True, validate=Regexp(rf"{STAFF_NUMBER.pattern}\Z"))
    skills = fields.List(fields.String(validate=Length(1, 60)), validate=[Length(max=50)])
    addresses = fields.List(fields.Nested(AddressSchema), validate=[Length(max=10), _each_once])
    language = fields.String(validate=Regexp(rf"{LANGUAGE.pattern}\Z"))
    zone = Zone()
    active = fields.Boolean()

    @validates_schema
    def something(self, data: dict[str, Any], **_: Any) -> None:
        if not data:
            raise ValidationError("Nothing is to be changed.")

    @post_load
    def frozen(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}


class AddPersonSchema(ChangePersonSchema):
    """Somebody new. ``person_id`` is the claim ``sub`` of his or her tokens; else one is made."""

    class Meta:
        exclude = ("active",)

    person_id = fields.UUID(load_default=None)
    name = fields.String(required=True, validate=Length(1, 80))
    posts = fields.List(
        fields.Nested(PostSchema), required=True, validate=[Length(1, 20), _each_once]
    )
    language = fields.String(required=True, validate=Regexp(rf"{LANGUAGE.pattern}\Z"))
    zone = Zone(required=True)


class ShownPostSchema(Schema):
    """A role held in a unit."""

    unit = fields.String(required=True)
    role = fields.String(required=True)


class ShownAddressSchema(Schema):
    """Where a channel reaches somebody."""

    channel = fields.String(required=True)
    address = fields.String(required=True)


class MaskedAddressSchema(ShownAddressSchema):
    """The same with the address masked."""

    @pre_dump
    def masked(self, address: Address, **_: Any) -> dict[str, str]:
        return _masked(address)


class PersonSchema(Schema):
    """A person with masked addresses."""

    person_id = fields.UUID(required=True, attribute="id")
    name = fields.String(required=True)
    active = fields.Boolean(required=True)
    posts = fields.List(fields.Nested(ShownPostSchema), required=True)
    superior_id = fields.UUID(required=True, allow_none=True)
    staff_number = fields.String(required=True, allow_none=True)
    skills = fields.List(fields.String(), required=True)
    language = fields.String(required=True)
    zone = fields.String(required=True)
    addresses = fields.List(fields.Nested(MaskedAddressSchema), required=True)


class RevealSchema(RequestSchema):
    """Why somebody has to see the addresses; it is kept in the audit log."""

    reason = fields.String(required=True, validate=Length(3, 300))


class RevealedPersonSchema(PersonSchema):
    """A person with full addresses."""

    addresses = fields.List(fields.Nested(ShownAddressSchema), required=True)


class PeopleArgs(PageArgs):
    """Which people to list."""

    role = fields.Enum(Role, by_value=True, load_default=None)
    unit = fields.String(load_default=None, validate=Length(1, 60))
    active = fields.Boolean(load_default=None)


def _masked(address: Address) -> dict[str, str]:
    masks = {"sms": masking.phone, "smtp": masking.email}
    masks |= dict.fromkeys(("webhook", *ROBOTS), _host_alone)
    masked = masks.get(address.channel, masking.name)(address.address)
    return {"channel": address.channel, "address": masked}


def _host_alone(url: str) -> str:
    # What follows the host of a webhook or robot is mostly the secret that lets one post there.
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname}/{masking.HIDDEN}"
