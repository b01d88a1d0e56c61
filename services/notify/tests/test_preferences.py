"""What people opted out of: by kind and by channel, over HTTP, and what is sent all the same."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from notify.adapters.preferences import preferences as table
from notify.domain.delivery import CHANNELS
from notify.domain.message_states import State, Why
from notify.domain.messages import Intent, Message, Purpose, Urgency
from notify.domain.preferences import OptOut, Preferences
from notify.use_cases.preferences import keep_preferences, preferences_for_change
from shared.tables import audit

from .conftest import BOTH, COMPLAINT, CONTACT, HANDLER, MONDAY, REFUSED
from .test_case_news import described, news
from .test_quiet_hours import BECAUSE, held, planned_at

NOON = MONDAY
PLANNED = (State.PLANNED, None, None)
OPTED_OUT = (State.SUPPRESSED, Why.OPTED_OUT, None)
ADDRESSES = [
    {"channel": "smtp", "address": "li@example.com"},
    {"channel": "webhook", "address": "https://example.com/hook"},
]


def opt_out(office, *wishes, person=CONTACT):
    """The person wants none of ``(about, channel)``."""
    with office.open() as tx:
        kept = preferences_for_change(tx, person)
        keep_preferences(
            tx, kept, tuple(OptOut(about=about, channel=channel) for about, channel in wishes)
        )


@pytest.fixture
def contacted(office, smtp, webhook):
    office.contact(None, addresses=ADDRESSES)
    return office


BOTH_WAYS = ("smtp", "webhook")


@pytest.mark.rule("CM-18")
@pytest.mark.parametrize(
    ("wish", "purpose", "expected"),
    [
        (("promotion", None), Purpose.PROMOTION, OPTED_OUT),
        (("promotion", None), Purpose.CARE, PLANNED),
        (("care", None), Purpose.CARE, OPTED_OUT),
        (("care", None), Purpose.PROMOTION, PLANNED),
        (("spring", None), Purpose.CARE, OPTED_OUT),
        (("spring", None), Purpose.SERVICE, PLANNED),
        (("birthday", None), Purpose.CARE, PLANNED),
        ((None, "smtp"), Purpose.CARE, PLANNED),
    ],
)
def test_courtesies_of_which_a_contact_wants_none_are_not_said(contacted, wish, purpose, expected):
    opt_out(contacted, wish)
    message = planned_at(contacted, NOON, purpose=purpose, route=BOTH_WAYS)

    assert expected == held(message)
    if expected == OPTED_OUT:
        assert ("CM-18", "decency") == (message.state_because.rule, message.state_because.pack)


@pytest.mark.rule("CM-18")
@pytest.mark.parametrize("purpose", Purpose)
def test_the_next_channel_is_taken_where_one_is_not_wanted(contacted, smtp, webhook, purpose):
    opt_out(contacted, (None, "smtp"))
    planned_at(contacted, NOON, purpose=purpose, route=BOTH_WAYS)
    contacted.send()

    assert (0, 1) == (len(smtp.parcels), len(webhook.parcels))


@pytest.mark.rule("CM-18")
@pytest.mark.parametrize("purpose", Purpose)
def test_without_a_channel_that_is_wanted_service_alone_is_said(contacted, smtp, purpose):
    opt_out(contacted, (None, "smtp"), (None, "webhook"))
    message = planned_at(contacted, NOON, purpose=purpose, route=BOTH_WAYS)
    contacted.send()

    if purpose is Purpose.SERVICE:
        assert ("li@example.com", [State.SENT]) == (smtp.parcels[0].address, contacted.states())
    else:
        assert (OPTED_OUT, []) == (held(message), smtp.parcels)


def test_service_that_the_wanted_channel_refuses_goes_over_the_other(contacted, smtp, webhook):
    opt_out(contacted, (None, "smtp"))
    webhook.answers = [REFUSED]
    planned_at(contacted, NOON, purpose=Purpose.SERVICE, route=BOTH_WAYS)
    contacted.send()

    assert [("webhook", State.FAILED), ("smtp", State.SENT)] == [
        (channel, state) for channel, state, _ in contacted.lines()
    ]


def test_a_courtesy_that_the_wanted_channel_refuses_goes_nowhere_else(contacted, smtp, webhook):
    opt_out(contacted, (None, "smtp"))
    webhook.answers = [REFUSED]
    planned_at(contacted, NOON, route=BOTH_WAYS)
    contacted.send()

    assert ([State.FAILED], []) == (contacted.states(), smtp.parcels)


@pytest.mark.rule("CM-18")
@pytest.mark.parametrize(
    ("wish", "expected"),
    [(("care", None), "suppressed"), ((None, "smtp"), "webhook"), (("promotion", None), "smtp")],
)
def test_what_is_said_between_planning_and_sending_counts(contacted, wish, expected):
    planned_at(contacted, NOON, route=BOTH_WAYS)
    opt_out(contacted, wish)
    contacted.send()

    message = contacted.only()
    seen = "suppressed" if message.state is State.SUPPRESSED else message.channel
    assert (expected, expected == "suppressed") == (seen, message.state_reason == Why.OPTED_OUT)


@pytest.mark.rule("CM-18")
def test_news_of_a_case_reaches_who_wants_nothing(office, smtp):
    described(office)
    opt_out(office, ("care", None), ("promotion", None), (None, "smtp"), person=COMPLAINT)
    news(office, "progress", text="a")
    office.send()

    assert ["case_progress"] == [parcel.reason for parcel in smtp.parcels]


def test_staff_may_move_a_notice_to_another_channel(office, smtp, webhook):
    office.person(HANDLER, addresses=BOTH)
    opt_out(office, ("complaint_assigned", "smtp"), person=HANDLER)
    office.assigned(HANDLER)
    office.send()

    assert (0, 1) == (len(smtp.parcels), len(webhook.parcels))


@pytest.mark.parametrize(
    ("event", "person", "key"),
    [
        ("customer.contact_erased.v1", CONTACT, "contact_id"),
        ("complaint.case_contact_erased.v1", COMPLAINT, "case_id"),
    ],
)
def test_of_who_is_erased_no_preferences_are_kept(office, event, person, key):
    office.contact(None, addresses=ADDRESSES)
    described(office)
    opt_out(office, ("care", None), person=person)
    office.receive(event, {key: str(person)})

    with office.sessions() as session:
        assert [] == session.execute(select(table)).all()


words = st.sampled_from([None, "care", "promotion", "service", "spring", "birthday"])
ways = st.sampled_from([None, *CHANNELS])


@given(
    wishes=st.sets(st.tuples(words, ways), max_size=8),
    purpose=st.sampled_from(Purpose),
    reach=st.lists(st.sampled_from(CHANNELS), unique=True),
)
def test_service_is_never_refused_and_a_courtesy_goes_only_where_it_is_wanted(
    wishes, purpose, reach
):
    said = Intent(
        reason="spring",
        subject="x/1",
        occurrence="1",
        person_id=CONTACT,
        org_unit="shop-01",
        template="birthday_greeting",
        urgency=Urgency.NORMAL,
        route=tuple(reach),
        words={},
        because=BECAUSE,
        expires_at=MONDAY,
        purpose=purpose,
    )
    message = Message.of(said, id=UUID(int=1), now=MONDAY)
    opted = tuple(OptOut(about=about, channel=channel) for about, channel in wishes)
    kept = Preferences(person_id=CONTACT, opt_outs=opted)
    order = kept.in_order(message, reach)

    if purpose is Purpose.SERVICE:
        assert not kept.refuse(message, reach)
        assert sorted(order) == sorted(reach)
    else:
        assert kept.refuse(message, reach) or bool(order) == bool(reach)
        assert not {*order} & kept.avoided(message)


OWN = "/v1/own-preferences"
WISH = {"about": "promotion", "channel": None}


def test_the_staff_keeps_preferences_of_its_own(office, as_):
    person = as_("repair_worker", subject=str(HANDLER))
    before = person.get(OWN)
    answer = person.put(OWN, {"opt_outs": [WISH]}, version=0)
    stale = person.put(OWN, {"opt_outs": []}, version=0)
    after = person.get(OWN)
    removed = person.put(OWN, {"opt_outs": []}, version=1)

    assert ([], '"0"') == (before.json["opt_outs"], before.headers["ETag"])
    assert (200, {"person_id": str(HANDLER), "opt_outs": [WISH]}) == (
        answer.status_code,
        answer.json,
    )
    assert (412, "version_stale") == (stale.status_code, stale.json["code"])
    assert ([WISH], '"1"') == (after.json["opt_outs"], after.headers["ETag"])
    assert (200, []) == (removed.status_code, removed.json["opt_outs"])
    with office.sessions() as session:
        rows = session.execute(select(audit)).all()
    assert [("preferences.changed", f"contact/{HANDLER}", str(HANDLER))] * 2 == [
        (row.action, row.subject, row.actor) for row in rows
    ]


def test_a_token_that_names_no_person_has_no_preferences(as_):
    answer = as_("repair_worker").get(OWN)

    assert (403, "person_unknown") == (answer.status_code, answer.json["code"])


def test_agents_write_down_what_contacts_want_in_their_own_unit(office, as_):
    office.contact(None, addresses=ADDRESSES)
    path = f"/v1/contacts/{CONTACT}/preferences"
    answer = as_("customer_service_team", unit="shop-01").put(
        path, {"opt_outs": [WISH, {"about": None, "channel": "sms"}]}, version=0
    )
    elsewhere = as_("customer_service_team", unit="shop-03")
    seen = as_("auditor").get(path)
    staff = as_("auditor").get(f"/v1/contacts/{HANDLER}/preferences")

    assert (200, seen.json) == (answer.status_code, answer.json)
    assert {404} == {
        elsewhere.get(path).status_code,
        elsewhere.put(path, {"opt_outs": []}, version=1).status_code,
        staff.status_code,
    }


def test_nothing_is_written_down_for_who_was_erased(office, as_):
    office.contact(None, addresses=ADDRESSES)
    office.receive("customer.contact_erased.v1", {"contact_id": str(CONTACT)})
    path = f"/v1/contacts/{CONTACT}/preferences"
    answer = as_("customer_service_team").put(path, {"opt_outs": [WISH]}, version=0)

    assert 404 == answer.status_code
    with office.sessions() as session:
        assert [] == session.execute(select(table)).all()


@pytest.mark.parametrize(
    "wishes",
    [
        [{"about": None, "channel": None}],
        [{"about": "service", "channel": None}],
        [{"about": "Everything!", "channel": None}],
        [{"about": "care", "channel": "pigeon"}],
        [{"about": "care"}],
        [WISH, WISH],
        [{"about": f"a{'b' * n}", "channel": None} for n in range(51)],
    ],
)
def test_what_cannot_be_opted_out_of_is_refused_and_changes_nothing(office, as_, wishes):
    person = as_("repair_worker", subject=str(HANDLER))
    answer = person.put(OWN, {"opt_outs": wishes}, version=0)

    assert (422, []) == (answer.status_code, person.get(OWN).json["opt_outs"])
