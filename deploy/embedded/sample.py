"""The sample company: who works there, with a token for each, and how it is loaded over HTTP."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from embedded.client import Base, Client
from embedded.keys import DevelopmentKeys
from shared.topology import SERVICES

FOLDER = Path(__file__).parents[1] / "sample"


@dataclass(frozen=True)
class Person:
    """Somebody of the sample company and how he signs in."""

    id: str
    name: str
    role: str
    unit: str
    token: str


class Company:
    """The organisation of deploy/sample/organisation.json."""

    def __init__(self, keys: DevelopmentKeys) -> None:
        text = (FOLDER / "organisation.json").read_text(encoding="utf-8")
        self._document: dict[str, Any] = json.loads(text)
        self.people = [_person(entry, keys) for entry in self._document["people"]]

    def one(self, role: str, unit: str | None = None) -> Person:
        """The first person with ``role``, of ``unit`` if one is named. Raises KeyError for a role
        that nobody has there."""
        for person in self.people:
            if person.role == role and unit in (None, person.unit):
                return person
        raise KeyError(role)

    def load_people(self, base: Base) -> None:
        """Create units, their calendar and people. What exists is left as it is."""
        administrator = Client(base, self.one("hr_administrator").token)
        for unit in self._document["units"]:
            administrator.post("/dispatch/v1/units", unit, key=f"sample-{unit['unit']}")
        calendar = dict(self._document["calendar"])
        unit = calendar.pop("unit")
        seen = f"/dispatch/v1/units/{unit}"
        if not administrator.get(seen)["own_calendar"]:
            version = administrator.version(seen)
            administrator.put(f"{seen}/calendar", calendar, version=version)
        for entry in self._document["people"]:
            body = {name: value for name, value in entry.items() if name != "token_unit"}
            administrator.post("/dispatch/v1/people", body, key=f"sample-{entry['person_id']}")

    def load_customers(self, base: Base, *, rows: int | None = None) -> dict[str, Any]:
        """Import deploy/sample/customers.csv, or its first ``rows``; returns the report of the
        import."""
        office = Client(base, self.one("sales_back_office").token)
        lines = (FOLDER / "customers.csv").read_bytes().splitlines(keepends=True)
        content = b"".join(lines if rows is None else lines[: rows + 1])
        return office.upload("/customer/v1/customers/imports", content, media_type="text/csv")


def _person(entry: dict[str, Any], keys: DevelopmentKeys) -> Person:
    role, unit = entry["posts"][0]["role"], entry["token_unit"]
    token = keys.token(entry["person_id"], roles=[role], unit=unit, audience=SERVICES)
    return Person(id=entry["person_id"], name=entry["name"], role=role, unit=unit, token=token)
