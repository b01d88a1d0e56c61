"""What a customer is."""

from enum import StrEnum


class Kind(StrEnum):
    """The kinds of customers; a consumer is a person, and his name that of a person. A partner
    builds joint ventures with us; an institution is a hospital, a school or the like; a related
    party is a company of our own group."""

    FRANCHISEE = "franchisee"
    COMPANY = "company"
    CONSUMER = "consumer"
    SHOP = "shop"
    INSTITUTION = "institution"
    PARTNER = "partner"
    RELATED_PARTY = "related_party"
