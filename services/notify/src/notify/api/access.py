"""Which roles may do what over HTTP; the codes are those of shared/contracts/roles.json."""

from notify.domain.care_rules import APPROVERS, DOERS

READERS = ("auditor", "customer_service_team", "department_head")
REVEALERS = ("department_head",)
SCRIPT_SENDERS = (
    "customer_service_team",
    "department_head",
    "franchise_clerk",
    "sales_back_office",
)
PREFERENCE_EDITORS = ("customer_service_team", "department_head")
PREFERENCE_READERS = READERS
WITHDRAWERS = ("customer_service_team", "department_head")
PRINTERS = ("customer_service_team", "sales_back_office")
BOUNCERS = ("notification_administrator",)
CARE_DOERS = (*DOERS, *APPROVERS)
CARE_APPROVERS = APPROVERS
NEWSLETTER_EDITORS = ("customer_service_team", "marketing_specialist", *APPROVERS)
CARE_READERS = ("auditor", *CARE_DOERS)
TEMPLATE_EDITORS = ("notification_administrator",)
TEMPLATE_READERS = (*READERS, *TEMPLATE_EDITORS)
SUBSCRIPTION_EDITORS = ("notification_administrator",)
SUBSCRIPTION_READERS = ("auditor", *SUBSCRIPTION_EDITORS)
POLICY_EDITORS = ("policy_administrator",)
# Everybody but the customers.
STAFF = (
    "account_manager",
    "administration_centre_director",
    "admission_board",
    "archivist",
    "auditor",
    "branch_leader",
    "business_unit_manager",
    "company_executive",
    "complaint_oversight",
    "contracting_unit",
    "customer_service_team",
    "data_protection_officer",
    "department_head",
    "department_leader",
    "dispatch_supervisor",
    "dispatcher",
    "engineer",
    "enquiry_clerk",
    "finance_centre",
    "franchise_clerk",
    "franchise_reception_clerk",
    "general_manager",
    "general_service_manager",
    "general_service_supervisor",
    "gm_meeting_secretary",
    "hr_administrator",
    "joint_venture_office",
    "key_account_group",
    "market_development",
    "marketing_centre",
    "marketing_director",
    "marketing_division",
    "marketing_manager",
    "marketing_specialist",
    "notification_administrator",
    "policy_administrator",
    "project_manager",
    "property_assistant",
    "regional_service_assistant",
    "repair_supervisor",
    "repair_worker",
    "sales_back_office",
    "sales_centre_director",
    "sales_team",
    "shop_guide",
    "shop_manager",
    "strategy_centre",
    "supervisor",
)
# The auditor changes nothing, not even what is his own.
OWN_EDITORS = tuple(role for role in STAFF if role != "auditor")
