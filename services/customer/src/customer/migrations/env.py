"""Where alembic finds this service's tables."""

from customer.adapters.tables import metadata
from shared import migrating

migrating.run(metadata)
