"""Mails that came back: the route, and a mail of a unit that a server took."""

from uuid import UUID

from notify.domain.contacts import Address, Contact, ContactKind
from notify.domain.message_states import State
from notify.domain.messages import Intent, Urgency
from notify.use_cases.contacts import keep_contact
from notify.use_cases.planning import plan
from shared.ids import new_id
from shared.rules import Because

from .cast import NOW
from .routes import Route, post
from .served import Served

REPORT = """From: MAILER-DAEMON@mx.example.com
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; zhao@example.com
Action: failed
Status: 5.1.1

--b
Content-Type: text/rfc822-headers

Message-ID: <{mail}@example.com>

--b--
"""
ROUTES: dict[str, Route] = {"bounces.take_bounce": post("/v1/bounces", {"report": REPORT})}


def mailed(served: Served, unit: str) -> dict[str, str]:
    """A mail to a member of the staff."""
    person = Contact(
        id=new_id(),
        kind=ContactKind.PERSON,
        active=True,
        name="Zhao",
        language="en",
        zone="UTC",
        addresses=(Address("smtp", "zhao@example.com"),),
    )
    with served.parts.begin(now=NOW) as tx:
        keep_contact(tx, person)
        message = plan(tx, notice(person.id, unit, route=("smtp",)))
        assert message is not None
        message.state = State.SENT
    return {"mail": str(message.id)}


def notice(person_id: UUID, unit: str, *, route: tuple[str, ...]) -> Intent:
    """What is to be said to somebody about a complaint of a unit."""
    return Intent(
        reason="complaint_assigned",
        subject=f"complaint/{new_id()}",
        occurrence="once",
        person_id=person_id,
        org_unit=unit,
        template="birthday_greeting",
        urgency=Urgency.NORMAL,
        route=route,
        words={},
        because=Because(pack="generic", version="1", clause="1", rule="CM-01"),
        expires_at=NOW.replace(year=2027),
    )
