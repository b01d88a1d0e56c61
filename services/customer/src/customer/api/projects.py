"""Projects over HTTP: record, change, list, show."""

from typing import Any
from uuid import UUID

from customer.adapters.mapping import Project
from customer.adapters.projects import Projects
from customer.adapters.tables import projects
from customer.api.access import TALK_READERS, TALKERS
from customer.api.project_schemas import (
    ChangeProjectSchema,
    ProjectArgs,
    ProjectSchema,
    RecordProjectSchema,
)
from customer.api.versions import shown
from customer.use_cases.projects import change_project, record_project
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.etags import check_version
from shared.web.paging import page
from shared.web.schemas import page_schema


def blueprint() -> Blueprint:
    """The projects of customers that are known of."""
    blp = Blueprint("projects", __name__, description="Projects of customers")
    _commands(blp)
    _queries(blp)
    return blp


def _commands(blp: Blueprint) -> None:
    @blp.post("/v1/customers/<uuid:customer_id>/projects")
    @allow(*TALKERS)
    @command
    @blp.arguments(RecordProjectSchema)
    @blp.response(201, ProjectSchema)
    def enter_project(asked: dict[str, Any], customer_id: UUID) -> Project:
        """Enter a project of a customer; visits follow its flags (CL-40)."""
        customer = tx().customers.get(customer_id, unit=principal().unit)
        return shown(record_project(tx(), customer, **asked, caller=principal()))

    @blp.patch("/v1/projects/<uuid:project_id>")
    @allow(*TALKERS)
    @command
    @blp.arguments(ChangeProjectSchema)
    @blp.response(200, ProjectSchema)
    def revise_project(fresh: dict[str, Any], project_id: UUID) -> Project:
        """Change a project, or let it end."""
        project = tx().projects.get(project_id, unit=principal().unit)
        check_version(project.version)
        return shown(change_project(tx(), project, fresh=fresh))


def _queries(blp: Blueprint) -> None:
    @blp.get("/v1/projects")
    @allow(*TALK_READERS)
    @query
    @blp.arguments(ProjectArgs, location="query")
    @blp.response(200, page_schema(ProjectSchema))
    def list_projects(args: dict[str, Any]) -> dict[str, Any]:
        """The projects of the caller's unit and of those below it."""
        wanted = {name: args[name] for name in ("customer_id", "stage", "key_project")}
        seen = Projects(session()).listed(unit=principal().unit, **wanted)
        return page(seen, key=[projects.c.id], args=args, session=session())

    @blp.get("/v1/projects/<uuid:project_id>")
    @allow(*TALK_READERS)
    @query
    @blp.response(200, ProjectSchema)
    def get_project(project_id: UUID) -> Project:
        """One project."""
        return shown(Projects(session()).get(project_id, unit=principal().unit))
