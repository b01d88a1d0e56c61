"""Opting out by the link of a promotion: in the mail, by one click, and once for all (RFC 8058)."""

from functools import partial

import pytest
from sqlalchemy import select
from werkzeug.test import Client

from notify import api
from notify.adapters.opt_out_links import PATH
from notify.adapters.preferences import preferences as table
from notify.adapters.transaction import NotifyTransaction
from notify.domain.message_states import State, Why
from notify.domain.messages import Purpose
from notify.main import RULEBOOK
from notify.settings import Settings
from shared.settings import SettingsFault
from shared.tables import audit
from shared.transaction import beginner
from shared.web.app import create_app
from shared.web.kit import Kit
from shared.web.testing import Issuer

from .conftest import CONTACT, MONDAY, Office
from .test_birthdays import MAIL
from .test_preferences import opt_out
from .test_quiet_hours import held, planned_at
from .test_settings import BASE

PUBLIC = "https://care.example.com/notify"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def begin(sessions, rulebook):
    kind = partial(NotifyTransaction, rulebook=rulebook, public_url=PUBLIC)
    return beginner(sessions, kind, "notify")


@pytest.fixture
def anybody(office: Office) -> Client:
    kit = Kit(
        service="notify",
        sessions=office.sessions,
        begin=office.begin,
        clock=office.clock,
        verifier=Issuer().verifier("notify"),
        outbox_age=lambda: 0.0,
        migrated=lambda _session: True,
    )
    blueprints = api.blueprints(RULEBOOK, lambda _kit: office.desk, lambda _kit: office.press)(kit)
    app = create_app("notify", blueprints=blueprints, kit=kit, title="Huiyin notify")
    return app.test_client()


def link_of(office, smtp, purpose=Purpose.PROMOTION):
    """The link in a mail of that purpose; the part behind the public address."""
    office.contact(None, addresses=MAIL)
    planned_at(office, MONDAY, purpose=purpose, occurrence=str(len(smtp.parcels)))
    office.send()
    link = smtp.parcels[-1].opt_out
    return link and link.removeprefix(PUBLIC)


def kept(office):
    with office.sessions() as session:
        return [row.opt_outs for row in session.execute(select(table))]


@pytest.mark.rule("CM-18")
def test_who_clicks_once_gets_no_promotion_any_more(office, smtp, anybody):
    link = link_of(office, smtp)
    answers = [anybody.post(link, data=ONE_CLICK) for _ in range(2)]
    later = planned_at(office, MONDAY, purpose=Purpose.PROMOTION, occurrence="later")
    care = planned_at(office, MONDAY, purpose=Purpose.CARE, occurrence="care")

    assert [(200, {"opted_out": "promotion"})] * 2 == [(a.status_code, a.json) for a in answers]
    assert (State.SUPPRESSED, Why.OPTED_OUT, None) == held(later)
    assert State.PLANNED is care.state
    with office.sessions() as session:
        rows = session.execute(select(audit)).all()
    message = link.split("/")[-2]
    assert [("preferences.changed", f"contact/{CONTACT}", f"message/{message}")] == [
        (row.action, row.subject, row.actor) for row in rows
    ]


def test_what_he_opted_out_of_before_stays(office, smtp, anybody):
    opt_out(office, (None, "sms"))
    anybody.post(link_of(office, smtp), data=ONE_CLICK)

    ((first, second),) = kept(office)
    assert ((None, "sms"), ("promotion", None)) == (
        (first.about, first.channel),
        (second.about, second.channel),
    )


@pytest.mark.parametrize("purpose", [Purpose.CARE, Purpose.SERVICE])
def test_a_promotion_alone_has_a_link(office, smtp, purpose):
    assert link_of(office, smtp, purpose) is None


def test_to_look_at_the_link_changes_nothing(office, smtp, anybody):
    page = anybody.get(link_of(office, smtp))

    assert (200, "text/html") == (page.status_code, page.mimetype)
    assert '<form method="post">' in page.text
    assert "form-action 'self'" in page.headers["Content-Security-Policy"]
    assert [] == kept(office)


@pytest.mark.parametrize("altered", ["code", "message", "service"])
def test_a_link_that_was_made_up_opens_nothing(office, smtp, anybody, altered):
    link = link_of(office, smtp)
    *way, message, code = link.split("/")
    if altered == "code":
        code = "A" * len(code)
    if altered == "message":
        message = str(CONTACT)
    if altered == "service":
        care = planned_at(office, MONDAY, purpose=Purpose.CARE, occurrence="care")
        with office.open() as tx:
            message, code = (tx.opt_out_links.of(care.id) or "").split("/")[-2:]
    answer = anybody.post("/".join((*way, message, code)), data=ONE_CLICK)

    assert (404, "not_found", []) == (answer.status_code, answer.json["code"], kept(office))


def test_no_two_messages_have_one_code(office, smtp):
    codes = {link_of(office, smtp).split("/")[-1]}
    office.clock.at = MONDAY
    with office.open() as tx:
        codes.add((tx.opt_out_links.of(CONTACT) or "").split("/")[-1])

    assert [26, 26] == [len(code) for code in codes]


def test_of_who_was_erased_nothing_is_kept(office, smtp, anybody):
    link = link_of(office, smtp)
    office.receive("customer.contact_erased.v1", {"contact_id": str(CONTACT)})
    answer = anybody.post(link, data=ONE_CLICK)

    assert (200, []) == (answer.status_code, kept(office))


def test_calls_without_a_token_are_counted(office, anybody):
    made_up = f"{PATH}/{CONTACT}/{'A' * 26}"
    codes = [anybody.post(made_up, data=ONE_CLICK).status_code for _ in range(61)]

    assert ([404] * 60, 429) == (codes[:60], codes[60])


def test_without_a_public_address_there_is_no_link_and_none_opens(rulebook, office):
    plain = beginner(office.sessions, partial(NotifyTransaction, rulebook=rulebook), "notify")
    with plain(now=MONDAY) as tx:
        assert tx.opt_out_links.of(CONTACT) is None
        assert not tx.opt_out_links.opens(CONTACT, "A" * 26)


def test_a_public_address_needs_the_key_that_makes_the_codes():
    assert PUBLIC == Settings(**BASE, public_url=PUBLIC, index_key="given").public_url
    with pytest.raises(SettingsFault, match="NOTIFY_INDEX_KEY"):
        Settings(**BASE, public_url=PUBLIC)
