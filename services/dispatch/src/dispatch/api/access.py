"""Which roles may do what over HTTP.

Who dispatches, receives and closes is the word of the pack in force (WO-04, WO-05, WO-15), so the
commands on work orders let in every role that a pack could name, and the use cases decide. Besides
those who dispatch and receive, those read orders who stand above people and decide on their orders
(WO-10).
"""

from dispatch.domain.roles import Role

STAFF_ADMINISTRATORS = (Role.HR_ADMINISTRATOR,)
POLICY_EDITORS = (Role.POLICY_ADMINISTRATOR,)
ORDER_WORKERS = tuple(role for role in Role if role is not Role.AUDITOR)
ROSTER_KEEPERS = (Role.HR_ADMINISTRATOR, Role.DISPATCH_SUPERVISOR, Role.DEPARTMENT_HEAD)
REVEALERS = (Role.HR_ADMINISTRATOR, Role.DEPARTMENT_HEAD)
SIGNATURE_REVEALERS = (
    Role.DISPATCHER,
    Role.DISPATCH_SUPERVISOR,
    Role.DEPARTMENT_LEADER,
    Role.DEPARTMENT_HEAD,
)
DISPATCHERS = (Role.DISPATCHER, Role.DISPATCH_SUPERVISOR, Role.DEPARTMENT_LEADER)
RECEIVERS = (
    Role.DEPARTMENT_HEAD,
    Role.SUPERVISOR,
    Role.PROPERTY_ASSISTANT,
    Role.ENGINEER,
    Role.REPAIR_WORKER,
    Role.REPAIR_SUPERVISOR,
    Role.ENQUIRY_CLERK,
)
DECIDERS = (
    Role.BRANCH_LEADER,
    Role.BUSINESS_UNIT_MANAGER,
    Role.COMPANY_EXECUTIVE,
    Role.GENERAL_MANAGER,
)
PENALTY_READERS = (
    Role.DEPARTMENT_HEAD,
    Role.DEPARTMENT_LEADER,
    Role.GENERAL_MANAGER,
    Role.HR_ADMINISTRATOR,
    Role.AUDITOR,
)
READERS = (*DISPATCHERS, *RECEIVERS, *STAFF_ADMINISTRATORS, Role.AUDITOR)
ORDER_READERS = (*DISPATCHERS, *RECEIVERS, *DECIDERS, Role.AUDITOR)
BOOK_READERS = (Role.ARCHIVIST, *DISPATCHERS, *DECIDERS, Role.DEPARTMENT_HEAD, Role.AUDITOR)
