"""Gifts and calls over HTTP: list, show, allow, decline, done (CM-07)."""

from typing import Any
from uuid import UUID

from notify.adapters.care_tasks import CareTasks, care_tasks
from notify.api.access import CARE_APPROVERS, CARE_DOERS, CARE_READERS
from notify.api.care_schemas import (
    ApproveCareTaskSchema,
    CareTasksArgs,
    CareTaskSchema,
    CompleteCareTaskSchema,
    DeclineCareTaskSchema,
)
from notify.domain.care_tasks import CareTask
from notify.use_cases import care_tasks as use_cases
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import PageArgs, page
from shared.web.schemas import page_schema
from shared.web.timeline import TimelinePageSchema, timeline_page

ONE = "/v1/care-tasks/<uuid:task_id>"


def blueprint() -> Blueprint:
    """What the staff does for occasions of contacts."""
    blp = Blueprint("care_tasks", __name__, description="Gifts and calls for contacts")
    _queries(blp)
    _commands(blp)
    return blp


def _queries(blp: Blueprint) -> None:
    @blp.get("/v1/care-tasks")
    @allow(*CARE_READERS)
    @query
    @blp.arguments(CareTasksArgs, location="query")
    @blp.response(200, page_schema(CareTaskSchema))
    def list_care_tasks(args: dict[str, Any]) -> dict[str, Any]:
        """The tasks of the caller's unit and of those below it, newest first."""
        names = ("state", "responsible_id", "contact_id", "customer_id")
        wanted = {name: args[name] for name in names}
        seen = CareTasks(session()).listed(unit=principal().unit, **wanted)
        return page(seen, key=[care_tasks.c.id], args=args, session=session(), descending=True)

    @blp.get(ONE)
    @allow(*CARE_READERS)
    @query
    @blp.response(200, CareTaskSchema)
    def get_care_task(task_id: UUID) -> CareTask:
        """One task."""
        return CareTasks(session()).get(task_id, unit=principal().unit)

    @blp.get(f"{ONE}/timeline")
    @allow(*CARE_READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, TimelinePageSchema)
    def get_care_task_timeline(args: dict[str, Any], task_id: UUID) -> dict[str, Any]:
        """Everything that happened to a task, oldest first."""
        found = CareTasks(session()).get(task_id, unit=principal().unit)
        return timeline_page(session(), found.key, args)


def _commands(blp: Blueprint) -> None:
    @blp.post(f"{ONE}/approvals")
    @allow(*CARE_APPROVERS)
    @command
    @blp.arguments(ApproveCareTaskSchema)
    @blp.response(200, CareTaskSchema)
    def approve_care_task(_asked: dict[str, Any], task_id: UUID) -> CareTask:
        """Allow what is proposed; nobody allows what he is to do himself."""
        return use_cases.approve_task(tx(), _found(task_id), caller=principal())

    @blp.post(f"{ONE}/rejections")
    @allow(*CARE_APPROVERS)
    @command
    @blp.arguments(DeclineCareTaskSchema)
    @blp.response(200, CareTaskSchema)
    def decline_care_task(asked: dict[str, Any], task_id: UUID) -> CareTask:
        """Decide against a task, also after it was allowed."""
        reason = asked["reason"]
        return use_cases.decline_task(tx(), _found(task_id), reason=reason, caller=principal())

    @blp.post(f"{ONE}/completions")
    @allow(*CARE_DOERS)
    @command
    @blp.arguments(CompleteCareTaskSchema)
    @blp.response(200, CareTaskSchema)
    def complete_care_task(asked: dict[str, Any], task_id: UUID) -> CareTask:
        """Say that a task is done."""
        return use_cases.complete_task(
            tx(), _found(task_id), cost=asked["cost"], caller=principal()
        )


def _found(task_id: UUID) -> CareTask:
    found: CareTask = tx().care_tasks.to_change(task_id, unit=principal().unit)
    return found
