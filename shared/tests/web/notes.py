"""A small service over the kit: notes with a text and a version, kept per organisational unit."""

from typing import Any

from flask import request
from marshmallow import Schema, fields, validate
from sqlalchemy import Column, Integer, MetaData, String, Table, Uuid, insert, select, update
from sqlalchemy.orm import Session

from shared.ids import new_id
from shared.rules import Because, Invalid, NotFound, WrongState
from shared.scope import within
from shared.tables import UtcDateTime
from shared.transaction import Transaction
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.bodies import body_limit
from shared.web.commands import command, query, session, tx
from shared.web.etags import check_version, set_version
from shared.web.paging import PageArgs, page
from shared.web.schemas import RequestSchema, page_schema
from shared.web.timeline import TimelinePageSchema, timeline_page

tables = MetaData()
notes = Table(
    "notes",
    tables,
    Column("id", Uuid, primary_key=True),
    Column("text", String(200), nullable=False, unique=True),
    Column("org_unit", String(60), nullable=False),
    Column("version", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)
STREAM_LIMIT = 1024 * 1024
TAKEN: list[int] = []  # The sizes of the streams that were read.


class TagSchema(RequestSchema):
    label = fields.String(required=True)


class WriteNoteSchema(RequestSchema):
    text = fields.String(required=True, validate=validate.Length(max=200))
    tags = fields.List(fields.Nested(TagSchema), load_default=[])


class NoteSchema(Schema):
    id = fields.UUID()
    text = fields.String()
    version = fields.Integer()


class CountSchema(Schema):
    size = fields.Integer()


class TooLoud(WrongState):
    code = "too_loud"


def notes_blueprint() -> Blueprint:
    blp = Blueprint("notes", __name__, description="Notes")

    @blp.post("/notes")
    @allow("writer")
    @command
    @blp.arguments(WriteNoteSchema)
    @blp.response(201, NoteSchema)
    def write_note(asked: dict[str, Any]) -> Any:
        """Write a note."""
        return write(tx(), asked["text"], principal().unit)

    @blp.get("/notes")
    @allow("writer", "reader")
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(NoteSchema))
    def list_notes(args: dict[str, Any]) -> Any:
        """The notes of the caller's unit and below."""
        seen = select(notes).where(within(notes.c.org_unit, principal().unit))
        return page(seen, key=[notes.c.at, notes.c.id], args=args, session=session())

    @blp.get("/notes/<uuid:note_id>")
    @allow("writer", "reader")
    @query
    @blp.response(200, NoteSchema)
    def get_note(note_id: Any) -> Any:
        """One note."""
        return show(session(), note_id)

    @blp.put("/notes/<uuid:note_id>")
    @allow("writer")
    @command
    @blp.arguments(WriteNoteSchema)
    @blp.response(200, NoteSchema)
    def rewrite_note(asked: dict[str, Any], note_id: Any) -> Any:
        """Change the text of a note."""
        check_version(show(tx().session, note_id).version)
        changed = update(notes).where(notes.c.id == note_id)
        tx().session.execute(changed.values(text=asked["text"], version=notes.c.version + 1))
        return show(tx().session, note_id)

    @blp.put("/notes/<uuid:note_id>/careless")
    @allow("writer")
    @command
    @blp.response(200, NoteSchema)
    def rewrite_note_carelessly(note_id: Any) -> Any:
        """Change a note without asking which version the caller saw."""
        return show(tx().session, note_id)

    @blp.delete("/notes/<uuid:note_id>")
    @allow("writer")
    @command
    @blp.response(204)
    def delete_note(note_id: Any) -> None:
        """Delete a note."""
        show(tx().session, note_id)
        tx().session.execute(notes.delete().where(notes.c.id == note_id))

    @blp.get("/notes/<uuid:note_id>/timeline")
    @allow("reader")
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, TimelinePageSchema)
    def get_timeline(args: dict[str, Any], note_id: Any) -> Any:
        """What happened to a note."""
        return timeline_page(session(), f"note/{note_id}", args)

    @blp.post("/attachments")
    @body_limit(STREAM_LIMIT)
    @allow("writer")
    @command
    @blp.response(201, CountSchema)
    def attach() -> Any:
        """Take a stream of bytes."""
        size = len(request.stream.read())
        TAKEN.append(size)
        return {"size": size}

    @blp.post("/notes/only")
    @allow("writer")
    @command
    @blp.arguments(WriteNoteSchema)
    @blp.response(201, NoteSchema)
    def write_only_note(asked: dict[str, Any]) -> Any:
        """Write the first of all notes, and fail in a way that nobody foresaw if there is one."""
        if tx().session.scalar(select(notes.c.id)):
            raise ValueError("there is one")
        return write(tx(), asked["text"], principal().unit)

    @blp.post("/crash")
    @allow("writer")
    @command
    @blp.arguments(WriteNoteSchema)
    @blp.response(200)
    def crash(asked: dict[str, Any]) -> None:
        """Fail in a way that nobody foresaw."""
        write(tx(), asked["text"], principal().unit)
        raise ValueError(f"cannot work with {asked['text']}")

    return blp


def write(tx: Transaction, text: str, unit: str) -> Any:
    """Store a note. Raises TooLoud for capitals, naming a clause, and Invalid for "nonsense"."""
    if text.isupper():
        clause = Because(pack="manners", version="1", clause="1.2", rule="XX-01")
        raise TooLoud("Do not shout.", because=clause, length=len(text))
    if text == "nonsense":
        raise Invalid("That makes no sense.", errors={"text": ["nonsense"]})
    note_id = new_id()
    row = {"id": note_id, "text": text, "org_unit": unit, "version": 1, "at": tx.now}
    tx.session.execute(insert(notes).values(row))
    tx.note(f"note/{note_id}", "note_written", length=len(text))
    return show(tx.session, note_id)


def show(session: Session, note_id: Any) -> Any:
    seen = select(notes).where(notes.c.id == note_id)
    row = session.execute(seen.where(within(notes.c.org_unit, principal().unit))).one_or_none()
    if row is None:
        raise NotFound(f"no note {note_id}")
    set_version(row.version)
    return row
