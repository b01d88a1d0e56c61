"""Carry out an import in batches, each of which commits with how far it came.

The same file sent again under the same key goes on behind the last batch that committed. Two that
run at once share the work: each batch holds the row of its import.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from flask import Response

from customer.adapters.mapping import Import
from customer.adapters.transaction import CustomerTransaction
from customer.domain.import_cells import COLUMNS, DUPLICATE_REASON
from customer.domain.import_rows import Report, Row
from customer.use_cases.imports import begun, carry_on, open_import, row_reader
from shared.cells import Problem
from shared.envelope import Origin
from shared.tracing import current_traceparent
from shared.web.auth import principal
from shared.web.bodies import opened_body
from shared.web.correlation import request_id
from shared.web.csv_files import CsvForm, records
from shared.web.idempotency import Guard
from shared.web.kit import kit
from shared.web.problems import Problem as Refusal
from shared.web.retrying import twice

BATCH = 500
OPTIONAL = (DUPLICATE_REASON,)


@dataclass
class Part:
    """Some consecutive rows of a file: those that can be read, and what is wrong with others."""

    rows: list[Row] = field(default_factory=list)
    refused: Report = field(default_factory=Report)
    through: int = 1

    @property
    def full(self) -> bool:
        return len(self.rows) + self.refused.rows >= BATCH

    def take(self, number: int, read: Row | list[Problem]) -> None:
        self.through = number
        if isinstance(read, Row):
            self.rows.append(read)
        else:
            self.refused.add(Report(rows=1, rejected=1, problems=read))


def run_import(guard: Guard, form: CsvForm) -> Import:
    """Everything that the file holds and that is not in the books yet.

    A file of one batch goes in by one transaction, so of that no import is kept.
    """
    if form.rows <= BATCH:
        return twice(lambda _attempt: _at_once(form))
    done = twice(lambda _attempt: _open(guard, form.rows))
    for part in _parts(form, behind=done.done_through):
        twice(lambda _attempt, part=part: _carry_on(guard, part))  # type: ignore[misc]
    return twice(lambda _attempt: _finish(guard))


def keep_answer(guard: Guard, response: Response) -> None:
    """Store what was answered, for the next time that it is asked."""

    def keep() -> None:
        with _begin() as tx:
            if guard.look_up(tx.session) is None:
                guard.store(tx, response)

    twice(lambda _attempt: keep())


def _parts(form: CsvForm, *, behind: int) -> Iterator[Part]:
    reader, part = row_reader(), Part()
    found = records(opened_body(), COLUMNS, encoding=form.encoding, optional=OPTIONAL)
    for number, cells in found:
        if cells is None:
            said = "Has more or fewer cells than the header."
            read: Row | list[Problem] = [Problem(number, "", "cells_wrong", said)]
        else:
            # Those that are done are read as well: a later row may not repeat their numbers.
            read = reader.read(number, cells)
        if number <= behind:
            continue
        part.take(number, read)
        if part.full:
            yield part
            part = Part()
    if part.through > 1:
        yield part


def _at_once(form: CsvForm) -> Import:
    with _begin() as tx:
        run = begun(tx, key="", digest="", rows=form.rows, caller=principal(), id=None)
        for part in _parts(form, behind=run.done_through):
            run.advance(part.through, _came(tx, part))
        return run


def _came(tx: CustomerTransaction, part: Part) -> Report:
    came = carry_on(tx, part.rows, caller=principal())
    came.add(part.refused)
    return came


def _open(guard: Guard, rows: int) -> Import:
    with _begin() as tx:
        run = open_import(tx, key=guard.key, digest=guard.digest, rows=rows, caller=principal())
        if run.digest != guard.digest:
            raise Refusal(422, "idempotency_key_reused", "The key stands for another command.")
        return run


def _carry_on(guard: Guard, part: Part) -> None:
    with _begin() as tx:
        run = _held(tx, guard)
        if run.done_through < part.through:
            run.advance(part.through, _came(tx, part))


def _finish(guard: Guard) -> Import:
    with _begin() as tx:
        run = _held(tx, guard)
        run.finish(tx.now)
        return run


def _held(tx: CustomerTransaction, guard: Guard) -> Import:
    run = tx.imports.of_key(guard.principal, guard.key)
    if run is None:
        raise LookupError("the import is gone while it runs")
    return run


def _begin() -> Any:
    origin = Origin(
        actor=principal().id, correlation=request_id(), traceparent=current_traceparent()
    )
    return kit().begin(now=kit().clock.now(), origin=origin)
