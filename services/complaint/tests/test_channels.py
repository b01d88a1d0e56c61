"""Whatever the channel, somebody has to answer in time (CP-61)."""

import pytest

from complaint.domain.intake import Channel

ARRIVED = {"org_unit": "shop-01", "matter": "the lamp flickers"}
CASES = {
    "complaints": {
        "org_unit": "shop-01",
        "complainant": "consumer",
        "about": "product_quality",
    },
    "problems": {**ARRIVED, "type": "quality", "source": "product_quality"},
    "service-requests": ARRIVED,
    "feedback": {**ARRIVED, "topic": "service_attitude"},
}


@pytest.mark.rule("CP-61")
@pytest.mark.parametrize("route", CASES)
@pytest.mark.parametrize("channel", Channel)
def test_an_answer_is_due_whichever_way_it_came_in(desk, as_, route, channel):
    desk.follow("shop-01", "problem", "service", "franchise", "generic")
    filed = as_("assistant-north").post(f"/v1/{route}", {**CASES[route], "channel": channel.value})
    assert filed.status_code == 201, filed.text
    assert filed.json["channel"] == channel.value
    due = {name: clock["due_at"] for name, clock in filed.json["clocks"].items()}
    assert due.keys() & {"first_contact", "reply", "hand_over"}
    assert filed.json["next_due_at"] == min(due.values())
