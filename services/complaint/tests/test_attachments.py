"""Files of a case are taken by what they are, and given out to be saved (CP-54)."""

import struct
from hashlib import sha256

import pytest
from sqlalchemy import func, select

from complaint.adapters.tables import attachments
from complaint.api.policies import SECTIONS
from complaint.domain.attachments import LARGEST
from shared.file_types import MediaType, is_ambiguous, sniffed
from shared.ids import new_id
from shared.policy import PackFault, parse
from shared.tables import journal
from shared.web.testing import callers

from .public_desk import TRACKING, Stranger

PDF = b"%PDF-1.7\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 20 + b"\xff\xd9"
WEBP = b"RIFF\x1a\x00\x00\x00WEBPVP8 " + b"\x00" * 10
HEIC = b"\x00\x00\x00\x18ftypheic" + b"\x00" * 10
FILES = {
    MediaType.PDF: PDF,
    MediaType.PNG: PNG,
    MediaType.JPEG: JPEG,
    MediaType.WEBP: WEBP,
    MediaType.HEIC: HEIC,
}
ZIP = b"PK\x05\x06" + b"\x00" * 18
EMPTY, TOO_LARGE, REFUSED = "attachment_empty", "attachment_too_large", "attachment_type_refused"


def path(case, *rest):
    return "/".join([f"/v1/cases/complaint/{case['id']}/attachments", *rest])


@pytest.fixture
def send(as_, filed):
    def sent(content, **how):
        return as_("assistant-north").post(path(filed), data=content, **how)

    return sent


@pytest.fixture
def stranger(app):
    return Stranger(app)


@pytest.fixture
def code(stranger):
    return stranger.file().json["tracking_code"]


def upload(stranger, code, content, **how):
    return stranger.send("POST", f"{TRACKING}/attachments", code=code, data=content, **how)


def counted(sessions):
    with sessions() as session:
        return session.scalar(select(func.count()).select_from(attachments))


@pytest.mark.rule("CP-54")
@pytest.mark.parametrize("kind", MediaType)
def test_a_file_is_what_its_first_bytes_say(send, kind, desk):
    added = send(FILES[kind], content_type="text/html")
    assert (added.status_code, added.json["media_type"]) == (201, kind.value)
    assert added.json["size"] == len(FILES[kind])
    assert added.json["sha256"] == sha256(FILES[kind]).hexdigest()
    assert added.json["added_by"] == str(desk.people["assistant-north"])


@pytest.mark.rule("CP-54")
@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", (422, EMPTY)),
        (b"x", (415, REFUSED)),
        (b"\x89PN", (415, REFUSED)),
        (b"GIF89a" + b"\x00" * 20, (415, REFUSED)),
        (b"<html><script>alert(1)</script>", (415, REFUSED)),
        (b"MZ" + b"\x00" * 60, (415, REFUSED)),
        (b" " + PDF, (415, REFUSED)),
        (ZIP, (415, REFUSED)),
        (PNG + ZIP, (415, "attachment_ambiguous")),
        (JPEG + ZIP + b"a comment", (415, "attachment_ambiguous")),
        (PDF + ZIP, (415, "attachment_ambiguous")),
        (JPEG[:-2] + PDF, (415, "attachment_ambiguous")),
        (PNG + b"<ScRipt>", (415, "attachment_ambiguous")),
        (PNG + b"\x00" * (5120 * 1024 + 1 - len(PNG)), (413, TOO_LARGE)),
        (PNG + b"\x00" * LARGEST, (413, "body_too_large")),
    ],
)
def test_what_is_not_taken_changes_nothing(send, sessions, stranger, code, content, refusal):
    answers = [send(content), upload(stranger, code, content)]
    assert [(one.status_code, one.json["code"]) for one in answers] == [refusal] * 2
    assert counted(sessions) == 0


def test_the_largest_file_is_taken(send):
    assert send(PNG + b"\x00" * (5120 * 1024 - len(PNG))).status_code == 201


@pytest.mark.rule("CP-54")
def test_a_case_has_ten_files_at_most(send, sessions):
    answers = [send(PNG + struct.pack(">I", n)) for n in range(11)]
    assert [one.status_code for one in answers] == [201] * 10 + [409]
    assert answers[-1].json["code"] == "too_many_attachments"
    assert counted(sessions) == 10


