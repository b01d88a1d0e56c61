"""What customers raised on visits becomes problem tickets: the section ``issue_tickets`` (E-04)."""

from dataclasses import dataclass

from complaint.domain.intake import Channel
from complaint.domain.problems import ProblemSource, ProblemType
from shared.rules import RuleBroken


@dataclass(frozen=True, kw_only=True)
class IssueTicketRule:
    """As what an issue of some occasion is taken in; whoever looks into it finds out more."""

    type: ProblemType
    source: ProblemSource
    channel: Channel
    found_by_customer: bool


class IssueNotTaken(RuleBroken):
    """The packs of the unit open no ticket for an issue of this occasion."""

    code = "issue_not_taken"


class TicketOpen(RuleBroken):
    """A ticket was opened for this issue already."""

    code = "ticket_open"
