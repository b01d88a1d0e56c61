"""What staff says on the telephone, over HTTP, by the packs of the caller's own unit."""

from datetime import date
from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Length, Regexp

from complaint.api.access import NAMED, READERS, caller
from complaint.api.call_backs import CallBackSchema
from complaint.api.requests import LONG, text
from complaint.domain.call_back_rules import Promise
from complaint.domain.scripts import Direction, Situation
from complaint.use_cases import scripts
from shared.org_units import calendar_of
from shared.placeholders import VALUE_LENGTH
from shared.policy import Policies, Rulebook
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.kit import kit
from shared.web.schemas import BecauseSchema, RequestSchema


class ListScriptsSchema(Schema):
    """Which scripts to list; all of those of the unit, where nothing is said."""

    direction = fields.Enum(Direction, by_value=True, load_default=None)
    situation = fields.Enum(Situation, by_value=True, load_default=None)


class PromiseSchema(RequestSchema):
    """The call that the script promises: what about, in which case or to whom, and which
    department or colleague it concerns (SC-04..SC-07)."""

    matter = text(LONG, required=True)
    case_id = fields.UUID()
    customer_id = fields.UUID()
    caller_name = text(120)
    caller_phone = text(40)
    department = text(60)
    owner_id = fields.UUID()

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Promise:
        return Promise(**data)


class RenderScriptSchema(RequestSchema):
    """The words to put in, by the name of their placeholder; ``call_back`` goes with a script that
    promises a call, and with no other."""

    variables = fields.Dict(
        keys=fields.String(validate=Regexp(r"[a-z][a-z_]{0,39}\Z")),
        values=fields.String(validate=Length(1, VALUE_LENGTH)),
        load_default=dict,
        validate=Length(max=20),
    )
    call_back = fields.Nested(PromiseSchema, load_default=None)


class ConductSchema(Schema):
    """How to behave on every call (SC-00)."""

    text = fields.String(required=True, attribute="value.text")
    because = fields.Nested(BecauseSchema, required=True)


class ScriptSchema(Schema):
    """What is said in one situation of a call, and what has to be put in."""

    code = fields.String(required=True, attribute="value.code")
    direction = fields.String(required=True, attribute="value.direction")
    step = fields.Integer(required=True, attribute="value.step")
    situation = fields.String(required=True, attribute="value.situation")
    text = fields.String(required=True, attribute="value.text")
    placeholders = fields.List(fields.String(), required=True, attribute="value.placeholders")
    because = fields.Nested(BecauseSchema, required=True)


class ScriptsSchema(Schema):
    """How to behave, and the scripts in the order in which a call goes; there are never so many
    that they need pages."""

    conduct = fields.List(fields.Nested(ConductSchema), required=True)
    items = fields.List(fields.Nested(ScriptSchema), required=True)


class RenderingSchema(Schema):
    """A script as it is to be said, how to behave meanwhile, and the call that it promises."""

    code = fields.String(required=True)
    text = fields.String(required=True)
    because = fields.Nested(BecauseSchema, required=True)
    conduct = fields.List(fields.Nested(ConductSchema), required=True)
    call_back = fields.Nested(CallBackSchema, required=True, allow_none=True)


def blueprint(rulebook: Rulebook) -> Blueprint:
    """The scripts: listed, and one with its words put in."""
    blp = Blueprint("scripts", __name__, description="What staff says on the telephone")

    @blp.get("/v1/scripts")
    @allow(*READERS)
    @query
    @blp.arguments(ListScriptsSchema, location="query")
    @blp.response(200, ScriptsSchema)
    def list_scripts(asked: dict[str, Any]) -> scripts.Guidance:
        """What to say in which situation, and how to behave."""
        unit = principal().unit
        return scripts.guidance(Policies(rulebook, session()), unit=unit, on=_today(unit), **asked)

    @blp.post("/v1/scripts/<code>/renderings")
    @allow(*NAMED)
    @command
    @blp.arguments(RenderScriptSchema)
    @blp.response(200, RenderingSchema)
    def render_script(asked: dict[str, Any], code: str) -> scripts.Rendering:
        """One script as it is to be said; of its words nothing is kept but the answer to a
        repetition, of a call that it promises the task."""
        by, promised = caller(), asked.pop("call_back")
        on = _today(by.unit)
        return scripts.render_script(tx(), code, by=by, on=on, promised=promised, **asked)

    return blp


def _today(unit: str) -> date:
    """The local day of the unit."""
    today: date = kit().clock.now().astimezone(calendar_of(session(), unit).timezone).date()
    return today
