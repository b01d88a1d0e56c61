"""find customers by a part of their name"""

from alembic import op

revision = "0035"
down_revision = "0034"

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
    # A trigger for a moment, which fires for each name that is there.
    """CREATE TRIGGER customers_filled AFTER UPDATE OF name_key ON customers BEGIN
    INSERT OR IGNORE INTO customer_name_grams SELECT substr(new.name, at.n, 2), new.id FROM
    (WITH RECURSIVE at(n) AS (SELECT 1 WHERE length(new.name) > 1
    UNION ALL SELECT n + 1 FROM at WHERE n + 1 < length(new.name)) SELECT n FROM at) AS at; END""",
    "UPDATE customers SET name_key = name_key",
    "DROP TRIGGER customers_filled",
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            """CREATE FUNCTION name_grams(name text) RETURNS text[]
            LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
            SELECT array(SELECT substr(name, n, 2) FROM generate_series(1, length(name) - 1) AS n)
            $$"""
        )
        op.execute("SET LOCAL statement_timeout = '30min'")
        op.execute("CREATE INDEX ix_customers_name_grams ON customers USING gin (name_grams(name))")
        return
    for statement in SQLITE:
        op.execute(statement)
