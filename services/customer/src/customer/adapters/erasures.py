"""Remove a person's values from wherever this service keeps them beside his file."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from customer.adapters.tables import documents, file_changes, file_values, projects, visits
from customer.domain.erasures import ERASED
from shared.envelope import encode
from shared.tables import idempotency_keys, outbox

BLANK: dict[str, Any] = {"active": False, "name": ERASED, "addresses": [], "birthday": None}


class Erasures:
    """The erasures of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def blank_file(self, customer_id: UUID) -> None:
        """Empty what was written of a customer: values and their history, reports, papers."""
        of = customer_id
        for statement in (
            delete(file_values).where(file_values.c.customer_id == of),
            update(file_changes)
            .where(file_changes.c.customer_id == of)
            .values(old=None, new=None, reason=None),
            update(visits).where(visits.c.customer_id == of).values(report=None),
            update(documents).where(documents.c.customer_id == of).values(number=ERASED),
            update(projects)
            .where(projects.c.customer_id == of)
            .values(name=ERASED, participants=None, competitors=None, next_step=None),
        ):
            self._session.execute(statement)

    def blank_told(self, contact_id: UUID) -> None:
        """Empty events of a contact that wait to be sent; notify then keeps nothing of him."""
        rows = self._session.execute(
            select(outbox.c.position, outbox.c.body).where(
                outbox.c.subject == f"contact/{contact_id}", outbox.c.body != ""
            )
        )
        for position, body in rows.all():
            told = json.loads(body)
            told["data"] = {**told["data"], **BLANK}
            statement = update(outbox).where(outbox.c.position == position)
            self._session.execute(statement.values(body=encode(told)))

    def forget_answers(self, ids: Iterable[UUID]) -> None:
        """Forget what was answered about things of those ids to commands that may be repeated."""
        for one in ids:
            told = idempotency_keys.c.body.contains(str(one), autoescape=True)
            self._session.execute(delete(idempotency_keys).where(told))
