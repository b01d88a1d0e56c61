"""Another system subscribes to events, is away for a moment, and gets each of them in order."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from typing import cast as as_type

from standardwebhooks import Webhook

from demo.cast import Cast

SUBSCRIPTIONS = "/notify/v1/subscriptions"
TYPES = ["complaint.filed.v1", "complaint.assigned.v1", "complaint.first_contact_made.v1"]


class Partner(ThreadingHTTPServer):
    """The system of a partner: it verifies what comes, and is not up when the first event does."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.secret = ""
        self.subscription = ""
        self.tries = 0
        self.heard: list[dict[str, Any]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/events"


class _Answering(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        partner = as_type(Partner, self.server)
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        event = Webhook(partner.secret).verify(body, dict(self.headers))
        partner.tries += 1
        up = partner.tries > 1
        if up:
            partner.heard.append(event)
        self.send_response(204 if up else 503)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        return None


@contextmanager
def listening(cast: Cast) -> Iterator[Partner]:
    """A partner that has subscribed to complaints, until the end of the block."""
    partner = Partner()
    thread = threading.Thread(target=partner.serve_forever, daemon=True)
    thread.start()
    owner = cast.person("notification_administrator")
    asked = {
        "url": partner.url,
        "event_types": TYPES,
        "org_unit": "hq",
        "description": "The partner's ERP",
        "ordered": True,
        "owner_id": owner.id,
    }
    made = cast.acts("notification_administrator").post(SUBSCRIPTIONS, asked)
    partner.secret, partner.subscription = made["secret"], made["subscription_id"]
    try:
        yield partner
    finally:
        partner.shutdown()
        partner.server_close()
        thread.join()


def partner_has_heard(cast: Cast, partner: Partner, complaint: str) -> None:
    """What the partner got of a complaint; its subscription then ends."""
    tell = cast.telling
    tell.chapter("A partner's system hears of complaints")
    path = f"{SUBSCRIPTIONS}/{partner.subscription}"
    administrator = cast.acts("notification_administrator")
    _wait(cast, path)
    owed = list(cast.listed("notification_administrator", f"{path}/deliveries"))
    for event in partner.heard:
        tell.say("the partner", f"verifies and takes {event['type']}", at=event["time"])
    tell.expect("nothing is owed to it", {"delivered"}, {one["state"] for one in owed})
    own = [one["sequence"] for one in partner.heard if one["subject"] == f"complaint/{complaint}"]
    tell.expect("it heard of the complaint, in order", sorted(set(own)), own or None)
    first = administrator.get(f"{path}/deliveries/{partner.heard[0]['id']}")
    statuses = [one["status"] for one in reversed(first["tries"])]
    tell.expect("it was away at first, and was tried again", [503, 204], statuses)
    administrator.post(f"{path}/removals")


def _wait(cast: Cast, path: str) -> None:
    """Pauses are of real time, some seconds here; nothing else waits for them."""
    pause = threading.Event()
    for _ in range(300):
        cast.settle()
        waiting = cast.listed("notification_administrator", f"{path}/deliveries", state="waiting")
        if not list(waiting):
            return
        pause.wait(0.1)
