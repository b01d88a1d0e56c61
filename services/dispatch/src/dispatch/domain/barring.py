"""The refusal of new work for customers who stand on a blacklist."""

from shared.rules import RuleBroken


class CustomerBlacklisted(RuleBroken):
    """The customer is barred from dealings with this unit (AD-16); remedies of complaints go on."""

    code = "customer_blacklisted"
