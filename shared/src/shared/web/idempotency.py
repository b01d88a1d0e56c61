"""``Idempotency-Key``: a POST that is sent again gets the answer of the first, and does nothing.

The answer is stored in the transaction of the command, so it exists exactly when its effect does.
"""

import re
from dataclasses import asdict, dataclass
from typing import Any, Self

from flask import Response, request
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from shared.tables import idempotency_keys
from shared.transaction import Transaction, reading
from shared.web import bodies
from shared.web.auth import principal
from shared.web.kit import kit
from shared.web.problems import Problem

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
FORM = re.compile(r"[\x21-\x7e]{1,200}")
KEPT_HEADERS = ("Content-Type", "ETag", "Location")

# Made once, for every POST needs them.
GIVEN = select(idempotency_keys).where(
    idempotency_keys.c.key == bindparam("own_key"),
    idempotency_keys.c.principal == bindparam("caller"),
)


@dataclass(frozen=True)
class Guard:
    """One POST as its key, its caller and its content identify it."""

    key: str
    principal: str
    route: str
    digest: str

    @classmethod
    def of_request(cls) -> Self:
        """The guard of the running request. Raises Problem 400 ``idempotency_key_missing``."""
        key = request.headers.get(HEADER, "")
        if not FORM.fullmatch(key):
            raise Problem(
                400, "idempotency_key_missing", f"{HEADER} takes 1 to 200 visible ASCII characters."
            )
        content = bodies.digest(f"{request.full_path}\n")
        return cls(key, principal().id, str(request.url_rule), content)

    def look_up(self, session: Session) -> Response | None:
        """The answer that was given, or None.

        Raises Problem 422 ``idempotency_key_reused`` when the key stands for another command.
        """
        row = session.execute(GIVEN, {"own_key": self.key, "caller": self.principal}).one_or_none()
        if row is None:
            return None
        if (row.route, row.digest) != (self.route, self.digest):
            raise Problem(422, "idempotency_key_reused", "The key stands for another command.")
        return _replayed(row)

    def look_up_apart(self) -> Response | None:
        """The same, in a session of its own."""
        with reading(kit().sessions) as session:
            return self.look_up(session)

    def store(self, tx: Transaction, response: Response) -> None:
        """Keep a successful answer; it commits with the command."""
        if not 200 <= response.status_code < 300:
            return
        tx.keep_answer(
            **asdict(self),
            status=response.status_code,
            headers={
                name: response.headers[name] for name in KEPT_HEADERS if name in response.headers
            },
            body=response.get_data(as_text=True),
            created_at=tx.now,
        )


def _replayed(row: Any) -> Response:
    response = Response(row.body, status=row.status, headers={**row.headers, REPLAYED: "true"})
    if "Content-Type" not in row.headers:
        del response.headers["Content-Type"]
    return response
