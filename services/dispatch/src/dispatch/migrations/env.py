"""Where alembic finds this service's tables."""

from dispatch.adapters import (
    barred_customers,
    book_movements,
    books,
    breaches,
    complaints,
    penalties,
    people,
    priorities,
    units,
    work_orders,
)
from shared import migrating

TABLES = (
    units.units,
    people.people,
    work_orders.work_orders,
    barred_customers.barred_customers,
    complaints.complaints,
    priorities.priorities,
    books.books,
    book_movements.book_movements,
    breaches.breaches,
    penalties.penalties,
)

migrating.run(*{table.metadata for table in TABLES})
