"""The routes by which clients sign, as far as they are for the staff."""

from .routes import Route, post

ROUTES: dict[str, Route] = {
    "sign_offs.open_sign_off_link": post("/v1/work-orders/{accepted}/sign-off-links", {}),
}
