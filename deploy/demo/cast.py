"""Who acts in the story: one HTTP client a person, all on one clock."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from demo.telling import ZONE, Telling
from embedded.client import Client
from embedded.sample import Company, Person

EVERYTHING = 100  # rows a page


class Cast:
    """The people of the sample company, signed in, and the clock that they live by."""

    def __init__(self, base: str, company: Company, telling: Telling) -> None:
        self.base = base
        self.company = company
        self.telling = telling
        self._control = Client(base)
        self._names = {person.id: person for person in company.people}

    def person(self, role: str, unit: str | None = None) -> Person:
        """The first person who has ``role``, of ``unit`` if one is named."""
        return self.company.one(role, unit)

    def acts(self, role: str, unit: str | None = None) -> Client:
        """A client that is signed in as that person."""
        return Client(self.base, self.person(role, unit).token)

    def holder(self, person_id: str) -> Person:
        """The person with that id. Raises KeyError for somebody who is not of the company."""
        return self._names[person_id]

    def named(self, person_id: str | None) -> str:
        """How a person is called in the story: name and role."""
        person = self._names.get(person_id or "")
        return f"{person.name} ({person.role})" if person else f"contact {str(person_id)[-6:]}"

    def now(self) -> str:
        """The present instant of the story."""
        return str(self._control.get("/_local/clock")["now"])

    def until(self, moment: str) -> None:
        """Move the clock to ``2026-02-14 09:30`` in the company's zone; everything settles."""
        target = datetime.fromisoformat(moment).replace(tzinfo=ZONE)
        self._control.post("/_local/clock", {"to": target.isoformat()})

    def settle(self) -> None:
        """Let every event arrive and every message go out, without moving the clock."""
        self._control.post("/_local/clock", {})

    def reconciliation(self) -> dict[str, Any]:
        """What was told against what was handled."""
        return self._control.get("/_local/reconciliation")

    def listed(self, role: str, path: str, **query: Any) -> Iterator[dict[str, Any]]:
        """Every item of a list, page after page, as the person with ``role`` sees it."""
        client = self.acts(role)
        cursor: dict[str, str] = {}
        while True:
            page = client.get(path, limit=EVERYTHING, **query, **cursor)
            yield from page["items"]
            if not page["next_cursor"]:
                return
            cursor = {"cursor": page["next_cursor"]}

    def messages(self, **query: Any) -> list[dict[str, Any]]:
        """What the ledger of notify holds, newest first."""
        self.settle()
        return list(self.listed("auditor", "/notify/v1/messages", **query))

    def was_told(self, person_id: str, about: str, reason: str) -> list[dict[str, Any]]:
        """The messages to one person for one reason about one subject."""
        found = self.messages(person=person_id, reason=reason)
        return [message for message in found if message["subject"] == about]
