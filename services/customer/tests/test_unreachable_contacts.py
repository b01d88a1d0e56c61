"""Addresses at which notify reached nobody are asked for anew (E-47, CF-14)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from shared.tables import journal
from shared.testing import examples


@pytest.fixture
def hear(desk, contact):
    """Notify tells that it reached nobody, a minute from now."""

    def told(*, after=timedelta(minutes=1), **facts):
        event = {
            **examples("notify.contact_unreachable.v1")[0],
            "contact_id": contact["contact_id"],
            "since": (desk.now + after).isoformat(),
        }
        desk.receive("notify.contact_unreachable.v1", **{**event, **facts})

    return told


@pytest.fixture
def one(as_, path, contact):
    """The contact as he is shown now."""
    return lambda: as_("auditor").get(f"{path}/contacts/{contact['contact_id']}")


@pytest.fixture
def marked(one):
    return lambda: [(each["channel"], each["cause"]) for each in one().json["unreachable"]]


@pytest.fixture
def change(as_, path, contact, one):
    """Change the contact, ten minutes later."""

    def patched(**fresh):
        version = one().headers["ETag"].strip('"')
        answer = as_("sales_team").patch(
            f"{path}/contacts/{contact['contact_id']}", fresh, version=int(version)
        )
        assert answer.status_code == 200, answer.text

    return patched


@pytest.mark.rule("CF-14")
def test_an_address_that_reaches_nobody_is_marked_until_it_is_another_one(hear, marked, change):
    hear()
    lost = marked()
    change(job_title="buyer", phone="+8613900001111")
    still = marked()
    change(email="li@example.org")

    assert [("smtp", "mailbox_unknown")] == lost == still
    assert [] == marked()


def test_the_timeline_of_the_customer_says_so_without_the_address(desk, hear, path, contact):
    hear()

    with desk.sessions() as session:
        found = select(journal.c.data).where(journal.c.kind == "contact_unreachable")
        (data,) = session.scalars(found)
    assert {
        "contact_id": contact["contact_id"],
        "channel": "smtp",
        "cause": "mailbox_unknown",
    } == data


def test_what_is_said_again_is_marked_once_and_another_cause_beside_it(hear, marked):
    hear()
    hear()
    hear(channel="sms", cause="number_void")

    assert [("smtp", "mailbox_unknown"), ("sms", "number_void")] == marked()


def test_what_was_found_before_the_address_changed_says_nothing_of_the_new_one(
    hear, marked, change
):
    change(email="li@example.org")
    hear(after=timedelta(0))
    late = marked()
    hear(after=timedelta(seconds=1))

    assert ([], [("smtp", "mailbox_unknown")]) == (late, marked())


@pytest.mark.parametrize("channel", ["webhook", "log"])
def test_a_channel_to_which_no_field_belongs_marks_nothing(hear, marked, channel):
    hear(channel=channel)

    assert [] == marked()


def test_an_address_that_was_taken_away_is_not_missed(hear, marked, change):
    change(email=None)
    hear()

    assert [] == marked()


@pytest.mark.parametrize("n", [0, 1])
def test_contacts_of_others_are_not_kept(desk, marked, n):
    desk.receive("notify.contact_unreachable.v1", **examples("notify.contact_unreachable.v1")[n])

    assert [] == marked()


def test_who_is_erased_has_no_address_to_ask_for(hear, one, as_, path, contact):
    hear()
    answer = as_("data_protection_officer").post(
        f"{path}/erasures", {"contact_id": contact["contact_id"], "reason": "he asked"}
    )

    assert (200, []) == (answer.status_code, one().json["unreachable"])


def test_those_to_ask_are_listed_for_whoever_sees_the_customer(hear, as_, contact, one):
    def listed(unit="hq"):
        answer = as_("sales_team", unit=unit).get("/v1/unreachable-contacts")
        return [each["contact_id"] for each in answer.json["items"]]

    before = listed()
    hear()

    assert ([], [contact["contact_id"]], [], [contact["contact_id"]]) == (
        before,
        listed(),
        listed(unit="region-south"),
        listed(unit="region-north"),
    )
