"""Links by which whoever gets a mail opts out of promotions, without a token (RFC 8058)."""

from hmac import compare_digest
from uuid import UUID

from sqlalchemy.orm import Session

from notify.adapters.columns import metadata
from shared.call_limits import call_bucket_table
from shared.codes import spelt
from shared.encrypted_columns import encryption_of

PATH = "/v1/public/opt-outs"  # below the public address of the service
call_buckets = call_bucket_table(metadata)


class OptOutLinks:
    """The links of one database session. Their codes are made from the ids of messages with the
    index key: nobody else can make one, and nothing is kept of them."""

    def __init__(self, session: Session, public_url: str) -> None:
        self._session = session
        self._public_url = public_url

    def of(self, message_id: UUID) -> str | None:
        """The link in a message; None where the service has no public address."""
        if not self._public_url:
            return None
        return f"{self._public_url}{PATH}/{message_id}/{self._code(message_id)}"

    def opens(self, message_id: UUID, code: str) -> bool:
        """Whether a code is that of the message; none is where the service has no public
        address."""
        return bool(self._public_url) and compare_digest(
            self._code(message_id).encode(), code.encode()
        )

    def _code(self, message_id: UUID) -> str:
        secret = encryption_of(self._session).index(str(message_id), "messages", "opt_out")
        return spelt(secret)
