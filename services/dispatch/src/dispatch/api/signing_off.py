"""What the page of a link asks for: the text to be signed, and the signature. Nobody has a token
here; the code stands for the client, and goes in a header of its own."""

from base64 import b64decode
from binascii import Error as NoBase64
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from flask import Response, request
from marshmallow import Schema, ValidationError, fields, post_load
from marshmallow.validate import Length, Range, Regexp

from dispatch.adapters.sign_offs import SignOffLinks
from dispatch.api.policies.sign_offs import DRAWING_KIB
from dispatch.domain.proofs import Device, Proof, Relation, Spot
from dispatch.domain.sign_offs import is_live, text_to_sign
from dispatch.domain.signatures import digest_of, lines_of
from dispatch.use_cases.signing_off import Signing, count_sign_off_try, sign_off
from shared.codes import digest, read_code
from shared.file_types import KIB
from shared.rules import NotFound
from shared.web.auth import ANYONE, allow, go_by
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.kit import kit
from shared.web.schemas import AwareTime, RequestSchema
from shared.web.strangers import limited

P = ParamSpec("P")

HEADER = "Sign-Off-Code"
CODE = {
    "parameters": [
        {
            "in": "header",
            "name": HEADER,
            "required": True,
            "description": "What stands behind the # of the link.",
            "schema": {"type": "string"},
        }
    ]
}
COMPUTERS = ("Windows", "Macintosh", "X11", "CrOS")


class SpotSchema(RequestSchema):
    """Degrees, and metres of uncertainty."""

    latitude = fields.Float(required=True, validate=Range(-90, 90))
    longitude = fields.Float(required=True, validate=Range(-180, 180))
    accuracy_m = fields.Float(required=True, validate=Range(0, 1_000_000))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Spot:
        return Spot(**data)


class SignOffSchema(RequestSchema):
    """The SHA-256 of the text that was read, who signs it, and what he drew: a PNG in base64.
    ``device_at`` is what the clock of his device says, ``spot`` where it is if he lets it tell."""

    digest = fields.String(required=True, validate=Regexp(r"[0-9a-f]{64}\Z"))
    name = fields.String(required=True, validate=Regexp(r"(?=.*\S).{1,80}\Z"))
    drawing = fields.String(required=True, validate=Length(1, DRAWING_KIB * KIB * 4 // 3 + 4))
    relation = fields.Enum(Relation, by_value=True, load_default=None, allow_none=True)
    device_at = AwareTime(load_default=None, allow_none=True)
    spot = fields.Nested(SpotSchema, load_default=None, allow_none=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Signing:
        try:
            drawing = b64decode(data["drawing"], validate=True)
        except (NoBase64, ValueError):
            raise ValidationError("Not in base64.", "drawing") from None
        return Signing(**{**data, "drawing": drawing, "device": device()})


class TextLineSchema(Schema):
    """A line of the text."""

    name = fields.String(required=True)
    value = fields.String(required=True)


class ToSignSchema(Schema):
    """The exact text, its lines, and its SHA-256; none of them as long as it is not ``ready``."""

    ready = fields.Boolean(required=True)
    text = fields.String(required=True, allow_none=True)
    lines = fields.List(fields.Nested(TextLineSchema), required=True)
    digest = fields.String(required=True, allow_none=True)
    expires_at = AwareTime(required=True)


class SignedOffSchema(Schema):
    """That the signature was kept, and under which text."""

    signed_at = AwareTime(required=True)
    digest = fields.String(required=True)


def device() -> Device:
    """What kind of device sent the running request, by what it says of itself."""
    told = request.headers.get("User-Agent", "")
    if "Mobi" in told:
        return Device.PHONE
    return Device.COMPUTER if any(one in told for one in COMPUTERS) else Device.OTHER


def sign_off_code() -> str:
    """The code that came with the running request. Raises NotFound."""
    code = read_code(request.headers.get(HEADER, ""))
    if code is None:
        raise NotFound("No order is signed by this code.")
    return code


def by_code(view: Callable[P, Response]) -> Callable[P, Response]:
    """Let whoever sends a code be known by it to the guard of repetitions and to the timeline; and
    count what is sent to a live link, whatever comes of it. Raises NotFound for what is no code."""

    @wraps(view)
    def run(*args: P.args, **kwargs: P.kwargs) -> Response:
        code = sign_off_code()
        go_by(f"sign_off/{digest(code).hex()[:32]}")
        if request.method == "POST":
            with kit().begin(now=kit().clock.now()) as tx:
                count_sign_off_try(tx, code)
        return view(*args, **kwargs)

    return run


def blueprint() -> Blueprint:
    """What the code of a link opens."""
    blp = Blueprint("signing_off", __name__, description="Signing by a link")

    @blp.get("/v1/public/sign-off")
    @allow(ANYONE)
    @limited
    @by_code
    @query
    @blp.doc(**CODE)
    @blp.response(200, ToSignSchema)
    def get_text_to_sign() -> dict[str, Any]:
        """What is to be signed."""
        link, order = SignOffLinks(session()).get(sign_off_code())
        if not is_live(link, order, kit().clock.now()):
            raise NotFound("No order is signed by this code.")
        text = text_to_sign(link, order)
        known = {"ready": text is not None, "text": text, "expires_at": link.expires_at}
        if text is None:
            return {**known, "lines": [], "digest": None}
        lines = [{"name": name, "value": value} for name, value in lines_of(text).items()]
        return {**known, "lines": lines, "digest": digest_of(text)}

    @blp.post("/v1/public/sign-off")
    @allow(ANYONE)
    @limited
    @by_code
    @command
    @blp.doc(**CODE)
    @blp.arguments(SignOffSchema)
    @blp.response(201, SignedOffSchema)
    def sign_by_link(signing: Signing) -> Proof:
        """Sign it. The link is good no more."""
        return sign_off(tx(), sign_off_code(), signing)

    return blp
