"""The mail channel against a real server on this machine."""

import socket
import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from notify.adapters.channels.smtp import SmtpChannel, SmtpServer
from notify.domain.delivery import Outcome, Parcel, Result
from notify.domain.reach import Gone
from shared.ids import new_id

HOST = "127.0.0.1"
UNKNOWN = Gone.MAILBOX_UNKNOWN
SENDER = "care@example.com"
PARCEL = Parcel(
    message_id=new_id(),
    attempt=1,
    channel="smtp",
    address="wang@example.com",
    own=True,
    person_id=new_id(),
    reason="birthday",
    urgency="normal",
    template="birthday_greeting",
    title="祝您生日快乐",
    body="尊敬的王小明:\n生日快乐。",
)


class Mailbox:
    """Answers each step as it was told to, and keeps what came."""

    def __init__(self):
        self.envelopes = []
        self.rcpt = "250 OK"
        self.data = "250 OK"

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802
        self.envelopes.append(envelope)
        if self.data == "hang up":
            server.transport.abort()
        return self.data


@pytest.fixture
def mailbox():
    return Mailbox()


@pytest.fixture
def serve(mailbox, unused_port):
    """``serve()``: the port of a server for ``mailbox``."""
    running = []

    def start(**options):
        controller = Controller(mailbox, hostname=HOST, port=unused_port, **options)
        controller.start()
        running.append(controller)
        return unused_port

    yield start
    for controller in running:
        controller.stop()


@pytest.fixture
def channel(serve):
    return SmtpChannel(SmtpServer("smtp", HOST, serve()), sender=SENDER)


def test_a_mail_arrives_with_its_words_and_the_id_of_the_message(channel, mailbox):
    outcome = channel.send(PARCEL)

    (envelope,) = mailbox.envelopes
    mail = message_from_bytes(envelope.content, policy=policy.default)
    assert Outcome(Result.DELIVERED) == outcome
    assert (SENDER, ["wang@example.com"]) == (envelope.mail_from, envelope.rcpt_tos)
    assert (PARCEL.title, PARCEL.body) == (
        mail["Subject"],
        "\n".join(mail.get_content().splitlines()),
    )
    assert f"<{PARCEL.message_id}@example.com>" == mail["Message-ID"]


@pytest.mark.rule("CM-18")
def test_a_promotion_names_its_link_in_one_piece_for_programs_that_read_mail(channel, mailbox):
    link = f"https://care.example.com/notify/v1/public/opt-outs/{PARCEL.message_id}/{'A' * 26}"
    channel.send(replace(PARCEL, opt_out=link))
    channel.send(PARCEL)

    promotion, other = (envelope.content for envelope in mailbox.envelopes)
    lines = promotion.split(b"\r\n")
    assert f"List-Unsubscribe: <{link}>".encode() in lines
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines
    assert b"List-Unsubscribe" not in other


@pytest.mark.parametrize(
    ("step", "answer", "expected"),
    [
        ("rcpt", "550 no such user", Outcome(Result.REFUSED, "smtp_550", gone=UNKNOWN)),
        ("rcpt", "551 not local", Outcome(Result.REFUSED, "smtp_551", gone=UNKNOWN)),
        ("rcpt", "553 5.1.3 bad syntax", Outcome(Result.REFUSED, "smtp_553", gone=UNKNOWN)),
        ("rcpt", "550 5.2.1 disabled", Outcome(Result.REFUSED, "smtp_550", gone=UNKNOWN)),
        ("rcpt", "550 5.7.1 relaying denied", Outcome(Result.REFUSED, "smtp_550")),
        ("rcpt", "552 5.2.2 mailbox full", Outcome(Result.REFUSED, "smtp_552")),
        ("data", "550 no such user", Outcome(Result.REFUSED, "smtp_550")),
        ("rcpt", "450 greylisted", Outcome(Result.UNREACHABLE, "smtp_450")),
        ("data", "554 spam", Outcome(Result.REFUSED, "smtp_554")),
        ("data", "451 later", Outcome(Result.UNREACHABLE, "smtp_451")),
        ("data", "hang up", Outcome(Result.DOUBTFUL, "smtp_interrupted")),
    ],
)
def test_an_answer_is_read_as_final_passing_or_lost(channel, mailbox, step, answer, expected):
    setattr(mailbox, step, answer)

    assert expected == channel.send(PARCEL)


@pytest.mark.parametrize(
    "address",
    [
        "wang@example.com\r\nBcc: eve@example.com",
        "wang@example.com\nRCPT TO:<eve@example.com>",
        "wang\u2028@example.com",
        "王@example.com",
        "wang",
        "wang@",
        "",
    ],
)
def test_an_address_that_is_none_is_refused_before_anything_is_sent(channel, mailbox, address):
    outcome = channel.send(replace(PARCEL, address=address))

    # A mailbox in Chinese is one, although this channel cannot write to it.
    gone = None if address == "王@example.com" else Gone.ADDRESS_INVALID
    assert Outcome(Result.REFUSED, "address_invalid", gone=gone) == outcome
    assert [] == mailbox.envelopes


def test_a_title_cannot_add_a_header(channel, mailbox):
    outcome = channel.send(replace(PARCEL, title="a\r\nBcc: eve@example.com"))

    assert Outcome(Result.REFUSED, "address_invalid") == outcome
    assert [] == mailbox.envelopes


def test_lines_of_a_body_cannot_end_the_mail(channel, mailbox):
    channel.send(replace(PARCEL, body="one\n.\nRSET\ntwo"))

    (envelope,) = mailbox.envelopes
    mail = message_from_bytes(envelope.content, policy=policy.default)
    assert ["one", ".", "RSET", "two"] == mail.get_content().split()


def test_a_server_that_is_away_may_come_back(unused_port):
    channel = SmtpChannel(SmtpServer("smtp", HOST, unused_port), sender=SENDER)

    assert Outcome(Result.UNREACHABLE, "smtp_unreachable") == channel.send(PARCEL)


@pytest.fixture
def unused_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


@pytest.fixture
def certificate(tmp_path):
    """A certificate for this machine, and a file that holds it with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "server.pem"
    pem = serialization.Encoding.PEM
    file.write_bytes(
        made.public_bytes(pem)
        + key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return file


def tls_of(server_file):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(server_file)
    return context


def authenticate(_server, _session, _envelope, _mechanism, data):
    good = (data.login, data.password) == (b"care", b"secret")
    return AuthResult(success=good)


@pytest.mark.parametrize(
    ("password", "expected"),
    [
        ("secret", Outcome(Result.DELIVERED)),
        ("wrong", Outcome(Result.UNREACHABLE, "smtp_unreachable")),
    ],
)
def test_a_password_is_given_after_starttls_to_a_server_that_is_trusted(
    serve, certificate, password, expected
):
    port = serve(
        tls_context=tls_of(certificate),
        require_starttls=True,
        auth_required=True,
        authenticator=authenticate,
    )
    server = SmtpServer("smtp+starttls", "localhost", port, "care", password)
    trusting = ssl.create_default_context(cafile=str(certificate))

    assert expected == SmtpChannel(server, sender=SENDER, tls=trusting).send(PARCEL)


def test_a_server_that_is_not_trusted_gets_nothing(serve, mailbox, certificate):
    port = serve(tls_context=tls_of(certificate))
    server = SmtpServer("smtp+starttls", "localhost", port, "care", "secret")

    outcome = SmtpChannel(server, sender=SENDER).send(PARCEL)
    assert Outcome(Result.UNREACHABLE, "smtp_unreachable") == outcome
    assert [] == mailbox.envelopes
