"""Where alembic finds this service's tables."""

from dispatch.adapters import people, units, work_orders
from shared import migrating

TABLES = (units.units, people.people, work_orders.work_orders)

migrating.run(*{table.metadata for table in TABLES})
