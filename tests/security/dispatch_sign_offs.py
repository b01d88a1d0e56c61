"""The routes by which clients sign, and those on which the staff sees that they did."""

from .routes import Route, get, post

PHOTOGRAPH = b"\xff\xd8\xff\xe0 a sheet of paper"
ROUTES: dict[str, Route] = {
    "sign_offs.open_sign_off_link": post("/v1/work-orders/{accepted}/sign-off-links", {}),
    "execution.add_signature_photograph": post(
        "/v1/work-orders/{accepted}/signature-photographs", PHOTOGRAPH, personal=True
    ),
    "verification.verify_order": get("/v1/work-orders/{signed}/verification"),
    "verification.reveal_order_signature": post(
        "/v1/work-orders/{completed}/signatures/client/reveals", {"reason": "a dispute"}
    ),
}
# What clients do with a link, and without a token; dispatch's own tests ask these.
STRANGERS = frozenset(
    {
        "sign_off_page.show_sign_off_page",
        "sign_off_page.get_sign_off_file",
        "signing_off.get_text_to_sign",
        "signing_off.sign_by_link",
    }
)
