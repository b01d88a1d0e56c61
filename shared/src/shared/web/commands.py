"""The transaction around a view: one that commits for commands, one that only reads for queries.

@blp.post("")
@allow("agent")
@command
@blp.arguments(FileComplaintSchema)
@blp.response(201, ComplaintSchema)
def file_complaint(asked): ...
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import Response, g, request
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from shared.envelope import Origin
from shared.tracing import current_traceparent
from shared.transaction import reading
from shared.web import bodies, etags, idempotency
from shared.web.auth import principal
from shared.web.correlation import request_id
from shared.web.kit import kit
from shared.web.retrying import Attempt, twice

P = ParamSpec("P")
T = TypeVar("T")
VERSIONED = ("PUT", "PATCH")


def command(view: Callable[P, Any]) -> Callable[P, Response]:
    """Run the view of a POST, PUT, PATCH or DELETE in one transaction, which ``tx()`` gives.

    A POST needs an ``Idempotency-Key``: repeated by the same caller with the same body, it gets the
    stored answer and changes nothing. A PUT or PATCH must ask for the version that the caller saw
    (``check_version`` or ``required_version``). A transaction that lost against another, or its
    connection, is tried once more.
    """

    @wraps(view)
    def run(*args: P.args, **kwargs: P.kwargs) -> Response:
        keyed = request.method == "POST" and not getattr(view, "keyless", False)
        guard = idempotency.Guard.of_request() if keyed else None
        if getattr(view, "reveals", False):
            guard = None
        if request.method in VERSIONED:
            etags.demand()
        return twice(lambda attempt: _once(lambda: view(*args, **kwargs), guard, attempt))

    run.kind = "command"  # type: ignore[attr-defined]
    return run


def revealing(view: Callable[P, Any]) -> Callable[P, Any]:
    """Mark a command whose answer shows personal data: the answer is not kept for repetitions.

    Placed directly above the view. Sent again, the command runs again, and is audited again.
    """
    view.reveals = True  # type: ignore[attr-defined]
    return view


def keyless(view: Callable[P, Any]) -> Callable[P, Any]:
    """Mark a command that comes to the same however often it is sent, from programs that know no
    ``Idempotency-Key``, as those that read mail.

    Placed directly above the view. Sent again, the command runs again.
    """
    view.keyless = True  # type: ignore[attr-defined]
    return view


def query(view: Callable[P, Any]) -> Callable[P, Response]:
    """Run the view of a GET in a session that only reads, which ``session()`` gives."""

    @wraps(view)
    def run(*args: P.args, **kwargs: P.kwargs) -> Response:
        return twice(lambda _attempt: _read(lambda: view(*args, **kwargs)))

    run.kind = "query"  # type: ignore[attr-defined]
    return run


def read_first(read: Callable[[], T]) -> T:
    """What ``read`` finds by ``session()``, which is closed again: for a view without a decorator
    of this module, which then works on it for long."""
    return twice(lambda _attempt: _within_session(read))


def tx() -> Any:
    """The open transaction of the running command, of the service's own Transaction class."""
    return g.tx


def session() -> Session:
    """The session of the running query, or of the running command."""
    if "session" in g:
        reads: Session = g.session
        return reads
    writes: Session = g.tx.session
    return writes


def flush() -> None:
    """Write the changes of the running command, so that an answer shows what the database holds."""
    if "tx" in g:
        g.tx.session.flush()


def _once(view: Callable[[], Any], guard: idempotency.Guard | None, attempt: Attempt) -> Response:
    try:
        return _commit(view, guard, attempt)
    except (DBAPIError, StaleDataError):
        raise  # Where it is tried again, the key is looked up first.
    except Exception:
        # What stands in the way may be what the same command changed, sent before or at once.
        stored = guard.look_up_apart() if guard else None
        if stored is None:
            raise
        return stored
    finally:
        g.pop("tx", None)


def _commit(view: Callable[[], Any], guard: idempotency.Guard | None, attempt: Attempt) -> Response:
    with kit().begin(now=kit().clock.now(), origin=_origin()) as opened:
        g.tx = opened
        bodies.rewind()
        # Nearly no command is a repeated one. One that is finds its key when it is to be stored,
        # and looks it up in its second try, unless its large body makes it costly to come so far.
        looks = guard and (attempt.again or bodies.may_be_large())
        stored = guard.look_up(opened.session) if guard and looks else None
        if stored is not None:
            return stored
        response = _finished(view())
        if request.method in VERSIONED and not etags.was_required():
            raise TypeError("a view that changes a thing has to ask which version was seen")
        if guard:
            guard.store(opened, response)
        attempt.committing = True
    return response


def _read(view: Callable[[], Any]) -> Response:
    return _within_session(lambda: _finished(view()))


def _within_session(read: Callable[[], T]) -> T:
    with reading(kit().sessions) as opened:
        g.session = opened
        try:
            return read()
        finally:
            g.pop("session", None)


def _finished(answered: Any) -> Response:
    if not isinstance(answered, Response):
        raise TypeError("a view under @command or @query needs @blp.response below it")
    etags.apply(answered)
    if answered.status_code == 204:
        answered.set_data(b"")
        del answered.headers["Content-Type"]
    return answered


def _origin() -> Origin:
    return Origin(actor=principal().id, correlation=request_id(), traceparent=current_traceparent())
