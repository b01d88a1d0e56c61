"""What was signed and changed since is named, whoever changed it, and by whatever way."""

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, exc, select, text, update

from dispatch.adapters.proofs import TABLES, signature_images, signature_proofs
from dispatch.adapters.work_orders import work_orders
from dispatch.api.verify_command import verify_command
from dispatch.domain.proofs import Part
from dispatch.domain.signatures import lines_of, sheet
from shared.encryption import fresh_key, read_encryption
from shared.key_rotation import Rotation
from shared.testing import KEYS

from .company import FRIDAY, ORDER
from .signing import CLIENT_NAME, Phone

REMARKS = "The lock was changed.\nIt closes."
CALLED = {"method": "telephone", "satisfied": True, "result": "Good"}
JPEG = b"\xff\xd8\xff\xe0" + bytes(2000)


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
def signed(app, send, cast, path):
    """Signed by the client on his phone."""
    link = send(cast.worker, "POST", f"{path}/sign-off-links", {"remarks": REMARKS})
    assert 201 == Phone(app, link.json["url"]).sign().status_code
    return path


@pytest.fixture
def closed(send, cast, signed):
    """Signed by all three."""
    send(cast.worker, "POST", f"{signed}/completions", {})
    send(cast.dispatcher, "POST", f"{signed}/call-backs", CALLED)
    answer = send(cast.dispatcher, "POST", f"{signed}/signatures", {"signature": {"name": "Li Si"}})
    assert "signed" == answer.json["state"]
    return signed


@pytest.fixture
def verification(send, cast):
    def read(path):
        answer = send(cast.supervisor, "GET", f"{path}/verification")
        assert 200 == answer.status_code, answer.text
        return answer.json

    return read


@pytest.fixture
def behind(parts):
    """``behind(statement)``: change rows behind the back of the service, as an owner of
    the database can who switches its triggers off."""

    def change(*statements):
        with parts.sessions() as session:
            for table in TABLES:
                for act in ("update", "delete"):
                    session.execute(text(f"DROP TRIGGER IF EXISTS {table.name}_no_{act}"))
            for statement in statements:
                session.execute(text(statement) if isinstance(statement, str) else statement)
            session.commit()

    return change


def altered(told):
    return {one["part"]: one["altered"] for one in told["signatures"] if one["altered"]}


@pytest.mark.rule("WO-08", "WO-14")
def test_what_nobody_changed_is_intact(closed, verification):
    told = verification(closed)

    assert ["acceptance", "client", "dispatcher"] == [one["part"] for one in told["signatures"]]
    assert ["typed", "link", "typed"] == [one["kind"] for one in told["signatures"]]
    assert {"intact"} == {one["finding"] for one in told["signatures"]}
    assert (False, {}) == (told["changed"], altered(told))
    client = told["signatures"][1]
    assert ("phone", 180, True, "owner") == (
        client["device"],
        client["skew_seconds"],
        client["has_spot"],
        client["relation"],
    )


@pytest.mark.rule("WO-08", "WO-14")
@pytest.mark.parametrize(
    ("change", "named"),
    [
        (
            {"order_no": "x-1"},
            {"acceptance": ["order_no"], "client": ["order_no"], "dispatcher": ["order_no"]},
        ),
        ({"place": "Gate 9"}, {"acceptance": ["place"], "client": ["place"]}),
        ({"place": None}, {"acceptance": ["place"], "client": ["place"]}),
        ({"content": "Nothing"}, {"acceptance": ["content"], "client": ["content"]}),
        ({"requirements": "None"}, {"acceptance": ["requirements"]}),
        ({"reply_due_at": FRIDAY + timedelta(days=2)}, {"acceptance": ["reply_due_at"]}),
        ({"remarks": "Nothing"}, {"client": ["remarks"], "dispatcher": ["remarks"]}),
        (
            {"remarks": "Nothing", "place": "Gate 9"},
            {"acceptance": ["place"], "client": ["place", "remarks"], "dispatcher": ["remarks"]},
        ),
        ({"client_signature": None}, {"client": ["signature"]}),
        ({"acceptance": None}, {"acceptance": ["signature"]}),
        ({"dispatcher_signature": None}, {"dispatcher": ["signature"]}),
    ],
)
def test_each_line_that_was_changed_is_named(closed, verification, behind, change, named):
    behind(update(work_orders).values(**change))
    told = verification(closed)

    assert (True, named) == (told["changed"], altered(told))


@pytest.mark.rule("WO-15")
@pytest.mark.parametrize(("member", "value"), [("satisfied", False), ("result", "Bad")])
def test_a_change_of_the_call_back_is_named(closed, verification, behind, parts, member, value):
    change_json(parts, behind, "call_back_made", member, value)

    assert {"dispatcher": [member]} == altered(verification(closed))


