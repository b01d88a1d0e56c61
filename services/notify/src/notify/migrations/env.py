"""How alembic meets this service's tables: on the connection that ``shared.database`` gives it."""

from notify.adapters import blacklist, contacts, message_table, templates
from shared import migrating

TABLES = (
    contacts.contacts,
    message_table.messages,
    templates.templates,
    blacklist.blacklist_entries,
)

migrating.run(*{table.metadata for table in TABLES})
