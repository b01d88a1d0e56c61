"""The list at the end of a shift, its reasons and its hand-over over HTTP (WO-17, RP-03)."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from dispatch.use_cases.rounds import go_round

from .company import ORDER, add, asker
from .shift_end import SECOND, UNIT

APPEARS = datetime(2026, 2, 13, 9, 50, tzinfo=UTC)
WHY = {"reason": "The lock has not come", "instruction": "Fetch it at nine"}
SIGNATURE = {"name": "Zhang San"}


@pytest.fixture
def order(send, cast, parts):
    """A draft on the list that has appeared, beside a second dispatcher."""
    with parts.begin(now=APPEARS) as tx:
        add(tx, SECOND)
    return drafted(send, cast)


@pytest.fixture
def path(order, parts):
    """The list."""
    with parts.begin(now=APPEARS) as tx:
        go_round(tx, UNIT)
    with parts.begin(now=APPEARS) as tx:
        return f"/v1/daily-checks/{tx.daily_checks.latest(UNIT).id}"


def drafted(send, cast):
    body = {**ORDER, "reply_due_at": ORDER["reply_due_at"].isoformat()}
    made = send(cast.dispatcher, "POST", "/v1/work-orders", {**body, "receiver_id": cast.worker.id})
    return made.json["work_order_id"]


def proposed(send, cast, path, order, **more):
    send(cast.dispatcher, "POST", f"{path}/entries/{order}", WHY)
    body = {"signature": SIGNATURE, **more}
    return send(cast.dispatcher, "POST", f"{path}/handovers", body)


@pytest.mark.rule("RP-03")
def test_the_list_shows_what_is_open_and_why(send, cast, path, order):
    before = send(cast.supervisor, "GET", path).json
    assert (before["open"], before["by_state"], before["unanswered"]) == (1, {"draft": 1}, [order])
    assert (before["day"], before["shift"], before["late"]) == ("2026-02-13", None, False)
    assert before["because"]["rule"] == "WO-17"

    answer = send(cast.dispatcher, "POST", f"{path}/entries/{order}", WHY)
    assert (answer.status_code, answer.json["reason"]) == (200, WHY["reason"])
    [entry] = send(cast.supervisor, "GET", path).json["entries"]
    assert entry == answer.json
    assert (entry["state"], entry["answered_by"]) == ("draft", cast.dispatcher.id)
    listed = send(cast.supervisor, "GET", f"/v1/units/{UNIT}/daily-checks").json
    assert [one["daily_check_id"] for one in listed["items"]] == [path.rpartition("/")[2]]
    kinds = send(cast.supervisor, "GET", f"{path}/timeline").json["items"]
    assert [one["kind"] for one in kinds] == ["dispatch.daily_check_opened.v1"]


def test_what_is_wrong_with_an_answer_is_said(send, cast, path, order):
    blank = send(cast.dispatcher, "POST", f"{path}/entries/{order}", {**WHY, "reason": " "})
    assert blank.status_code == 422
    unknown = send(cast.dispatcher, "POST", f"{path}/entries/{UUID(int=77)}", WHY)
    assert (unknown.status_code, unknown.json["code"]) == (404, "not_found")
    worker = send(cast.worker, "POST", f"{path}/entries/{order}", WHY)
    assert (worker.status_code, worker.json["code"]) == (404, "not_found")
    twice = {"answers": [{"work_order_id": order, **WHY}] * 2}
    assert send(cast.dispatcher, "POST", f"{path}/answers", twice).status_code == 422


def test_many_answers_at_once(send, cast, path, order):
    given = [{"work_order_id": one, **WHY} for one in (str(UUID(int=77)), order)]
    answer = send(cast.dispatcher, "POST", f"{path}/answers", {"answers": given})
    assert answer.json == {
        "answers": [
            {"work_order_id": str(UUID(int=77)), "code": "not_found"},
            {"work_order_id": order, "code": None},
        ]
    }


@pytest.mark.rule("WO-17")
def test_both_sign_and_the_next_shift_sees_it_first(send, cast, path, order):
    before = send(SECOND, "GET", f"/v1/units/{UNIT}/handover").json
    assert (before["handover"], len(before["daily_check"]["entries"])) == (None, 1)
    made = proposed(send, cast, path, order)
    assert (made.status_code, made.json["state"]) == (201, "proposed")
    seen = send(SECOND, "GET", f"/v1/units/{UNIT}/handover").json["handover"]
    assert seen == made.json
    body = {"signature": {"name": "Li Si"}, "digest": seen["digest"]}
    signed = send(SECOND, "POST", f"/v1/handovers/{seen['handover_id']}/signatures", body)
    assert (signed.status_code, signed.json["state"]) == (200, "signed")
    assert signed.json["incoming"]["name"] == "Li Si"
    moved = send(SECOND, "GET", f"/v1/work-orders/{order}").json
    assert moved["dispatcher_id"] == SECOND.id
    kept = send(SECOND, "GET", f"/v1/handovers/{seen['handover_id']}").json
    assert kept == signed.json


@pytest.mark.rule("WO-17")
def test_a_changed_list_is_answered_with_the_orders_and_stays_void(send, cast, path, order):
    made = proposed(send, cast, path, order).json
    seen = send(cast.dispatcher, "GET", f"/v1/work-orders/{order}").headers["ETag"]
    there = {"place": "Gate 9"}
    send(cast.dispatcher, "PATCH", f"/v1/work-orders/{order}", there, if_match=seen)
    one = f"/v1/handovers/{made['handover_id']}"
    body = {"signature": {"name": "Li Si"}, "digest": made["digest"]}
    for _ in range(2):
        refused = send(SECOND, "POST", f"{one}/signatures", body)
        assert (refused.status_code, refused.json["code"]) == (409, "handover_voided")
        assert refused.json["work_order_ids"] == [order]
        assert refused.json["void_reason"] == "changed"
        assert refused.json["because"]["clause"] == "001-P5 L294"
    kept = send(SECOND, "GET", one).json
    assert (kept["state"], kept["differing"], kept["incoming"]) == ("voided", [order], None)


def test_the_queue_points_at_a_handover_that_waits(send, cast, path, order):
    queue = "/v1/work-orders?order=queue"
    assert "Handover-Waiting" not in send(SECOND, "GET", queue).headers
    made = proposed(send, cast, path, order).json
    one = f"/v1/handovers/{made['handover_id']}"
    assert send(SECOND, "GET", queue).headers["Handover-Waiting"] == one
    assert "Handover-Waiting" not in send(cast.dispatcher, "GET", queue).headers
    assert "Handover-Waiting" not in send(SECOND, "GET", "/v1/work-orders").headers


def test_what_lies_elsewhere_is_not_there(send, cast, path, order):
    clerk = asker(30, "shop-04", "dispatcher")
    made = proposed(send, cast, path, order).json
    for place in (path, f"{path}/timeline", f"/v1/handovers/{made['handover_id']}"):
        assert send(clerk, "GET", place).status_code == 404
    for place in ("daily-checks", "handover"):
        assert send(clerk, "GET", f"/v1/units/{UNIT}/{place}").status_code == 404


@pytest.mark.rule("RP-03")
def test_the_list_is_read_as_csv_and_as_a_page(send, cast, path, order):
    """What somebody wrote is neither run by a spreadsheet nor taken for markup."""
    why = {"reason": "=1+1", "instruction": "<b>Fetch it</b>"}
    send(cast.dispatcher, "POST", f"{path}/entries/{order}", why)

    table = send(cast.supervisor, "GET", f"{path}?format=csv&language=en")
    assert table.mimetype == "text/csv"
    [head, row] = table.text.splitlines()
    assert head == "order_no,state,due_at,overdue,days_open,reason,instruction"
    assert row == "–,draft,2026-02-14 17:00,,0,'=1+1,<b>Fetch it</b>"
    name = f"attachment; filename={UNIT}-2026-02-13.csv"
    assert table.headers["Content-Disposition"] == name

    shown = send(cast.supervisor, "GET", f"{path}?format=html")
    assert (shown.mimetype, shown.headers["Cache-Control"]) == ("text/html", "no-store")
    assert "&lt;b&gt;Fetch it&lt;/b&gt;" in shown.text
    assert f"未完成工作单核查 {UNIT} 2026-02-13" in shown.text
    assert "default-src 'none'" in shown.headers["Content-Security-Policy"]
    assert send(cast.supervisor, "GET", f"{path}?format=xlsx").status_code == 422
