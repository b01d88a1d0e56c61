"""find customers by a part of their name"""

from alembic import op

revision = "0035"
down_revision = "0034"

# As many positions as a name has pairs: a JSON array with a zero for each.
SQLITE = (
    """CREATE TABLE customer_name_grams (gram VARCHAR(2) NOT NULL, customer_id CHAR(32) NOT NULL,
    PRIMARY KEY (gram, customer_id)) WITHOUT ROWID""",
    """CREATE TRIGGER customers_named AFTER INSERT ON customers BEGIN
    INSERT OR IGNORE INTO customer_name_grams SELECT substr(new.name, at.key + 1, 2), new.id
    FROM json_each('[' || rtrim(replace(hex(zeroblob(length(new.name) - 1)), '00', '0,'), ',')
    || ']') AS at; END""",
    """CREATE TRIGGER customers_renamed AFTER UPDATE OF name ON customers
    WHEN old.name <> new.name BEGIN
    DELETE FROM customer_name_grams WHERE customer_id = old.id AND gram IN (
    SELECT substr(old.name, at.key + 1, 2)
    FROM json_each('[' || rtrim(replace(hex(zeroblob(length(old.name) - 1)), '00', '0,'), ',')
    || ']') AS at);
    INSERT OR IGNORE INTO customer_name_grams SELECT substr(new.name, at.key + 1, 2), new.id
    FROM json_each('[' || rtrim(replace(hex(zeroblob(length(new.name) - 1)), '00', '0,'), ',')
    || ']') AS at; END""",
    """INSERT OR IGNORE INTO customer_name_grams SELECT substr(c.name, at.key + 1, 2), c.id
    FROM customers AS c, json_each('[' ||
    rtrim(replace(hex(zeroblob(length(c.name) - 1)), '00', '0,'), ',') || ']') AS at""",
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
