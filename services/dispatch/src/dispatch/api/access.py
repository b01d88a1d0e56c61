"""Which roles may do what over HTTP.

Who dispatches, receives and closes is the word of the pack in force (WO-04, WO-05, WO-15), so the
commands on work orders let in every role that a pack could name, and the use cases decide.
"""

from dispatch.domain.roles import Role

STAFF_ADMINISTRATORS = (Role.HR_ADMINISTRATOR,)
POLICY_EDITORS = (Role.POLICY_ADMINISTRATOR,)
ORDER_WORKERS = tuple(role for role in Role if role is not Role.AUDITOR)
REVEALERS = (Role.HR_ADMINISTRATOR, Role.DEPARTMENT_HEAD)
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
READERS = (*DISPATCHERS, *RECEIVERS, *STAFF_ADMINISTRATORS, Role.AUDITOR)
ORDER_READERS = (*DISPATCHERS, *RECEIVERS, Role.AUDITOR)