@pytest.mark.rule("WO-08", "WO-14")
@pytest.mark.parametrize("part", Part)
@pytest.mark.parametrize(
    ("member", "value", "named"),
    [
        ("name", "Wang Wu", "name"),
        ("digest", "0" * 64, "digest"),
        ("image_sha256", "0" * 64, "image"),
        ("at", "2026-02-13T08:00:00+00:00", "signed_at"),
        ("proof_id", "01a21756-1e06-7453-9f2d-b05bb5eaaca1", "proof"),
    ],
)
def test_a_change_of_the_signature_is_named(
    closed, verification, behind, parts, part, member, value, named
):
    change_json(parts, behind, part.field, member, value)

    assert {part.value: [named]} == altered(verification(closed))


def change_json(parts, behind, column, member, value):
    """Change one member of what stands in a column as JSON."""
    with parts.sessions() as session:
        found = json.loads(session.scalars(text(f"SELECT {column} FROM work_orders")).one())
    assert found[member] != value
    changed = json.dumps({**found, member: value})
    behind(text(f"UPDATE work_orders SET {column} = :it").bindparams(it=changed))


@pytest.mark.rule("WO-08", "WO-14")
@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE signature_images SET content = NULL", ["image"]),
        ("UPDATE signature_images SET content = x'01046e6f6e65'", ["image"]),
        ("UPDATE signature_proofs SET image_id = NULL", ["image"]),
        ("UPDATE signature_proofs SET digest = 'x' WHERE part = 'client'", ["proof"]),
        ("UPDATE signature_proofs SET kind = 'typed' WHERE part = 'client'", ["proof"]),
        ("UPDATE signature_proofs SET signed_at = '2026-01-01' WHERE part = 'client'", ["proof"]),
        ("UPDATE signature_proofs SET evidence = x'01' WHERE part = 'client'", ["proof"]),
        (
            "UPDATE signature_proofs SET evidence ="
            " (SELECT evidence FROM signature_proofs WHERE part = 'dispatcher')"
            " WHERE part = 'client'",
            ["proof"],
        ),
        ("DELETE FROM signature_proofs WHERE part = 'client'", ["proof"]),
    ],
)
def test_a_change_of_what_proves_it_is_named(closed, verification, behind, statement, named):
    behind(statement)
    told = verification(closed)

    assert (True, {"client": named}) == (told["changed"], altered(told))


def test_what_the_client_signed_is_verified_before_the_completion(signed, verification, behind):
    [_, waiting] = verification(signed)["signatures"]
    assert ("client", "intact", False) == (waiting["part"], waiting["finding"], waiting["taken"])

    behind(update(work_orders).values(content="Nothing"))

    assert ["content"] == altered(verification(signed))["client"]


def test_a_signature_without_a_proof_is_held_against_its_digest(
    closed, verification, behind, parts
):
    change_json(parts, behind, "dispatcher_signature", "proof_id", None)
    told = verification(closed)
    assert ["intact", "intact", "unproven"] == [one["finding"] for one in told["signatures"]]

    behind(update(work_orders).values(remarks="Nothing"))

    assert ["text"] == altered(verification(closed))["dispatcher"]


@pytest.mark.parametrize(
    "statement",
    [
        delete(signature_proofs),
        delete(signature_images),
        update(signature_proofs).values(digest="x"),
        update(signature_images).values(sha256="x"),
    ],
)
def test_the_database_lets_nobody_change_a_proof(closed, parts, statement):
    with pytest.raises(exc.DBAPIError, match="only added"), parts.sessions.begin() as session:
        session.execute(statement)


# S33: keys can be changed, and what was signed stays intact.
def test_proofs_can_be_encrypted_under_another_key(closed, parts, verification):
    keys = f"next:{fresh_key()},{KEYS['field_keys']}"
    rotated = [Rotation(table, read_encryption(keys)).run(parts.sessions) for table in TABLES]

    assert [1, 3] == rotated


def test_values_that_differ_never_make_the_same_text():
    first = sheet(("content", "a\nremarks: b"), ("remarks", "c"))
    second = sheet(("content", "a"), ("remarks", "b\nremarks: c"))

    assert first != second
    assert {"content": "a\nremarks: b", "remarks": "c"} == lines_of(first)


