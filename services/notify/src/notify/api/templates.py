"""The words of messages over HTTP. They hold for the whole company, so they have no unit."""

from typing import Any

from notify.adapters.templates import Templates
from notify.api.access import TEMPLATE_EDITORS, TEMPLATE_READERS
from notify.api.template_schemas import (
    AddTemplateSchema,
    PreviewSchema,
    TemplatesArgs,
    TemplateSchema,
    TemplatesSchema,
    WordingRequestSchema,
    listed,
)
from notify.domain.templates import Template
from notify.use_cases.templates import Preview, add_template, preview_wording
from shared.web.auth import allow
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx


def blueprint() -> Blueprint:
    """Templates: list, versions, add, preview."""
    blp = Blueprint("templates", __name__, description="The words of messages")
    _queries(blp)
    _commands(blp)
    return blp


def _queries(blp: Blueprint) -> None:
    @blp.get("/v1/templates")
    @allow(*TEMPLATE_READERS)
    @query
    @blp.arguments(TemplatesArgs, location="query")
    @blp.response(200, TemplatesSchema)
    def list_templates(args: dict[str, Any]) -> dict[str, list[Template]]:
        """The words in use, by kind of message and language."""
        return listed(Templates(session()).in_use(args["code"]))

    @blp.get("/v1/templates/<string:code>/<string:language>")
    @allow(*TEMPLATE_READERS)
    @query
    @blp.response(200, TemplatesSchema)
    def list_template_versions(code: str, language: str) -> dict[str, list[Template]]:
        """All versions of the words for one kind of message in one language, oldest first."""
        return listed(Templates(session()).versions(code, language))


def _commands(blp: Blueprint) -> None:
    @blp.post("/v1/templates")
    @allow(*TEMPLATE_EDITORS)
    @command
    @blp.arguments(AddTemplateSchema)
    @blp.response(201, TemplateSchema)
    def add_version(asked: dict[str, Any]) -> Template:
        """Add a version; it is used from now on."""
        return add_template(tx(), **asked)

    @blp.post("/v1/templates/previews")
    @allow(*TEMPLATE_EDITORS)
    @command
    @blp.arguments(WordingRequestSchema)
    @blp.response(200, PreviewSchema)
    def preview_template(asked: dict[str, Any]) -> Preview:
        """Show words with sample values put in, and their length as a short message, without
        keeping them."""
        return preview_wording(tx(), **asked)
