"""Newsletters over HTTP: write, allow, decline, withdraw, list, show (CM-02)."""

from typing import Any
from uuid import UUID

from notify.adapters.newsletters import Newsletters, newsletters
from notify.api.access import CARE_APPROVERS, CARE_READERS, NEWSLETTER_EDITORS
from notify.api.newsletter_schemas import (
    ApproveNewsletterSchema,
    EndNewsletterSchema,
    NewslettersArgs,
    NewsletterSchema,
    WriteNewsletterSchema,
)
from notify.domain.newsletter_states import IssueCommand
from notify.domain.newsletters import Newsletter
from notify.use_cases import newsletters as use_cases
from shared.rules import NotFound
from shared.scope import may_see
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import PageArgs, page
from shared.web.schemas import page_schema
from shared.web.timeline import TimelinePageSchema, timeline_page

ONE = "/v1/newsletters/<uuid:newsletter_id>"


def blueprint() -> Blueprint:
    """What is sent regularly to those who asked for it."""
    blp = Blueprint("newsletters", __name__, description="Newsletters and offers")
    _writing(blp)
    _decisions(blp)
    _queries(blp)
    return blp


def _writing(blp: Blueprint) -> None:
    @blp.post("/v1/newsletters")
    @allow(*NEWSLETTER_EDITORS)
    @command
    @blp.arguments(WriteNewsletterSchema)
    @blp.response(201, NewsletterSchema)
    def write_newsletter(asked: dict[str, Any]) -> Newsletter:
        """Write an issue; it goes out at its time if it is allowed by then."""
        if not may_see(session(), principal_unit=principal().unit, unit=asked["unit"]):
            raise NotFound("There is no such unit, or none that you may see.")
        return use_cases.write_issue(tx(), **asked, caller=principal())

    @blp.post(f"{ONE}/withdrawals")
    @allow(*NEWSLETTER_EDITORS)
    @command
    @blp.arguments(EndNewsletterSchema)
    @blp.response(200, NewsletterSchema)
    def withdraw_newsletter(asked: dict[str, Any], newsletter_id: UUID) -> Newsletter:
        """Send no more of an issue; what was sent stays sent."""
        return use_cases.withdraw_issue(tx(), _found(newsletter_id), **asked)


def _decisions(blp: Blueprint) -> None:
    @blp.post(f"{ONE}/approvals")
    @allow(*CARE_APPROVERS)
    @command
    @blp.arguments(ApproveNewsletterSchema)
    @blp.response(200, NewsletterSchema)
    def approve_newsletter(_asked: dict[str, Any], newsletter_id: UUID) -> Newsletter:
        """Allow an issue; nobody allows what he wrote himself."""
        issue, approve = _found(newsletter_id), IssueCommand.APPROVE
        return use_cases.decide_issue(tx(), issue, approve, caller=principal())

    @blp.post(f"{ONE}/rejections")
    @allow(*CARE_APPROVERS)
    @command
    @blp.arguments(EndNewsletterSchema)
    @blp.response(200, NewsletterSchema)
    def decline_newsletter(asked: dict[str, Any], newsletter_id: UUID) -> Newsletter:
        """Decide against an issue."""
        issue, decline = _found(newsletter_id), IssueCommand.DECLINE
        return use_cases.decide_issue(tx(), issue, decline, caller=principal(), **asked)


def _queries(blp: Blueprint) -> None:
    @blp.get("/v1/newsletters")
    @allow(*CARE_READERS)
    @query
    @blp.arguments(NewslettersArgs, location="query")
    @blp.response(200, page_schema(NewsletterSchema))
    def list_newsletters(args: dict[str, Any]) -> dict[str, Any]:
        """The issues of the caller's unit and of those below it, newest first."""
        wanted = {name: args[name] for name in ("topic", "state")}
        seen = Newsletters(session()).listed(unit=principal().unit, **wanted)
        return page(seen, key=[newsletters.c.id], args=args, session=session(), descending=True)

    @blp.get(ONE)
    @allow(*CARE_READERS)
    @query
    @blp.response(200, NewsletterSchema)
    def get_newsletter(newsletter_id: UUID) -> Newsletter:
        """One issue."""
        return Newsletters(session()).get(newsletter_id, unit=principal().unit)

    @blp.get(f"{ONE}/timeline")
    @allow(*CARE_READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, TimelinePageSchema)
    def get_newsletter_timeline(args: dict[str, Any], newsletter_id: UUID) -> dict[str, Any]:
        """Everything that happened to an issue, oldest first."""
        found = Newsletters(session()).get(newsletter_id, unit=principal().unit)
        return timeline_page(session(), found.key, args)


def _found(newsletter_id: UUID) -> Newsletter:
    found: Newsletter = tx().newsletters.to_change(newsletter_id, unit=principal().unit)
    return found
