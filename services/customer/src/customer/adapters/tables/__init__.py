"""Every table of this service, one module an area; taken from here all of them are known."""

from customer.adapters.tables.customers import contact_history, contacts, customers
from customer.adapters.tables.schema import metadata
from customer.adapters.tables.staff import staff, staff_posts
from customer.adapters.tables.visits import visits

__all__ = [
    "contact_history",
    "contacts",
    "customers",
    "metadata",
    "staff",
    "staff_posts",
    "visits",
]