@pytest.mark.rule("WO-14")
def test_paper_that_was_signed_is_photographed(send, cast, path, verification, behind, app):
    sent = photograph(app, send, cast, path, JPEG)
    assert (201, "image/jpeg", len(JPEG)) == (
        sent.status_code,
        sent.json["media_type"],
        sent.json["size"],
    )
    client = {"name": CLIENT_NAME, "photograph_id": sent.json["photograph_id"]}
    done = {"remarks": REMARKS, "client_signature": client}
    answer = send(cast.worker, "POST", f"{path}/completions", done)

    assert (200, "李**") == (answer.status_code, answer.json["client_signature"]["name"])
    assert sent.json["sha256"] == answer.json["client_signature"]["image_sha256"]
    told = verification(path)
    assert (False, "photograph") == (told["changed"], told["signatures"][1]["kind"])
    behind("UPDATE signature_images SET content = NULL")
    assert {"client": ["image"]} == altered(verification(path))


def photograph(app, send, cast, path, content, by=None, key="photograph"):
    headers = {"Authorization": f"Bearer {send.token(by or cast.worker)}", "Idempotency-Key": key}
    return app.test_client().post(f"{path}/signature-photographs", data=content, headers=headers)


# S20, S36
@pytest.mark.rule("WO-14")
@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", (422, "photograph_empty")),
        (b"%PDF-1.7", (415, "photograph_type_refused")),
        (b"<html>", (415, "photograph_type_refused")),
        (JPEG + b"PK\x05\x06" + bytes(18), (415, "photograph_type_refused")),
        (JPEG + bytes(5120 * 1024), (413, "photograph_too_large")),
        (JPEG + bytes(10 * 1024 * 1024), (413, "body_too_large")),
    ],
)
def test_what_is_no_photograph_is_refused(send, cast, path, app, parts, content, refusal):
    answer = photograph(app, send, cast, path, content)

    assert refusal == (answer.status_code, answer.json["code"])
    with parts.sessions() as session:
        assert [] == list(session.execute(select(signature_images)))


@pytest.mark.rule("WO-14")
def test_photographs_are_those_of_the_receiver_and_five_at_most(send, cast, path, app):
    other = photograph(app, send, cast, path, JPEG, by=cast.dispatcher)
    sent = [photograph(app, send, cast, path, JPEG, key=f"p{number}") for number in range(6)]
    unknown = {"name": "x", "photograph_id": "01a21756-1e06-7453-9f2d-b05bb5eaaca1"}
    done = {"remarks": REMARKS, "client_signature": unknown}
    answer = send(cast.worker, "POST", f"{path}/completions", done)

    assert (403, "not_the_receiver") == (other.status_code, other.json["code"])
    assert [201] * 5 + [409] == [one.status_code for one in sent]
    assert "too_many_photographs" == sent[5].json["code"]
    assert (422, "photograph_unknown") == (answer.status_code, answer.json["code"])


# S32: in full for a reason, which the audit log keeps; and never in any other answer.
def test_a_signature_is_shown_in_full_for_a_reason(send, cast, closed):
    address = f"{closed}/signatures/client/reveals"
    shown = send(cast.dispatcher, "POST", address, {"reason": "A dispute"})
    silent = send(cast.dispatcher, "POST", address, {})
    other = send(cast.clerk, "POST", address, {"reason": "Curious"})
    none = send(cast.dispatcher, "POST", f"{closed}/signatures/nobody/reveals", {"reason": "x"})

    assert (200, CLIENT_NAME, "image/png") == (
        shown.status_code,
        shown.json["name"],
        shown.json["media_type"],
    )
    assert 31.2 == shown.json["spot"]["latitude"]
    assert shown.json["image"]
    assert (422, 403, 404) == (silent.status_code, other.status_code, none.status_code)
    assert CLIENT_NAME not in send(cast.dispatcher, "GET", closed).text
    assert CLIENT_NAME not in send(cast.dispatcher, "GET", f"{closed}/timeline").text
    assert CLIENT_NAME not in send(cast.dispatcher, "GET", f"{closed}/verification").text


@pytest.mark.rule("WO-14")
def test_the_command_names_what_was_altered_and_fails(closed, parts, behind):
    def run(*asked):
        return CliRunner().invoke(verify_command(lambda: parts), asked)

    number = "dispatch-centre-000001"
    one, every = run(number), run("--all")
    assert (0, 0) == (one.exit_code, every.exit_code), one.output
    assert f"{number} client intact\n" in one.output
    assert "0 changed since they were signed\n" == every.output

    behind(update(work_orders).values(remarks="Nothing"))
    one, every = run(closed.rpartition("/")[2]), run("--all")

    assert (1, 1) == (one.exit_code, every.exit_code)
    assert f"{number} client changed: remarks\n" in one.output
    assert f"{number} acceptance intact\n" in one.output
    assert "intact" not in every.output
    assert 1 == run("no such order").exit_code
    assert 2 == run().exit_code
    assert 2 == run(number, "--all").exit_code
