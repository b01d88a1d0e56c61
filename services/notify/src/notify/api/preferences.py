"""What people do not want to be told: the staff for itself, and for the contacts of customers."""

from typing import Any
from uuid import UUID

from marshmallow import Schema, ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Length, OneOf, Regexp

from notify.adapters.contacts import Contacts
from notify.adapters.preferences import PreferenceRows
from notify.api.access import OWN_EDITORS, PREFERENCE_EDITORS, PREFERENCE_READERS, STAFF
from notify.domain.delivery import CHANNELS
from notify.domain.messages import Purpose
from notify.domain.preferences import OptOut, Preferences
from notify.use_cases.preferences import keep_preferences, preferences_for_change
from shared.rules import Forbidden
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.etags import check_version, set_version
from shared.web.schemas import RequestSchema

OWN = "/v1/own-preferences"
OF_CONTACT = "/v1/contacts/<uuid:contact_id>/preferences"
MOST = 50


class PersonUnknown(Forbidden):
    """The caller's token does not name a person."""

    code = "person_unknown"


class OptOutSchema(RequestSchema):
    """``about`` is a purpose or the reason of messages, null everything; ``channel`` null is by
    whatever way. What serves work that goes on cannot be opted out of, only moved elsewhere."""

    about = fields.String(required=True, allow_none=True, validate=Regexp(r"[a-z][a-z_]{0,59}\Z"))
    channel = fields.String(required=True, allow_none=True, validate=OneOf(CHANNELS))

    @validates_schema
    def _says_what(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("channel") is None and data.get("about") in (None, Purpose.SERVICE.value):
            raise ValidationError("What serves work that goes on is said all the same.", "about")

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> OptOut:
        return OptOut(**data)


class ChangePreferencesSchema(RequestSchema):
    """All that somebody opted out of; it replaces what was kept before."""

    opt_outs = fields.List(fields.Nested(OptOutSchema), required=True, validate=Length(max=MOST))

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> tuple[OptOut, ...]:
        if len(set(data["opt_outs"])) < len(data["opt_outs"]):
            raise ValidationError("Something stands here twice.", "opt_outs")
        return tuple(data["opt_outs"])


class KeptOptOutSchema(Schema):
    """One of them."""

    about = fields.String(required=True, allow_none=True)
    channel = fields.String(required=True, allow_none=True)


class PreferencesSchema(Schema):
    """What somebody opted out of."""

    person_id = fields.UUID(required=True)
    opt_outs = fields.List(fields.Nested(KeptOptOutSchema), required=True)


def shown(preferences: Preferences) -> Preferences:
    """Preferences as an answer shows them, with their version."""
    set_version(preferences.version or 0)
    return preferences


def own_id() -> UUID:
    """The person who asks. Raises PersonUnknown."""
    try:
        return UUID(principal().id)
    except ValueError:
        raise PersonUnknown("Your token names no person to whom anything is written.") from None


def blueprint() -> Blueprint:
    """Preferences: those of the caller, and those of contacts."""
    blp = Blueprint("preferences", __name__, description="What people do not want to be told")
    _own(blp)
    _of_contacts(blp)
    return blp


def _own(blp: Blueprint) -> None:
    @blp.get(OWN)
    @allow(*STAFF)
    @query
    @blp.response(200, PreferencesSchema)
    def get_own() -> Preferences:
        """What the caller opted out of himself."""
        return shown(PreferenceRows(session()).of(own_id()))

    @blp.put(OWN)
    @allow(*OWN_EDITORS)
    @command
    @blp.arguments(ChangePreferencesSchema)
    @blp.response(200, PreferencesSchema)
    def change_own(opt_outs: tuple[OptOut, ...]) -> Preferences:
        """Say what the caller does not want, or over which channels not."""
        preferences = preferences_for_change(tx(), own_id())
        check_version(preferences.version or 0)
        return shown(keep_preferences(tx(), preferences, opt_outs))


def _of_contacts(blp: Blueprint) -> None:
    @blp.get(OF_CONTACT)
    @allow(*PREFERENCE_READERS)
    @query
    @blp.response(200, PreferencesSchema)
    def get_of_contact(contact_id: UUID) -> Preferences:
        """What a contact of a customer, or of a case, opted out of."""
        contact = Contacts(session()).of_customer(contact_id, seen_from=principal().unit)
        return shown(PreferenceRows(session()).of(contact.id))

    @blp.put(OF_CONTACT)
    @allow(*PREFERENCE_EDITORS)
    @command
    @blp.arguments(ChangePreferencesSchema)
    @blp.response(200, PreferencesSchema)
    def change_of_contact(opt_outs: tuple[OptOut, ...], contact_id: UUID) -> Preferences:
        """Write down what a contact does not want, or over which channels not; it is audited."""
        preferences = preferences_for_change(tx(), contact_id)
        tx().contacts.of_customer(contact_id, seen_from=principal().unit)
        check_version(preferences.version or 0)
        return shown(keep_preferences(tx(), preferences, opt_outs))
