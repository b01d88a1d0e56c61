"""copies of files stay as they are"""

from alembic import op

revision = "0022"
down_revision = "0021"

# A copy is only ever emptied, when the person of whom it tells is erased.
CHANGED = (
    "NOT (NEW.content = '{}' AND NEW.reason IS NULL AND NEW.id = OLD.id"
    " AND NEW.customer_id = OLD.customer_id AND NEW.cause = OLD.cause"
    " AND NEW.taken_at = OLD.taken_at AND NEW.taken_by = OLD.taken_by)"
)
UNCHANGING = {
    "sqlite": (
        f"CREATE TRIGGER file_snapshots_no_update BEFORE UPDATE ON file_snapshots WHEN ({CHANGED})"
        " BEGIN SELECT RAISE(ABORT, 'file_snapshots is only added to'); END",
        "CREATE TRIGGER file_snapshots_no_delete BEFORE DELETE ON file_snapshots"
        " BEGIN SELECT RAISE(ABORT, 'file_snapshots is only added to'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION file_snapshots_stays() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'file_snapshots is only added to'; END $$",
        "CREATE TRIGGER file_snapshots_no_update BEFORE UPDATE ON file_snapshots"
        f" FOR EACH ROW WHEN ({CHANGED}) EXECUTE FUNCTION file_snapshots_stays()",
        "CREATE TRIGGER file_snapshots_no_delete BEFORE DELETE ON file_snapshots"
        " FOR EACH ROW EXECUTE FUNCTION file_snapshots_stays()",
    ),
}


def upgrade() -> None:
    for statement in UNCHANGING[op.get_bind().dialect.name]:
        op.execute(statement)
