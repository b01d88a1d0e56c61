"""The routes of assignment and of the board of a unit."""

from .routes import Route, get, post

BY_HAND = {"receiver_id": "{worker}", "reason": "she knows the house"}
ROUTES: dict[str, Route] = {
    "assignment.list_candidates": get("/v1/work-orders/{draft}/candidates"),
    "assignment.assign_order": post("/v1/work-orders/{draft}/assignments", BY_HAND),
    "board.get_board": get("/v1/units/{unit}/board"),
}
