"""What can wait is collected, and said once a day in one message with a list."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notify.domain.delivery import Outcome, Result
from notify.domain.digests import MOST_OF_ONE, DigestRule, line_of, numbered, portions
from notify.domain.message_states import State, Why
from notify.domain.messages import Purpose, Urgency
from notify.domain.template_words import TEMPLATES
from notify.domain.templates import Wording
from notify.use_cases.messages import withdraw_message
from notify.use_cases.planning import plan
from shared.placeholders import PASSAGE_LENGTH
from shared.rules import WrongState
from shared.testing import examples

from .conftest import AWAY, BOTH, HANDLER, MANAGER, REFUSED
from .test_quiet_hours import held, intent, local

LOW = "dispatch.book_stock_low.v1"
NOON = local("2026-03-02T12:00:00")
NINE = local("2026-03-03T09:00:00")
WAITS = (State.HELD, Why.DIGEST, NINE)
ZONES = ("Asia/Shanghai", "America/New_York", "Pacific/Chatham", "UTC")


def stock_is_low(office, *, unit="shop-01", sequence=1, to=HANDLER):
    told = {**examples(LOW)[0], "org_unit": unit, "owner_ids": [str(to)], "in_stock": sequence}
    office.receive(LOW, told, sequence=sequence)


def collected(office, count=2, **facts):
    office.clock.at = NOON.astimezone(UTC)
    office.person(HANDLER, addresses=BOTH)
    for number in range(1, count + 1):
        stock_is_low(office, sequence=number, **facts)


def the_digest(office):
    (found,) = office.ledger(reason="digest")
    return found


def items(office):
    return [one for one in office.ledger() if one.reason != "digest"]


@pytest.mark.rule("CM-18")
def test_what_can_wait_is_collected_and_said_in_one_message_the_next_morning(office, smtp):
    collected(office, 2)
    waiting = [held(one) for one in office.ledger()]
    office.send()
    office.fire(at=NINE - timedelta(microseconds=1))
    office.send()
    before = len(smtp.parcels)
    office.fire(at=NINE)
    office.send()

    assert ([WAITS, WAITS], 0) == (waiting, before)
    (parcel,) = smtp.parcels
    assert ("digest", "digest", "通知汇总(共 2 条)") == (
        parcel.reason,
        parcel.template,
        parcel.title,
    )
    assert "1. 空白工作单库存不足\n   shop-01 的空白工作单库存仅剩 1 本,请安排采购。" in parcel.body
    assert "2. 空白工作单库存不足\n   shop-01 的空白工作单库存仅剩 2 本" in parcel.body
    digest = the_digest(office)
    assert (State.SENT, digest.id, "CM-18") == (digest.state, digest.digest_id, digest.because.rule)
    for one in items(office):
        assert (State.SENT, "smtp", digest.id) == (one.state, one.channel, one.digest_id)
        assert (digest.sent_at, "WO-03") == (one.sent_at, one.because.rule)
        assert ["message.held", "message.held", "message.sent"] == office.journal(one)


@pytest.mark.rule("CM-18")
@pytest.mark.parametrize("reason", ["book_stock_low", "phrase_flagged", "training_ended"])
def test_the_house_collects_what_can_wait_for_its_staff(office, reason):
    office.clock.at = NOON.astimezone(UTC)
    office.person(HANDLER)
    message = planned(office, reason=reason)

    assert WAITS == held(message)
    assert ("decency", "CM-18") == (message.state_because.pack, message.state_because.rule)


def planned(office, **facts):
    with office.open() as tx:
        said = {
            "person_id": HANDLER,
            "template": "book_stock_low",
            "words": {"org_unit": "shop-01", "in_stock": "1"},
            "purpose": Purpose.SERVICE,
            "customer_id": None,
            "reason": "book_stock_low",
        }
        made = plan(tx, intent(tx, **{**said, **facts}))
        made_id = made.id
    return next(one for one in office.ledger() if one.id == made_id)


@pytest.mark.parametrize(
    "facts",
    [
        {"urgency": Urgency.HIGH},
        {"reason": "book_pages_lost"},
        {"expires_at": NINE - timedelta(seconds=1)},
    ],
)
def test_what_is_urgent_or_would_be_too_late_is_not_collected(office, facts):
    office.clock.at = NOON.astimezone(UTC)
    office.person(HANDLER)

    assert (State.PLANNED, None, None) == held(planned(office, **facts))


def test_what_stands_alone_is_said_as_it_is(office, smtp):
    collected(office, 1)
    office.fire(at=NINE)
    office.send()

    assert ["book_stock_low"] == [parcel.reason for parcel in smtp.parcels]
    assert [State.SENT] == office.states()


@pytest.mark.rule("CM-18")
def test_what_comes_at_nine_itself_waits_for_the_next_morning(office, smtp):
    collected(office, 2)
    office.fire(at=NINE)
    stock_is_low(office, sequence=3)
    stock_is_low(office, sequence=4)
    office.fire(at=NINE + timedelta(days=1))
    office.send()

    assert ["通知汇总(共 2 条)"] * 2 == [parcel.title for parcel in smtp.parcels]
    assert {State.SENT} == {*office.states()}


def test_each_person_has_a_digest_of_his_own(office, smtp):
    office.person(MANAGER)
    collected(office, 2)
    for number in (3, 4, 5):
        stock_is_low(office, sequence=number, to=MANAGER)
    office.fire(at=NINE)
    office.send()

    told = {parcel.person_id: parcel.title for parcel in smtp.parcels}
    assert told == {HANDLER: "通知汇总(共 2 条)", MANAGER: "通知汇总(共 3 条)"}


def test_a_digest_belongs_to_the_lowest_unit_that_has_all_of_it(office):
    collected(office, 1)
    stock_is_low(office, unit="shop-03", sequence=2)
    office.fire(at=NINE)

    assert "sales-centre" == the_digest(office).org_unit


def test_a_long_list_is_told_in_parts(office, smtp):
    count = 200
    collected(office, count)
    office.fire(at=NINE)
    office.send()

    assert len(smtp.parcels) > 1
    said = "".join(parcel.body for parcel in smtp.parcels)
    assert all(f"仅剩 {number} 本" in said for number in range(1, count + 1))
    assert {State.SENT} == {*office.states()}


def test_another_zone_is_another_nine_o_clock(office, smtp):
    collected(office, 2)
    office.person(HANDLER, addresses=BOTH, zone="Asia/Tokyo")
    office.fire(at=NINE - timedelta(hours=1))
    office.send()
    office.fire(at=NINE)
    office.send()

    assert 1 == len(smtp.parcels)


def test_who_left_in_the_meantime_is_told_nothing(office, smtp):
    collected(office, 2)
    office.person(HANDLER, active=False)
    office.fire(at=NINE)
    office.send()

    assert [(State.SUPPRESSED, Why.CONTACT_INACTIVE)] * 2 == [
        (one.state, one.state_reason) for one in office.ledger()
    ]
    assert [] == smtp.parcels


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([Outcome(Result.DELIVERED)], [("digest", State.SENT)] + [("item", State.SENT)] * 2),
        (
            [REFUSED, REFUSED],
            [("item", State.FAILED)] * 2 + [("digest", State.FAILED)],
        ),
        (
            [Outcome(Result.DOUBTFUL, "smtp_interrupted")],
            [("item", State.UNKNOWN)] * 2 + [("digest", State.UNKNOWN)],
        ),
        ([AWAY], [("item", State.HELD)] * 2 + [("digest", State.PLANNED)]),
    ],
)
def test_what_stands_in_a_digest_goes_its_way(office, smtp, answers, expected):
    collected(office, 2)
    smtp.answers = answers
    office.fire(at=NINE)
    office.send()

    seen = [("digest" if one.reason == "digest" else "item", one.state) for one in office.ledger()]
    assert sorted(expected) == sorted(seen)


def test_a_digest_that_one_channel_refuses_goes_over_the_next_with_all_that_stands_in_it(
    office, smtp, webhook
):
    collected(office, 2)
    smtp.answers = [REFUSED]
    office.fire(at=NINE)
    office.send()

    assert [("smtp", State.FAILED), ("webhook", State.SENT)] == [
        (one.channel, one.state) for one in office.ledger(reason="digest")
    ]
    assert [("webhook", State.SENT)] * 2 == [(one.channel, one.state) for one in items(office)]


def test_what_stands_in_a_digest_is_neither_withdrawn_nor_released_alone(office, smtp):
    collected(office, 2)
    office.fire(at=NINE)
    office.person(HANDLER, addresses=BOTH, name="王大明")
    one = items(office)[0]
    with office.open() as tx, pytest.raises(WrongState):
        tx.messages.locked(one.id).cancel(Why.WITHDRAWN, tx.now)
    office.send()

    assert ["digest"] == [parcel.reason for parcel in smtp.parcels]


def test_a_digest_that_is_withdrawn_takes_along_what_stands_in_it(office):
    collected(office, 2)
    office.fire(at=NINE)
    with office.open() as tx:
        withdraw_message(tx, tx.messages.locked(the_digest(office).id), reason="a mistake")

    assert {(State.CANCELLED, Why.WITHDRAWN)} == {
        (one.state, one.state_reason) for one in office.ledger()
    }


def test_the_template_of_digests_has_all_their_words():
    assert {"name", "count", "list"} == TEMPLATES["digest"]


@given(st.lists(st.text(alphabet="ab\n", max_size=2 * MOST_OF_ONE), max_size=12))
def test_no_line_of_a_digest_is_lost_or_cut_off_by_the_next(bodies):
    lines = [line_of(Wording(title="t", body=body), name="x") for body in bodies]
    parts = list(portions(lines))

    assert [*range(len(lines))] == [index for part in parts for index in part]
    assert all(len(numbered([lines[n] for n in part])) <= PASSAGE_LENGTH for part in parts)


@given(
    now=st.integers(0, 3 * 365 * 86_400).map(
        lambda seconds: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    ),
    zone=st.sampled_from(ZONES),
    at=st.times().map(lambda one: one.replace(second=0, microsecond=0)),
)
def test_the_next_digest_is_later_within_a_day_and_at_its_time_where_clocks_show_it(now, zone, at):
    found = DigestRule(at=at, template="digest", channels=("log",), valid_hours=1).next(now, zone)
    here = found.astimezone(ZoneInfo(zone))

    assert now < found <= now + timedelta(hours=25, minutes=1)
    assert here.time() == at or here.utcoffset() != (here - timedelta(hours=2)).utcoffset()
