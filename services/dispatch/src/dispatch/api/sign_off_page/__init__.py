"""The page on which a client reads what was done and signs it, on a phone.

It loads nothing from elsewhere. The code of the link stands behind the # of its address, so that
neither this service nor anything on the way is told of it by an address.
"""

from functools import cache
from importlib import resources
from typing import Any

import yaml
from flask import Response, request
from jinja2 import Environment, PackageLoader, StrictUndefined

from shared.rules import NotFound
from shared.web.auth import ANYONE, allow
from shared.web.blueprint import Blueprint
from shared.web.strangers import limited

PAGES = Environment(
    loader=PackageLoader(__package__, "."),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
LANGUAGES = ("zh-CN", "en")  # The first where the reader asks for none of them.
FILES = {
    "page.js": "text/javascript",
    "page.css": "text/css",
    "signature_pad.js": "text/javascript",
}
SAID = (
    "loading",
    "gone",
    "not_ready",
    "text_changed",
    "drawing_blank",
    "name_missing",
    "busy",
    "failed",
    "thanks",
)
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
        " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=()",
    "Referrer-Policy": "no-referrer",
}


@cache
def written(language: str) -> str:
    """The page in one of LANGUAGES."""
    words: dict[str, Any] = yaml.safe_load(_file(f"words.{language}.yaml"))
    return PAGES.get_template("page.html").render(words=words, said=SAID)


def _file(name: str) -> bytes:
    return resources.files(__package__).joinpath(name).read_bytes()


def blueprint() -> Blueprint:
    """The page and what it loads. The files are not counted: they tell nothing, and cost little."""
    blp = Blueprint("sign_off_page", __name__, description="The page on which clients sign")

    @blp.get("/v1/sign-off")
    @allow(ANYONE)
    @limited
    @blp.response(200, {"type": "string"}, content_type="text/html")
    def show_sign_off_page() -> Response:
        """The page, in Chinese or English as the reader prefers."""
        language = request.accept_languages.best_match(LANGUAGES, default=LANGUAGES[0])
        answer = Response(written(language), mimetype="text/html", headers=HEADERS)
        answer.headers["Content-Language"] = language
        answer.headers["Vary"] = "Accept-Language"
        return answer

    @blp.get("/v1/sign-off/<name>")
    @allow(ANYONE)
    @blp.response(200, {"type": "string"}, content_type="text/plain")
    def get_sign_off_file(name: str) -> Response:
        """What the page loads."""
        if name not in FILES:
            raise NotFound("There is no such file.")
        return Response(_file(name), mimetype=FILES[name])

    return blp
