"""The client signs on a phone, by the link, exactly what he read (WO-14)."""

from base64 import b64encode
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from dispatch.adapters.proofs import Proofs, signature_images, signature_proofs
from dispatch.adapters.sign_offs import sign_off_links
from dispatch.adapters.work_orders import work_orders
from dispatch.domain.proofs import Part
from dispatch.domain.work_orders import WorkOrder
from shared.tables import idempotency_keys, journal

from .company import FRIDAY, ORDER
from .drawings import WHITE, drawing, png
from .signing import CLIENT_NAME, Phone

REMARKS = "The lock was changed.\nIt closes."


@pytest.fixture
def path(send, cast):
    """An order that the worker accepted."""
    body = {**ORDER, "reply_due_at": ORDER["reply_due_at"].isoformat()}
    made = send(cast.dispatcher, "POST", "/v1/work-orders", {**body, "receiver_id": cast.worker.id})
    path = f"/v1/work-orders/{made.json['work_order_id']}"
    send(cast.dispatcher, "POST", f"{path}/issues", {})
    send(cast.worker, "POST", f"{path}/acceptances", {"signature": {"name": "Zhang San"}})
    return path


@pytest.fixture
def opened(app, send, cast, path):
    """``opened()``: the phone of a client who has the link."""

    def made(**body):
        answer = send(cast.worker, "POST", f"{path}/sign-off-links", body)
        assert answer.status_code == 201, answer.text
        return Phone(app, answer.json["url"])

    return made


@pytest.fixture
def phone(opened):
    return opened(remarks=REMARKS)


def rows(parts, table):
    with parts.sessions() as session:
        return list(session.execute(select(table)))


def unchanged(parts, before):
    return before == {table.name: rows(parts, table) for table in KEPT}


KEPT = (signature_images, signature_proofs, work_orders)


def contents(parts):
    return {table.name: rows(parts, table) for table in KEPT}


@pytest.mark.rule("WO-14")
def test_what_is_shown_is_signed_and_completes_the_order(send, cast, path, phone, parts):
    shown = phone.read().json
    signed = phone.sign()
    done = send(cast.worker, "POST", f"{path}/completions", {})

    assert ["order_no", "place", "content", "remarks"] == [one["name"] for one in shown["lines"]]
    assert {"name": "remarks", "value": REMARKS} in shown["lines"]
    assert (201, shown["digest"]) == (signed.status_code, signed.json["digest"])
    assert (200, "completed") == (done.status_code, done.json["state"])
    assert REMARKS == done.json["remarks"]
    signature = done.json["client_signature"]
    assert ("李**", shown["digest"]) == (signature["name"], signature["digest"])
    assert FRIDAY == datetime.fromisoformat(signature["at"])
    [proof] = [one for one in rows(parts, signature_proofs) if one.part is Part.CLIENT]
    with parts.begin(now=FRIDAY) as tx:
        evidence = tx.proofs.get(proof.id).evidence
    assert (CLIENT_NAME, "owner", "phone") == (evidence.name, evidence.relation, evidence.device)
    assert shown["text"] == evidence.text
    assert (FRIDAY, 180, 31.2) == (
        evidence.signed_at,
        evidence.skew_seconds,
        evidence.spot.latitude,
    )
    [image] = rows(parts, signature_images)
    assert evidence.image_sha256 == image.sha256 == signature["image_sha256"]


@pytest.mark.rule("WO-14")
def test_a_link_is_used_once_and_what_is_sent_again_gets_its_answer(phone, parts):
    body = phone.body()
    first = phone.sign(body, **{"Idempotency-Key": "the-same"})
    before = contents(parts)
    again = phone.sign(body, **{"Idempotency-Key": "the-same"})
    other = phone.sign(body)

    assert (201, 201, first.json) == (first.status_code, again.status_code, again.json)
    assert (404, 404) == (other.status_code, phone.read().status_code)
    assert unchanged(parts, before)


@pytest.mark.rule("WO-14")
def test_nothing_is_signed_before_the_remarks_are_written(opened, parts):
    phone = opened()
    shown = phone.read().json
    refused = phone.sign(phone.body(digest="0" * 64))

    assert (False, None, []) == (shown["ready"], shown["text"], shown["lines"])
    assert (409, "sign_off_not_ready") == (refused.status_code, refused.json["code"])


@pytest.mark.rule("WO-14")
def test_whoever_read_other_remarks_reads_again_before_he_signs(phone, opened, parts):
    body = phone.body()
    before = contents(parts)
    opened(remarks="The door was changed as well.")
    refused = phone.sign(body)

    assert (409, "text_changed") == (refused.status_code, refused.json["code"])
    assert unchanged(parts, before)
    assert 201 == phone.sign().status_code


@pytest.mark.rule("WO-14")
def test_the_completion_takes_what_was_signed_and_nothing_else(send, cast, path, phone):
    phone.sign()
    other = send(cast.worker, "POST", f"{path}/completions", {"remarks": "All is well."})
    same = send(cast.worker, "POST", f"{path}/completions", {"remarks": REMARKS})

    assert (422, "remarks_not_signed") == (other.status_code, other.json["code"])
    assert (200, "completed") == (same.status_code, same.json["state"])


