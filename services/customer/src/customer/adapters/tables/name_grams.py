"""What makes a part of a name quick to find: the pairs of neighbouring characters of each name.

The database keeps them itself, so nothing that changes a name can forget them: PostgreSQL by an
index on the function ``name_grams``, which its migration makes, SQLite by a table that triggers
fill. A migration that makes the table of customers anew on SQLite has to make the triggers anew.
"""

from typing import Any

from sqlalchemy import DDL, Uuid, column, event, table

from customer.adapters.tables.customers import customers
from customer.adapters.tables.schema import metadata
from shared.tables import KEPT_BY_DATABASE

name_grams = table("customer_name_grams", column("gram"), column("customer_id", Uuid))
metadata.info[KEPT_BY_DATABASE] = {"customer_name_grams", "ix_customers_name_grams"}

# The places at which a pair of characters begins, the first being 1, are counted up.
SQLITE = (
    """CREATE TABLE customer_name_grams (gram VARCHAR(2) NOT NULL, customer_id CHAR(32) NOT NULL,
    PRIMARY KEY (gram, customer_id)) WITHOUT ROWID""",
    """CREATE TRIGGER customers_named AFTER INSERT ON customers BEGIN
    INSERT OR IGNORE INTO customer_name_grams SELECT substr(new.name, at.n, 2), new.id FROM
    (WITH RECURSIVE at(n) AS (SELECT 1 WHERE length(new.name) > 1
    UNION ALL SELECT n + 1 FROM at WHERE n + 1 < length(new.name)) SELECT n FROM at) AS at; END""",
    """CREATE TRIGGER customers_renamed AFTER UPDATE OF name ON customers
    WHEN old.name <> new.name BEGIN
    DELETE FROM customer_name_grams WHERE customer_id = old.id AND gram IN (
    SELECT substr(old.name, at.n, 2) FROM
    (WITH RECURSIVE at(n) AS (SELECT 1 WHERE length(old.name) > 1
    UNION ALL SELECT n + 1 FROM at WHERE n + 1 < length(old.name)) SELECT n FROM at) AS at);
    INSERT OR IGNORE INTO customer_name_grams SELECT substr(new.name, at.n, 2), new.id FROM
    (WITH RECURSIVE at(n) AS (SELECT 1 WHERE length(new.name) > 1
    UNION ALL SELECT n + 1 FROM at WHERE n + 1 < length(new.name)) SELECT n FROM at) AS at; END""",
)
for _statement in SQLITE:
    _made: Any = DDL(_statement)  # type: ignore[no-untyped-call]
    event.listen(customers, "after_create", _made.execute_if(dialect="sqlite"))