def test_a_file_is_given_out_to_be_saved(send, as_, filed):
    added = send(PNG).json
    saved = as_("manager").get(path(filed, added["id"]))
    assert (saved.status_code, saved.data, saved.mimetype) == (200, PNG, "image/png")
    assert saved.headers["Content-Disposition"] == f"attachment; filename={added['id']}.png"
    assert saved.headers["X-Content-Type-Options"] == "nosniff"
    assert saved.headers["Cache-Control"] == "no-store"
    assert saved.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_whoever_does_not_see_the_case_sees_no_file(send, app, issuer, desk, filed, as_):
    added = send(PNG).json
    south = callers(app, issuer, audience="complaint")(
        str(desk.people["assistant-south"]), "regional_service_assistant", unit="region-south"
    )
    foreign = [south.get(path(filed)), south.get(path(filed, added["id"]))]
    foreign.append(south.post(path(filed), data=PNG))
    assert [one.status_code for one in foreign] == [404] * 3
    assert as_("manager").get(path(filed, str(new_id()))).status_code == 404
    other = as_("assistant-north").post("/v1/complaints", {**OTHER, "org_unit": "shop-02"})
    assert as_("manager").get(path(other.json, added["id"])).status_code == 404


OTHER = {"complainant": "consumer", "channel": "telephone", "about": "product_quality"}


def test_files_are_listed_without_what_is_in_them(send, as_, filed):
    ids = [send(PNG + bytes([n])).json["id"] for n in range(3)]
    shown = as_("manager").get(path(filed)).json["items"]
    assert [one["id"] for one in shown] == ids
    assert set(shown[0]) == {"id", "media_type", "size", "added_at", "sha256", "added_by"}


def test_a_file_that_comes_again_is_kept_once(send, sessions):
    answers = [send(PNG, key="the-same") for _ in range(2)]
    assert answers[0].json == answers[1].json
    assert counted(sessions) == 1
    reused = send(JPEG, key="the-same")
    assert (reused.status_code, reused.json["code"]) == (422, "idempotency_key_reused")


def test_the_customer_sends_files_and_sees_that_they_came(stranger, code, as_, sessions):
    sent = upload(stranger, code, JPEG)
    assert sent.status_code == 201
    (file,) = stranger.look(code).json["files"]
    assert (file["media_type"], file["size"]) == ("image/jpeg", len(JPEG))
    (case,) = as_("manager").get("/v1/complaints").json["items"]
    (seen,) = as_("manager").get(path(case)).json["items"]
    assert (seen["id"], seen["added_by"]) == (file["id"], None)
    with sessions() as session:
        (told,) = session.execute(select(journal).where(journal.c.kind == "attachment_added"))
    assert told.data["attachment_id"] == file["id"]
    assert told.data["sha256"] == sha256(JPEG).hexdigest()


def test_the_customer_does_not_see_what_the_staff_added(stranger, code, as_):
    (case,) = as_("manager").get("/v1/complaints").json["items"]
    as_("manager").post(path(case), data=PNG)
    assert stranger.look(code).json["files"] == []


def test_a_file_without_a_code_goes_nowhere(stranger, sessions):
    assert upload(stranger, "A" * 26, PNG).status_code == 404
    assert stranger.send("POST", f"{TRACKING}/attachments", data=PNG).status_code == 404
    assert counted(sessions) == 0


def test_nothing_comes_to_what_is_closed(stranger, code, desk, as_, sessions):
    with desk.open() as tx:
        complaint = tx.trackings.get(code)
    desk.contact(complaint)
    desk.tell(complaint)
    desk.answer(complaint, 1)
    desk.review(complaint, "manager")
    desk.archive(complaint, "clerk")
    case = {"id": str(complaint.id)}
    answers = [upload(stranger, code, PNG), as_("manager").post(path(case), data=PNG)]
    told = {(one.status_code, one.json["code"]) for one in answers}
    assert (told, counted(sessions)) == ({(409, "case_closed")}, 0)


def test_a_unit_whose_packs_take_no_files_says_so(stranger, code, desk, sessions):
    desk.follow("shop-01", "franchise")
    assert upload(stranger, code, PNG).json["code"] == "intake_closed"
    assert counted(sessions) == 0


@pytest.mark.parametrize("content", [b"", b"\x00" * 2000, b"ftypheic", b"RIFF", b"%PDF"])
def test_what_begins_like_nothing_is_nothing(content):
    assert sniffed(content) is None


def test_a_zip_beyond_the_reach_of_its_readers_is_none():
    assert is_ambiguous(PNG + ZIP + b"x" * 65_535, MediaType.PNG)
    assert not is_ambiguous(PNG + ZIP + b"x" * 65_536, MediaType.PNG)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("types", []),
        ("types", ["text/html"]),
        ("most", 0),
        ("largest_kib", 0),
        ("largest_kib", LARGEST // 1024 + 1),
    ],
)
def test_a_rule_that_cannot_be_is_refused(rulebook, name, value):
    document = rulebook.of_builtin("generic", "1").document
    (rule,) = document["sections"]["attachments"]["rules"]
    wrong = {**rule, "value": {**rule["value"], name: value}}
    sections = {"attachments": {"merge": "replace", "rules": [wrong]}}
    with pytest.raises(PackFault, match=name):
        parse({**document, "sections": sections}, SECTIONS)
