"""What a customer is."""

from enum import StrEnum


class Kind(StrEnum):
    """The kinds of customers; the name of a consumer is that of a person."""

    FRANCHISEE = "franchisee"
    COMPANY = "company"
    CONSUMER = "consumer"
    SHOP = "shop"