@pytest.mark.rule("WO-14")
def test_without_a_signature_an_order_is_not_completed(send, cast, path, phone):
    refused = send(cast.worker, "POST", f"{path}/completions", {"remarks": REMARKS})

    assert (422, "completion_incomplete") == (refused.status_code, refused.json["code"])
    assert ["client_signature"] == refused.json["missing"]
    assert "accepted" == send(cast.worker, "GET", path).json["state"]


@pytest.mark.rule("WO-14")
def test_a_signature_for_one_receiver_completes_nothing_of_another(send, cast, path, phone, parts):
    phone.sign()
    with parts.sessions() as session, session.no_autoflush:
        order, proofs = session.scalars(select(WorkOrder)).one(), Proofs(session)
        given_out = order.issued_at
        assert proofs.waiting(order) is not None
        order.issued_at = FRIDAY + timedelta(seconds=1)
        assert proofs.waiting(order) is None
        order.issued_at, order.receiver_id = given_out, order.dispatcher_id
        assert proofs.waiting(order) is None


# A wrong code, one that was used, revoked or is too old, and one of an order that went on look the
# same.
@pytest.mark.rule("WO-14")
def test_a_code_that_is_not_good_tells_nothing(app, phone, opened, parts):
    body = phone.body()
    never = Phone(app, "#" + "A" * 26)
    nothing = Phone(app, "#nothing")
    opened(anew=True)
    answers = [one.read() for one in (phone, never, nothing)]
    answers += [one.sign(body) for one in (phone, never, nothing)]
    told = [{**answer.json, "correlation_id": ""} for answer in answers]

    assert {404} == {answer.status_code for answer in answers}
    assert [told[0]] * 6 == told


@pytest.mark.rule("WO-14")
def test_a_link_takes_ten_tries(phone, parts):
    blank = b64encode(png([b"\0" + WHITE * 4], width=4)).decode()
    tries = [phone.sign(phone.body(drawing=blank)) for _ in range(10)]

    assert {"drawing_blank"} == {one.json["code"] for one in tries}
    assert [10] == [row.tries for row in rows(parts, sign_off_links)]
    assert (404, 404) == (phone.sign(phone.body(drawing=blank, digest="0" * 64)).status_code, 404)
    assert 404 == phone.read().status_code


# S19
def test_too_many_calls_are_told_to_wait(phone):
    answers = [phone.read() for _ in range(61)]

    assert {200} == {one.status_code for one in answers[:60]}
    assert 429 == answers[60].status_code
    assert 1 <= int(answers[60].headers["Retry-After"]) <= 60


# S20, S36
@pytest.mark.parametrize(
    ("other", "refusal"),
    [
        ({"drawing": "no base64!"}, (422, "invalid")),
        ({"drawing": b64encode(b"no PNG").decode()}, (422, "drawing_unreadable")),
        ({"drawing": b64encode(drawing() + bytes(97 * 1024)).decode()}, (413, "drawing_too_large")),
        ({"drawing": "A" * 240_000}, (422, "invalid")),
        ({"drawing": "A" * 300_000}, (413, "body_too_large")),
        ({"name": "   "}, (422, "invalid")),
        ({"name": "x" * 81}, (422, "invalid")),
        ({"name": "a\nb"}, (422, "invalid")),
        ({"relation": "king"}, (422, "invalid")),
        ({"device_at": "2026-02-13T17:03:41"}, (422, "invalid")),
        ({"spot": {"latitude": 91, "longitude": 0, "accuracy_m": 1}}, (422, "invalid")),
        ({"spot": {"latitude": 1, "longitude": 0}}, (422, "invalid")),
        ({"digest": "0" * 64}, (409, "text_changed")),
        ({"digest": "0" * 63}, (422, "invalid")),
        ({"state": "completed"}, (422, "invalid")),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(phone, parts, other, refusal):
    before = contents(parts)
    answer = phone.sign(phone.body(**other))

    assert refusal == (answer.status_code, answer.json["code"])
    assert unchanged(parts, before)


# S33, S34, S35: neither name nor text nor picture nor code is to be found in the database, the
# journal, what is kept for repetitions, or the log.
def test_nothing_personal_stands_in_the_clear(phone, parts, caplog):
    caplog.set_level("DEBUG")
    shown = phone.read()
    signed = phone.sign()
    with parts.sessions() as session:
        dump = "".join(session.connection().connection.driver_connection.iterdump())
        told = repr(list(session.execute(select(journal))))
        told += repr(list(session.execute(select(idempotency_keys))))

    for secret in (CLIENT_NAME, phone.code, "It closes.", "121.5"):
        assert secret not in dump
        assert secret not in told
    assert [] == [one for one in caplog.records if phone.code in repr(vars(one))]
    assert {"no-store"} == {one.headers["Cache-Control"] for one in (shown, signed)}
    assert CLIENT_NAME not in signed.text


@pytest.mark.rule("WO-14")
def test_a_late_signature_is_refused(phone, parts):
    body = phone.body()
    with parts.begin(now=FRIDAY) as tx:
        tx.session.execute(update(sign_off_links).values(expires_at=FRIDAY))

    assert 404 == phone.sign(body).status_code
