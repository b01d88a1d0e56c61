"""The routes of files of cases, and the file that they are about."""

from typing import Any

from .cast import ABOVE
from .departments import made
from .routes import Route, get, post
from .served import Served

ALL = "/v1/cases/complaint/{received}/attachments"
FILE = "%PDF-1.7\n%%EOF\n"
ROUTES: dict[str, Route] = {
    "attachments.add_attachment": post(ALL, FILE),
    "attachments.list_attachments": get(ALL),
    "attachments.get_attachment": get(f"{ALL}/{{attachment}}"),
}


def attachments(served: Served, rows: dict[str, Any]) -> dict[str, str]:
    """A file of the received complaint."""
    manager = served.acts("general_service_manager", unit=ABOVE)
    path = f"/v1/cases/complaint/{rows['received']}/attachments"
    return {"attachment": made(manager.post(path, data=FILE))["id"]}
