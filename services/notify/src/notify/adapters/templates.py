"""The texts of messages: those that come with the service, and the versions added to them."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from sqlalchemy import Column, Integer, String, Table, Text, bindparam, insert, select
from sqlalchemy.orm import Session

from notify.adapters.columns import metadata
from notify.domain.template_words import TEMPLATES
from notify.domain.templates import Template, Wording, check
from shared.numbers import next_number
from shared.policy.builtin import read_yaml
from shared.rules import NotFound
from shared.tables import UtcDateTime
from shared.transaction import Transaction

HOME_LANGUAGE = "zh-CN"  # Each kind of message has a text in it.

templates = Table(
    "templates",
    metadata,
    Column("code", String(60), primary_key=True),
    Column("language", String(35), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", String(80), nullable=False),
)

# Made once: to make a query costs more than to run it.
OF_KIND = (
    select(templates).where(templates.c.code == bindparam("kind")).order_by(templates.c.version)
)


@cache
def builtin() -> Mapping[tuple[str, str], Template]:
    """The texts in ``policy/templates``, one file a language, by code and language.

    Raises TemplateInvalid for one that its kind does not allow.
    """
    found = {}
    for file in (files("notify") / "policy" / "templates").iterdir():
        language = file.name.removesuffix(".yaml")
        for code, said in read_yaml(file.read_bytes(), source=file.name).items():
            wording = Wording(title=said["title"], body=said["body"].strip())
            check(code, wording)
            found[code, language] = Template(
                code=code, language=language, version=0, wording=wording
            )
    return found


class Templates:
    """The newest version holds at once, for all units."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._used: dict[str, dict[str, Template]] = {}

    def best(self, code: str, language: str) -> Template:
        """The text in ``language``, else in its main language, else in the home language. Of one
        kind of message the texts are read once in a transaction."""
        if code not in self._used:
            self._used[code] = self.current(code)
        current = self._used[code]
        nearest = min(current, key=lambda known: (*_distance(known, language), known))
        return current[nearest]

    def current(self, code: str) -> dict[str, Template]:
        """The newest version in each language."""
        own = {language: one for (kind, language), one in builtin().items() if kind == code}
        rows = self.session.connection().execute(OF_KIND, {"kind": code})
        added = {row.language: _template(row) for row in rows}
        return own | added

    def in_use(self, code: str | None) -> list[Template]:
        """The newest versions of one kind of message, or of all."""
        kinds = sorted(TEMPLATES) if code is None else [code]
        return [one for kind in kinds for _, one in sorted(self.current(kind).items())]

    def versions(self, code: str, language: str) -> list[Template]:
        """All versions in one language, oldest first. Raises NotFound when there is none."""
        of = templates.c
        query = select(templates).where(of.code == code, of.language == language)
        first = builtin().get((code, language))
        rows = self.session.execute(query.order_by(of.version))
        found = ([first] if first else []) + [_template(row) for row in rows]
        if not found:
            raise NotFound("There is no such template.")
        return found


def add(tx: Transaction, *, code: str, language: str, wording: Wording) -> Template:
    """Add the next version; two at once get numbers one after the other."""
    version = next_number(tx.session, f"template/{code}/{language}")
    tx.session.execute(
        insert(templates).values(
            code=code,
            language=language,
            version=version,
            title=wording.title,
            body=wording.body,
            created_at=tx.now,
            created_by=tx.origin.actor,
        )
    )
    return Template(code=code, language=language, version=version, wording=wording)


def _template(row: Any) -> Template:
    wording = Wording(title=row.title, body=row.body)
    return Template(code=row.code, language=row.language, version=row.version, wording=wording)


def _distance(known: str, wanted: str) -> tuple[bool, bool, bool]:
    """The smaller, the better: the very language, its main language, the home language."""
    return known.lower() != wanted.lower(), _main(known) != _main(wanted), known != HOME_LANGUAGE


def _main(language: str) -> str:
    return language.partition("-")[0].lower()
