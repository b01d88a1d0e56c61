"""Where alembic finds this service's tables."""

from dispatch.adapters import barred_customers, complaints, people, priorities, units, work_orders
from shared import migrating

TABLES = (
    units.units,
    people.people,
    work_orders.work_orders,
    barred_customers.barred_customers,
    complaints.complaints,
    priorities.priorities,
)

migrating.run(*{table.metadata for table in TABLES})
