"""what customers and documents are compared by"""

import re
import unicodedata
from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

BATCH = 5000
WORDS = re.compile(r"[^\W_]+")
FORMS = frozenset(
    {"co", "company", "corp", "corporation", "gmbh", "inc", "incorporated", "limited"}
    | {"llc", "ltd", "plc"}
)
ENDINGS = ("股份有限公司", "有限责任公司", "有限責任公司", "有限公司", "公司")


def upgrade() -> None:
    _add("customers", "name", 120, _name_key)
    _add("documents", "number", 80, _number_key)
    op.create_index("ix_customers_name_key", "customers", ["name_key"])
    op.create_index("ix_documents_number_key_kind", "documents", ["number_key", "kind"])


def _add(name: str, column: str, length: int, keyed: Callable[[str], str]) -> None:
    key = f"{column}_key"
    op.add_column(name, sa.Column(key, sa.String(length=length), nullable=True))
    table = sa.table(name, sa.column("id", sa.Uuid), sa.column(column), sa.column(key))
    filled = (
        sa.update(table)
        .where(table.c.id == sa.bindparam("row_id", type_=sa.Uuid))
        .values({key: sa.bindparam("row_key")})
    )
    connection, last = op.get_bind(), None
    while True:
        query = sa.select(table.c.id, table.c[column]).order_by(table.c.id).limit(BATCH)
        rows = connection.execute(query if last is None else query.where(table.c.id > last)).all()
        if not rows:
            break
        connection.execute(filled, [{"row_id": id_, "row_key": keyed(said)} for id_, said in rows])
        last = rows[-1][0]
    with op.batch_alter_table(name, schema=None) as batch_op:
        batch_op.alter_column(key, existing_type=sa.String(length=length), nullable=False)


def _name_key(name: str) -> str:
    named = _words(name)
    while len(named) > 1 and named[-1] in FORMS:
        named.pop()
    key = "".join(named)
    ending = next((one for one in ENDINGS if key.endswith(one)), "")
    if key != ending:
        key = key.removesuffix(ending)
    return (key or name)[:120]


def _number_key(number: str) -> str:
    return ("".join(_words(number)) or number)[:80]


def _words(text: str) -> list[str]:
    return WORDS.findall(unicodedata.normalize("NFKC", text).casefold())
