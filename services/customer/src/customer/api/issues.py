"""Issues over HTTP: answer, reopen, close, ask for field work, list, show, timeline."""

from typing import Any
from uuid import UUID

from customer.adapters.issues import Issues
from customer.adapters.mapping import Issue
from customer.adapters.tables import issues
from customer.api.access import TALK_READERS, TALKERS
from customer.api.issue_schemas import (
    AnswerIssueSchema,
    CloseIssueSchema,
    IssueArgs,
    IssueSchema,
    ReopenIssueSchema,
    RequestServiceSchema,
)
from customer.api.versions import shown
from customer.domain.issues import Job
from customer.use_cases import issues as use_cases
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import PageArgs, page
from shared.web.schemas import page_schema
from shared.web.timeline import TimelinePageSchema, timeline_page

ONE = "/v1/issues/<uuid:issue_id>"


def blueprint() -> Blueprint:
    """What customers raised."""
    blp = Blueprint("issues", __name__, description="Problems and needs that customers raised")
    _commands(blp)
    _field_work(blp)
    _queries(blp)
    return blp


def _commands(blp: Blueprint) -> None:
    @blp.post(f"{ONE}/answers")
    @allow(*TALKERS)
    @command
    @blp.arguments(AnswerIssueSchema)
    @blp.response(200, IssueSchema)
    def answer_issue(asked: dict[str, Any], issue_id: UUID) -> Issue:
        """Answer an issue."""
        issue = tx().issues.get(issue_id, unit=principal().unit)
        return shown(use_cases.answer_issue(tx(), issue, **asked, caller=principal()))

    @blp.post(f"{ONE}/reopenings")
    @allow(*TALKERS)
    @command
    @blp.arguments(ReopenIssueSchema)
    @blp.response(200, IssueSchema)
    def reopen_issue(asked: dict[str, Any], issue_id: UUID) -> Issue:
        """Ask for another answer, since the first did not satisfy."""
        issue = tx().issues.get(issue_id, unit=principal().unit)
        return shown(use_cases.reopen_issue(tx(), issue, **asked))

    @blp.post(f"{ONE}/closings")
    @allow(*TALKERS)
    @command
    @blp.arguments(CloseIssueSchema)
    @blp.response(200, IssueSchema)
    def close_issue(_asked: dict[str, Any], issue_id: UUID) -> Issue:
        """End an issue that was answered."""
        issue = tx().issues.get(issue_id, unit=principal().unit)
        return shown(use_cases.close_issue(tx(), issue, caller=principal()))


def _field_work(blp: Blueprint) -> None:
    @blp.post(f"{ONE}/service-requests")
    @allow(*TALKERS)
    @command
    @blp.arguments(RequestServiceSchema)
    @blp.response(201, IssueSchema)
    def request_service(job: Job, issue_id: UUID) -> Issue:
        """Ask dispatch for field work; its completion answers the issue (E-05)."""
        issue = tx().issues.get(issue_id, unit=principal().unit)
        return shown(use_cases.request_service(tx(), issue, job=job, caller=principal()))


def _queries(blp: Blueprint) -> None:
    @blp.get("/v1/issues")
    @allow(*TALK_READERS)
    @query
    @blp.arguments(IssueArgs, location="query")
    @blp.response(200, page_schema(IssueSchema))
    def list_issues(args: dict[str, Any]) -> dict[str, Any]:
        """The issues of the caller's unit and of those below it, by deadline."""
        names = ("customer_id", "responsible_id", "source_id", "state")
        wanted = {name: args[name] for name in names}
        seen = Issues(session()).listed(unit=principal().unit, **wanted)
        return page(seen, key=[issues.c.due_at, issues.c.id], args=args, session=session())

    @blp.get(ONE)
    @allow(*TALK_READERS)
    @query
    @blp.response(200, IssueSchema)
    def get_issue(issue_id: UUID) -> Issue:
        """One issue."""
        return shown(Issues(session()).get(issue_id, unit=principal().unit))

    @blp.get(f"{ONE}/timeline")
    @allow(*TALK_READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, TimelinePageSchema)
    def get_issue_timeline(args: dict[str, Any], issue_id: UUID) -> dict[str, Any]:
        """All that happened to an issue."""
        issue = Issues(session()).get(issue_id, unit=principal().unit)
        return timeline_page(session(), f"issue/{issue.id}", args)
