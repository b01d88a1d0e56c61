"""The migrations make the tables that the code works with."""

from shared.database import check, connect, upgrade


def test_migrations_and_tables_agree():
    engine = connect("sqlite://", application="test")

    upgrade("complaint", engine)
    check("complaint", engine)

    engine.dispose()
