"""How the aggregate lies in its tables. The domain knows nothing of it."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from sqlalchemy import Table
from sqlalchemy.ext.associationproxy import association_proxy
from sqlalchemy.orm import composite, registry, relationship

from complaint.adapters import tables
from complaint.domain.complaint import Complaint
from complaint.domain.field_work import Assignment, FieldWork
from complaint.domain.first_contact import FirstContact
from complaint.domain.form import ComplaintForm, Told
from complaint.domain.intake import Details, Intake
from complaint.domain.review import Decision, Review
from complaint.domain.satisfaction import Answer

# Taken from here the class is known to be mapped.
__all__ = ["Complaint"]

mapper = registry(metadata=tables.metadata)


@dataclass(unsafe_hash=True)
class Assignee:
    """One person whom the present level of a complaint calls upon."""

    person_id: UUID


def _value(kind: type, table: Table, *, prefix: str = "", optional: bool = False) -> Any:
    """A frozen dataclass in columns named after its fields; with ``optional`` all null is None."""
    columns = (table.c[f"{prefix}{field.name}"] for field in fields(kind))
    missing: Callable[..., bool] | None = _all_null if optional else None
    return composite(kind, *columns, return_none_on=missing)


def _all_null(*values: object) -> bool:
    return all(value is None for value in values)


mapper.map_imperatively(Assignee, tables.assignees)

mapper.map_imperatively(
    ComplaintForm,
    tables.forms,
    properties={
        "details": _value(Details, tables.forms),
        "told": _value(Told, tables.forms, prefix="told_", optional=True),
        "answer": _value(Answer, tables.forms, prefix="answer_", optional=True),
        "review": _value(Review, tables.forms, prefix="review_", optional=True),
        "decision": _value(Decision, tables.forms, prefix="decision_", optional=True),
    },
)

mapper.map_imperatively(
    FieldWork,
    tables.field_works,
    properties={"assignment": _value(Assignment, tables.field_works)},
)

mapper.map_imperatively(
    Complaint,
    tables.complaints,
    version_id_col=tables.complaints.c.version,
    version_id_generator=False,  # The aggregate counts, so that a change of a form counts as well.
    properties={
        "intake": _value(Intake, tables.complaints),
        "first_contact": _value(FirstContact, tables.complaints, prefix="first_contact_"),
        "forms": relationship(
            ComplaintForm, order_by=tables.forms.c.position, cascade="all, delete-orphan"
        ),
        "field_works": relationship(
            FieldWork, order_by=tables.field_works.c.id, cascade="all, delete-orphan"
        ),
        "_assignees": relationship(
            Assignee, collection_class=set, cascade="all, delete-orphan", lazy="selectin"
        ),
    },
)
Complaint.assigned_ids = association_proxy("_assignees", "person_id", creator=Assignee)  # type: ignore[assignment]
