"""Prepare what a service runs on: schema, rights of the runtime role, topology of the broker.

Run once a release, before the processes start; running it again changes nothing.
"""

from sqlalchemy import Engine, make_url, text

from shared import topology
from shared.database import connect, upgrade
from shared.encryption import read_encryption
from shared.runtime import Service
from shared.settings import MEMORY_BROKER, ServiceSettings

INSERT_ONLY = ("audit", "journal")


def run(service: Service, settings: ServiceSettings) -> None:
    """Migrate, grant, declare. Raises TopologyMissing when no admin URL is set and something is not
    declared; the services themselves have no right to declare."""
    engine = connect(settings.setup_url, application=f"huiyin-{service.name}-setup")
    encryption = read_encryption(settings.field_keys, settings.index_key)
    upgrade(service.package, engine, encryption)
    _grant(engine, settings)
    engine.dispose()
    if settings.broker_url.startswith(MEMORY_BROKER):
        return
    if settings.admin_broker_url:
        topology.declare(settings.admin_broker_url)
    else:
        for url in dict.fromkeys((settings.publish_url, settings.broker_url)):
            topology.check(url)


def _grant(engine: Engine, settings: ServiceSettings) -> None:
    """The runtime role may read and write rows, and only add to audit and journal."""
    owner, runtime = make_url(settings.setup_url).username, make_url(settings.database_url).username
    if engine.dialect.name != "postgresql" or owner == runtime or runtime is None:
        return
    role = engine.dialect.identifier_preparer.quote(runtime)
    tables = ", ".join(INSERT_ONLY)
    statements = (
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}",
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {tables} FROM {role}",
    )
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
