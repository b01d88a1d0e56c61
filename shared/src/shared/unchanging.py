"""Tables whose rows are only added: the database refuses to change them, whoever is connected."""

from typing import Any

from sqlalchemy import DDL, Table, event

ACTS = ("update", "delete")


def only_added(table: Table, *, unless: str = "false") -> None:
    """Let the database refuse to change or delete rows of ``table``.

    ``unless`` is a condition on OLD and NEW under which an update passes, in words that SQLite and
    PostgreSQL both understand. A migration writes the same out in full.
    """
    name = table.name
    raised = f"'{name} is only added to'"
    guards = {"update": f"WHEN (NOT ({unless}))", "delete": ""}
    made = {
        "sqlite": [
            f"CREATE TRIGGER {name}_no_{act} BEFORE {act} ON {name} {guards[act]} BEGIN"
            f" SELECT RAISE(ABORT, {raised}); END"
            for act in ACTS
        ],
        "postgresql": [
            f"CREATE FUNCTION {name}_stays() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION {raised}; END $$",
            *(
                f"CREATE TRIGGER {name}_no_{act} BEFORE {act} ON {name} FOR EACH ROW"
                f" {guards[act]} EXECUTE FUNCTION {name}_stays()"
                for act in ACTS
            ),
        ],
    }
    for dialect, statements in made.items():
        for statement in statements:
            ddl: Any = DDL(statement)  # type: ignore[no-untyped-call]
            event.listen(table, "after_create", ddl.execute_if(dialect=dialect))
