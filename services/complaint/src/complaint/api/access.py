"""Which roles may do what over HTTP, and who is calling. The pack narrows further who reviews."""

from uuid import UUID

from complaint.domain.staff import Caller, Role
from shared.rules import Forbidden
from shared.web.auth import principal

FIRST_TIER = (Role.REGIONAL_SERVICE_ASSISTANT, Role.FRANCHISE_RECEPTION_CLERK)
SECOND_TIER = (Role.GENERAL_SERVICE_MANAGER, Role.GENERAL_SERVICE_SUPERVISOR)
THIRD_TIER = (Role.SALES_CENTRE_DIRECTOR, Role.ADMINISTRATION_CENTRE_DIRECTOR)
HANDLERS = (*FIRST_TIER, *SECOND_TIER, *THIRD_TIER)
INTAKE = (*FIRST_TIER, *SECOND_TIER, Role.FRANCHISE_CLERK)
REVIEWERS = (*SECOND_TIER, *THIRD_TIER)
ARCHIVISTS = (Role.FRANCHISE_CLERK,)
DECIDERS = (Role.GENERAL_MANAGER, Role.GM_MEETING_SECRETARY)
READERS = (*HANDLERS, *ARCHIVISTS, *DECIDERS, "auditor")
POLICY_EDITORS = ("policy_administrator",)


class PersonUnknown(Forbidden):
    """The token is not that of a person: persons are ids here, since they are named in events."""

    code = "person_unknown"


def caller() -> Caller:
    """Who sent the running request. Raises PersonUnknown when the subject is no id of a person."""
    who = principal()
    try:
        return Caller(UUID(who.id), who.roles, who.unit)
    except ValueError:
        raise PersonUnknown("The subject of the token is no id of a person.") from None
