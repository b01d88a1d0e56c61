"""The staff directory over HTTP. Addresses are masked; to see one takes a reason (S32)."""

from typing import Any
from uuid import UUID

from dispatch.adapters.people import People, people
from dispatch.api.access import READERS, REVEALERS, STAFF_ADMINISTRATORS
from dispatch.api.people_schemas import (
    AddPersonSchema,
    ChangePersonSchema,
    PeopleArgs,
    PersonSchema,
    RevealedPersonSchema,
    RevealSchema,
)
from dispatch.api.versions import shown
from dispatch.domain.people import Person
from dispatch.use_cases.people import add_person, change_person, reveal_person
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, revealing, session, tx
from shared.web.etags import check_version
from shared.web.paging import page
from shared.web.schemas import page_schema


def blueprint() -> Blueprint:
    """People: add, change, reveal, list, show."""
    blp = Blueprint("people", __name__, description="The staff directory")
    _commands(blp)
    _queries(blp)
    return blp


def _commands(blp: Blueprint) -> None:
    @blp.post("/v1/people")
    @allow(*STAFF_ADMINISTRATORS)
    @command
    @blp.arguments(AddPersonSchema)
    @blp.response(201, PersonSchema)
    def add_staff(asked: dict[str, Any]) -> Person:
        """Enter somebody into the directory."""
        return shown(add_person(tx(), **asked, caller=principal()))

    @blp.patch("/v1/people/<uuid:person_id>")
    @allow(*STAFF_ADMINISTRATORS)
    @command
    @blp.arguments(ChangePersonSchema)
    @blp.response(200, PersonSchema)
    def change_staff(fresh: dict[str, Any], person_id: UUID) -> Person:
        """Change somebody's posts, superior, skills or addresses, or let him or her leave."""
        found = tx().people.get(person_id, seen_from=principal().unit)
        check_version(found.version)
        return shown(change_person(tx(), found, fresh=fresh, caller=principal()))

    @blp.post("/v1/people/<uuid:person_id>/reveals")
    @allow(*REVEALERS)
    @command
    @blp.arguments(RevealSchema)
    @blp.response(200, RevealedPersonSchema)
    @revealing
    def reveal_staff(asked: dict[str, Any], person_id: UUID) -> Person:
        """Show somebody's full addresses; the audit log keeps who asked and why."""
        found = tx().people.get(person_id, seen_from=principal().unit)
        return reveal_person(tx(), found, reason=asked["reason"])


def _queries(blp: Blueprint) -> None:
    @blp.get("/v1/people")
    @allow(*READERS)
    @query
    @blp.arguments(PeopleArgs, location="query")
    @blp.response(200, page_schema(PersonSchema))
    def list_staff(args: dict[str, Any]) -> dict[str, Any]:
        """The people with a post at or below the caller's unit."""
        role = args["role"] and args["role"].value
        seen = People(session()).seen(principal().unit, role=role, unit=args["unit"])
        if args["active"] is not None:
            seen = seen.where(people.c.active == args["active"])
        return page(seen, key=[people.c.id], args=args, session=session())

    @blp.get("/v1/people/<uuid:person_id>")
    @allow(*READERS)
    @query
    @blp.response(200, PersonSchema)
    def get_staff(person_id: UUID) -> Person:
        """One person."""
        return shown(People(session()).get(person_id, seen_from=principal().unit))
