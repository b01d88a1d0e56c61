"""Keep the projects of customers that are known of (F-15)."""

from collections.abc import Mapping
from typing import Any

from customer.adapters.mapping import Customer, Project
from customer.adapters.transaction import CustomerTransaction
from customer.adapters.visits import person_of
from customer.domain.projects import TELLING
from customer.domain.staff import Caller
from customer.use_cases.bases import base_of
from customer.use_cases.visit_plans import plan_visits
from shared.ids import new_id


def record_project(
    tx: CustomerTransaction, customer: Customer, *, caller: Caller, **fields: Any
) -> Project:
    """Enter a project of a customer; his visits follow its flags (CL-40)."""
    project = Project(
        id=new_id(),
        customer_id=customer.id,
        org_unit=base_of(tx, customer, caller=caller),
        recorded_by=person_of(caller),
        recorded_at=tx.now,
        **fields,
    )
    tx.projects.add(project)
    tx.record("project.recorded", f"project/{project.id}", customer_id=customer.id)
    tx.note(f"customer/{customer.id}", "project_recorded", project_id=project.id)
    _tell(tx, project)
    return project


def change_project(
    tx: CustomerTransaction, project: Project, *, fresh: Mapping[str, Any]
) -> Project:
    """Change what is named in ``fresh``. Raises WrongState for a project that has ended."""
    changed = project.change(fresh)
    if changed:
        tx.record("project.changed", f"project/{project.id}", fields=sorted(changed))
    if "stage" in changed:
        tx.note(
            f"customer/{project.customer_id}",
            "project_stage_changed",
            project_id=project.id,
            stage=project.stage,
        )
    if changed & TELLING:
        _tell(tx, project)
    return project


def _tell(tx: CustomerTransaction, project: Project) -> None:
    tx.emit(project.flags())
    tx.session.flush()
    plan_visits(tx, tx.customers.known(project.customer_id), recount=True)
