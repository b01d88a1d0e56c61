"""The routes of projects that are known of, and the projects that they are about."""

from typing import Any

from .cast import ABOVE
from .departments import made
from .routes import Route, get, patch, post
from .served import Served

PROJECT = {"name": "New town hall", "key_project": True}
ROUTES: dict[str, Route] = {
    "projects.record": post("/v1/customers/{customer}/projects", PROJECT),
    "projects.change": patch("/v1/projects/{project}", {"stage": "signed"}),
    "projects.list_projects": get("/v1/projects", lists="project"),
    "projects.get_project": get("/v1/projects/{project}"),
}


def seeds(served: Served, customer_id: str) -> dict[str, Any]:
    """A project of the customer."""
    specialist = served.acts("marketing_specialist", unit=ABOVE)
    project = made(specialist.post(f"/v1/customers/{customer_id}/projects", PROJECT))
    return {"project": project["project_id"]}
