"""Which roles get to a command over HTTP, and who is calling.

Whoever a pack could name for a command gets to it; the use case asks the pack whether it is he.
"""

from uuid import UUID

from complaint.domain.staff import Caller, Role
from shared.rules import Forbidden
from shared.web.auth import principal

FIRST_TIER = (Role.REGIONAL_SERVICE_ASSISTANT, Role.FRANCHISE_RECEPTION_CLERK)
SECOND_TIER = (Role.GENERAL_SERVICE_MANAGER, Role.GENERAL_SERVICE_SUPERVISOR)
KEY_ACCOUNTS = (Role.ACCOUNT_MANAGER, Role.KEY_ACCOUNT_GROUP)
INTAKE = (*FIRST_TIER, *SECOND_TIER, *KEY_ACCOUNTS, Role.FRANCHISE_CLERK)
NAMED = tuple(Role)
READERS = (*NAMED, "auditor")
REPORTERS = (Role.FRANCHISE_CLERK,)
# Everybody sees his own penalties; those of others see who could decide on them or posts them.
PENALTY_READERS = (
    *SECOND_TIER,
    Role.SALES_CENTRE_DIRECTOR,
    Role.ADMINISTRATION_CENTRE_DIRECTOR,
    Role.FRANCHISE_CLERK,
    Role.GENERAL_MANAGER,
    "auditor",
)
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
