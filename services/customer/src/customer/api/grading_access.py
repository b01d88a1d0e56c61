"""Which roles may do what with grades over HTTP."""

from customer.api.access import READERS
from customer.domain.staff import Role

# Which of these may do what with a grade of a scheme, the scheme itself says.
GRADERS = (
    Role.SALES_TEAM,
    Role.DEPARTMENT_HEAD,
    Role.CONTRACTING_UNIT,
    Role.JOINT_VENTURE_OFFICE,
    Role.SHOP_MANAGER,
    Role.ACCOUNT_MANAGER,
)
GRADE_APPROVERS = (
    Role.DEPARTMENT_HEAD,
    Role.JOINT_VENTURE_OFFICE,
    Role.MARKET_DEVELOPMENT,
    Role.KEY_ACCOUNT_GROUP,
    Role.GENERAL_MANAGER,
)
GRADE_READERS = tuple(
    dict.fromkeys((*READERS, *GRADERS, *GRADE_APPROVERS, Role.MARKETING_DIVISION))
)
FACT_RECORDERS = (Role.SALES_TEAM, Role.SALES_BACK_OFFICE, Role.DEPARTMENT_HEAD)
SCORECARD_EDITORS = (Role.DEPARTMENT_HEAD,)
REVIEW_REPORTERS = (Role.SALES_TEAM, Role.DEPARTMENT_HEAD)
REVIEW_FILERS = (Role.MARKETING_DIVISION,)
REVIEW_READERS = (*REVIEW_REPORTERS, Role.MARKETING_DIVISION, Role.AUDITOR)
