"""What the seeds of all services have in common: two sibling departments, and their packs."""

from typing import Any

from .cast import ABOVE, NORTH, SOUTH
from .served import Served

SIDES = {NORTH: "shop-01", SOUTH: "shop-03"}


def take_packs(served: Served) -> None:
    """Name the packs of the service, and a next version of one, for the routes of policy."""
    editor = served.acts("policy_administrator", unit=ABOVE)
    first = editor.get("/v1/policies").json["items"][0]
    shown = editor.get(f"/v1/policies/{first['pack']}/{first['version']}").json["document"]
    history = [{**shown["history"][-1], "version": "99"}]
    document = {**shown, "version": "99", "history": history}
    told = {"pack": first["pack"], "document": document}
    section = next(iter(shown["sections"]))
    for rows in (served.north, served.south):
        rows.update(told, section=section, pack_version=first["version"])


def of_region(served: Served, region: str) -> dict[str, Any]:
    return served.north if region == NORTH else served.south


def made(answer: Any) -> dict[str, Any]:
    """What a command answered; the seeds are of no use when one is refused."""
    assert answer.status_code in (200, 201), answer.text
    body: dict[str, Any] = answer.json
    return body
