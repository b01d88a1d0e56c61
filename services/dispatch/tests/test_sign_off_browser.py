"""A client draws his signature in a real browser, on the page as it is served."""

import os
import shutil
import struct
import threading

import pytest
from sqlalchemy import select
from werkzeug.serving import make_server

from dispatch.domain.signature_images import SignatureImage

from .browser import chromium
from .company import ORDER

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(
        not (shutil.which("chromium") and shutil.which("chromedriver"))
        and not os.environ.get("CI"),  # where changes are checked its absence is a failure
        reason="needs chromium and its driver (Debian: chromium, chromium-driver)",
    ),
]
REMARKS = "The lock was changed.\nIt closes."
STROKE = ((-120, 20), (-60, -40), (0, 40), (60, -40), (120, 20))


@pytest.fixture
def base(app):
    """The address at which the service is served."""
    server = make_server("127.0.0.1", 0, app)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    serving.join()
    server.server_close()


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
def write(send, cast, path):
    """``write(remarks)``: what the receiver writes; gives the code of the link."""

    def written(remarks):
        answer = send(cast.worker, "POST", f"{path}/sign-off-links", {"remarks": remarks})
        return answer.json["url"].partition("#")[2]

    return written


@pytest.mark.rule("WO-14")
def test_a_client_draws_his_signature_and_the_order_is_completed_by_it(
    send, cast, path, base, write, parts
):
    code = write(REMARKS)
    with chromium("en") as browser:
        browser.open(f"{base}/v1/sign-off#{code}")
        browser.see("#lines", "It closes.")
        browser.click("#sign")
        browser.see("#said", "Please write your name.")
        browser.write("#name", "Li Hua")
        browser.click("#sign")
        browser.see("#said", "Please sign in the frame first.")
        browser.draw("#pad", *STROKE)
        browser.click("#sign")
        browser.see("#said", "Thank you!")
        loaded = browser.run("return performance.getEntriesByType('resource').map((r) => r.name)")
        complaints = browser.complaints()

    assert [] == complaints
    assert {base} == {name[: len(base)] for name in loaded}
    assert [] == [name for name in loaded if code in name]
    done = send(cast.worker, "POST", f"{path}/completions", {})
    told = send(cast.worker, "GET", f"{path}/verification").json
    assert ("completed", "L***") == (done.json["state"], done.json["client_signature"]["name"])
    [_, client] = told["signatures"]
    assert (False, "intact", "link", "phone") == (
        told["changed"],
        client["finding"],
        client["kind"],
        client["device"],
    )
    assert [True] == list(fits_the_phone(parts))


def fits_the_phone(parts):
    """Whether each picture that was drawn is as wide as a canvas on that phone, and no sharper than
    twice its points."""
    with parts.sessions() as session:
        for image in session.scalars(select(SignatureImage)):
            width, height = struct.unpack_from(">II", image.content, 16)
            yield 600 < width <= 780 and 300 < height <= 500


@pytest.mark.rule("WO-14")
def test_a_client_whose_text_is_changed_while_he_reads_it_reads_it_again(base, write):
    code = write(REMARKS)
    with chromium("zh-CN") as browser:
        browser.open(f"{base}/v1/sign-off#{code}")
        browser.see("#lines", "It closes.")
        browser.write("#name", "李华")
        browser.draw("#pad", *STROKE)
        write("The door was changed.")
        browser.click("#sign")
        browser.see("#lines", "The door was changed.")
        browser.see("#said", "内容刚刚有更新")
        browser.click("#sign")
        browser.see("#said", "谢谢")
        browser.open("about:blank")
        browser.open(f"{base}/v1/sign-off#{code}")
        browser.see("#said", "该链接已失效")
