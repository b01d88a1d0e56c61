"""A client signs for the work on his phone; what he did not read he does not sign."""

import struct
import zlib
from base64 import b64encode
from typing import Any

from demo.cast import Cast
from demo.complaints import ORDERS
from demo.telling import local
from embedded.client import Client, Refused

SIGN_OFF = "/dispatch/v1/public/sign-off"
JOB = {
    "category": "repair",
    "place": "shop-01, back door",
    "content": "The lock does not close.",
    "requirements": "Bring a lock of the same make.",
    "reply_due_at": "2026-02-14T18:00:00+08:00",
}


def client_signs_on_a_phone(cast: Cast) -> None:
    """Saturday afternoon: a link, a signature under the exact text, and the proof of it."""
    tell = cast.telling
    tell.chapter("The client signs on a phone")
    cast.until("2026-02-14 15:05")
    worker, name = cast.acts("repair_worker"), cast.person("repair_worker").name
    path = _accepted(cast)
    link = worker.post(f"{path}/sign-off-links", {"remarks": "Oiled."})
    tell.say(name, f"shows a link, good until {local(link['expires_at'])}", at=cast.now())
    phone = Client(cast.base, headers={"Sign-Off-Code": link["url"].partition("#")[2]})
    read = phone.get(SIGN_OFF)
    same = worker.post(f"{path}/sign-off-links", {"remarks": "A new lock; it closes."})
    tell.expect("whoever asks again gets the same link", link["url"], same["url"])
    tell.expect("an earlier text is not signed", "text_changed", _refusal(phone, read))
    now_read = phone.get(SIGN_OFF)
    signed = phone.post(SIGN_OFF, _signature(now_read))
    tell.say("the client", "signs what the phone shows", at=signed["signed_at"])
    tell.expect("the text that was read", now_read["digest"], signed["digest"])
    tell.expect("the link is good once", "not_found", _refusal(phone, now_read))
    _is_proven(cast, path)


def _accepted(cast: Cast) -> str:
    dispatcher, worker = cast.acts("dispatcher"), cast.person("repair_worker")
    order = dispatcher.post(ORDERS, {**JOB, "receiver_id": worker.id})
    path = f"{ORDERS}/{order['work_order_id']}"
    dispatcher.post(f"{path}/issues")
    signature = {"signature": {"name": worker.name}}
    cast.acts("repair_worker").post(f"{path}/acceptances", signature)
    return path


def _is_proven(cast: Cast, path: str) -> None:
    tell = cast.telling
    done = cast.acts("repair_worker").post(f"{path}/completions")
    tell.expect("the order is completed by it", "completed", done["state"])
    told = cast.acts("dispatcher").get(f"{path}/verification")
    tell.expect("nothing was changed since", False, told["changed"])
    found = [(one["part"], one["kind"], one["finding"]) for one in told["signatures"]]
    wanted = [("acceptance", "typed", "intact"), ("client", "link", "intact")]
    tell.expect("both signatures are intact", wanted, found)
    dispatcher = cast.acts("dispatcher")
    called = {"method": "telephone", "satisfied": True, "result": "It closes."}
    dispatcher.post(f"{path}/call-backs", called)
    signature = {"signature": {"name": cast.person("dispatcher").name}}
    dispatcher.post(f"{path}/signatures", signature)
    dispatcher.post(f"{path}/archives")
    cast.settle()


def _refusal(phone: Client, read: dict[str, Any]) -> str:
    try:
        phone.post(SIGN_OFF, _signature(read))
    except Refused as refused:
        return str(refused.code)
    return "taken"


def _signature(read: dict[str, Any]) -> dict[str, Any]:
    return {
        "digest": read["digest"],
        "name": "王芳",
        "relation": "staff",
        "device_at": "2026-02-14T15:06:00+08:00",
        "drawing": b64encode(drawing()).decode(),
    }


def drawing(width: int = 60, height: int = 20) -> bytes:
    """A line on white, as a PNG."""
    rows = [b"\0" + b"\xff" * width] * height
    rows[height // 2] = b"\0" + b"\xff" * 5 + b"\0" * (width - 10) + b"\xff" * 5
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(b"".join(rows))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", len(body), name) + body + struct.pack(">I", zlib.crc32(name + body))
