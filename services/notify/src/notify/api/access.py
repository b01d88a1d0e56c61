"""Which roles may do what over HTTP; the codes are those of shared/contracts/roles.json."""

READERS = ("auditor", "customer_service_team", "department_head")
REVEALERS = ("department_head",)
TEMPLATE_EDITORS = ("notification_administrator",)
TEMPLATE_READERS = (*READERS, *TEMPLATE_EDITORS)
POLICY_EDITORS = ("policy_administrator",)
