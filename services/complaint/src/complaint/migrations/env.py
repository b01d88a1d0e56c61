"""Where alembic finds this service's tables."""

from complaint.adapters.tables import metadata
from shared import migrating

migrating.run(metadata)
