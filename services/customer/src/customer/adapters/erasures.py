"""Remove a person's values from wherever this service keeps them beside his file."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, delete, select, update
from sqlalchemy.orm import Session

from customer.adapters.tables import (
    annual_plan_rows,
    benefits,
    blacklist_entries,
    blacklist_returns,
    communications,
    contracts,
    development_plans,
    documents,
    exit_cases,
    file_changes,
    file_snapshots,
    file_values,
    grade_history,
    gradings,
    handovers,
    inspection_units,
    inspections,
    interested_parties,
    issues,
    needs,
    negotiations,
    partner_forms,
    projects,
    stage_reviews,
    status_cases,
    visits,
)
from customer.domain.erasures import ERASED
from customer.domain.events import issues as events
from shared.envelope import encode
from shared.tables import idempotency_keys, outbox

# What people write of a customer, and what stands there once he is erased. The tables of
# ``DECIDED`` keep their words: they give the reasons of decisions that still bind us.
WRITTEN: Mapping[Table, Mapping[str, Any]] = {
    annual_plan_rows: {"proposals": {}},
    communications: {
        "purpose": ERASED,
        "agenda": ERASED,
        **dict.fromkeys(("place", "minutes", "feedback", "competitors", "follow_up")),
    },
    benefits: {"evidence": [], "reason": None},
    contracts: {"opinion": None},
    development_plans: {"needs": ERASED, "plan": ERASED},
    documents: {"number": ERASED, "number_key": ERASED},
    file_changes: {"old": None, "new": None, "reason": None},
    file_snapshots: {"reason": None, "content": {}},
    handovers: {"note": ERASED},
    inspection_units: {"finding": None},
    inspections: {"purpose": ERASED, "conclusion": None, "cancelled_for": None},
    interested_parties: {"name": ERASED, "interest": ERASED, "requirements": None},
    issues: {"text": ERASED, "answer_text": None},
    needs: {"text": ERASED, "expectation": None, "wanted_by": None},
    negotiations: {"subject": ERASED},
    partner_forms: {"cells": (), "explanation": None},
    projects: {"name": ERASED, "participants": None, "competitors": None, "next_step": None},
    stage_reviews: {"form": {}},
    status_cases: {"words": ERASED},
    visits: {"report": None, "record": None},
}
DECIDED = (blacklist_entries, blacklist_returns, exit_cases, grade_history, gradings)
# Private events that hold what somebody wrote of a customer.
DESCRIBED: Mapping[str, Sequence[str]] = {
    events.IssueDescribed.type: ("text",),
    events.ServiceDescribed.type: ("place", "content", "requirements"),
}
BLANK: dict[str, Any] = {"active": False, "name": ERASED, "addresses": [], "birthday": None}


class Erasures:
    """The erasures of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def blank_file(self, customer_id: UUID) -> None:
        """Empty what was written of a customer: the values of his file, and all of ``WRITTEN``."""
        self._session.execute(delete(file_values).where(file_values.c.customer_id == customer_id))
        for table, blanks in WRITTEN.items():
            statement = update(table).where(table.c.customer_id == customer_id)
            self._session.execute(statement.values(**blanks))
        told = outbox.c.body.contains(str(customer_id), autoescape=True)
        for kind, words in DESCRIBED.items():
            self._blank_waiting((outbox.c.type == kind) & told, dict.fromkeys(words, ERASED))

    def blank_told(self, contact_id: UUID) -> None:
        """Empty events of a contact that wait to be sent; notify then keeps nothing of him."""
        self._blank_waiting(outbox.c.subject == f"contact/{contact_id}", BLANK)

    def _blank_waiting(self, which: ColumnElement[bool], blanks: Mapping[str, Any]) -> None:
        """Empty those words of events that wait to be sent: what was sent is kept without body."""
        waiting = select(outbox.c.position, outbox.c.body).where(which, outbox.c.body != "")
        for position, body in self._session.execute(waiting).all():
            told = json.loads(body)
            told["data"] = {**told["data"], **blanks}
            statement = update(outbox).where(outbox.c.position == position)
            self._session.execute(statement.values(body=encode(told)))

    def forget_answers(self, ids: Iterable[UUID]) -> None:
        """Forget what was answered about things of those ids to commands that may be repeated."""
        for one in ids:
            told = idempotency_keys.c.body.contains(str(one), autoescape=True)
            self._session.execute(delete(idempotency_keys).where(told))
