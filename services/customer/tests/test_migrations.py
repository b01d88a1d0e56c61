"""The migrations make the tables that the code works with."""

from sqlalchemy import text

from customer.adapters.tables import metadata
from shared.database import check, connect, upgrade

KEPT = """SELECT name, sql FROM sqlite_master WHERE name IN
('customer_name_grams', 'customers_named', 'customers_renamed') ORDER BY name"""


def test_migrations_and_tables_agree():
    engine = connect("sqlite://", application="test")

    upgrade("customer", engine)
    check("customer", engine)

    engine.dispose()


# SQLite loses triggers with a table that a migration makes anew.
def test_migrations_leave_the_triggers_that_keep_parts_of_names():
    migrated, made = connect("sqlite://", application="test"), connect("sqlite://", application="t")
    upgrade("customer", migrated)
    metadata.create_all(made)

    def kept(engine):
        with engine.connect() as connection:
            return connection.execute(text(KEPT)).all()

    assert kept(migrated) == kept(made)
    assert 3 == len(kept(made))
    migrated.dispose()
    made.dispose()
