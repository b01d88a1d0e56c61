"""Letters: the routes, and letters of a unit that wait to be posted and that were."""

from notify.domain.contacts import Address, Contact, ContactKind
from notify.domain.message_states import State, Why
from notify.use_cases.contacts import keep_contact
from notify.use_cases.planning import plan
from shared.ids import new_id

from .cast import NOW
from .notify_bounces import notice
from .routes import Route, get, post
from .served import Served

ROUTES: dict[str, Route] = {
    "letters.list_letters": get("/v1/letters", lists="letter"),
    "letters.get_letter_pdf": get("/v1/letters/{letter}/pdf"),
    "letters.post_printed": post("/v1/letters/{letter}/postings", {}),
    "letters.take_back": post("/v1/letters/{posted_letter}/returns", {}),
}


def printed(served: Served, unit: str) -> dict[str, str]:
    """Two letters to a member of the staff, of which one is posted."""
    person = Contact(
        id=new_id(),
        kind=ContactKind.PERSON,
        active=True,
        name="Zhao",
        language="en",
        zone="UTC",
        addresses=(Address("print", "1 Care Road"),),
    )
    with served.parts.begin(now=NOW) as tx:
        keep_contact(tx, person)
        made = [plan(tx, notice(person.id, unit, route=("print",))) for _ in range(2)]
        waiting, posted = (message for message in made if message is not None)
        waiting.state, waiting.state_reason = State.HELD, Why.TO_BE_POSTED
        posted.state = State.SENT
    return {"letter": str(waiting.id), "posted_letter": str(posted.id)}
