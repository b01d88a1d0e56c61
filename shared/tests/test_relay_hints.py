"""Hints where there are none to send: SQLite has no NOTIFY, and nothing may depend on it."""

import threading

from shared.database import connect
from shared.hints import listen, teller


def test_on_sqlite_a_hint_goes_nowhere_and_starts_nothing() -> None:
    engine = connect("sqlite://", application="test")
    before = threading.active_count()
    woken: list[None] = []
    stop = listen(engine, lambda: woken.append(None))
    told = teller(engine)
    for _ in range(3):
        told()
    assert ([], before) == (woken, threading.active_count())
    stop()
    engine.dispose()
