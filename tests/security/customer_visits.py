"""The routes of what decides on visits, and of how the plan was fulfilled."""

from .routes import Route, get, post, put

ONE_CUSTOMER = "/v1/customers/{customer}"
FLAGS = {"is_key": True, "out_of_town": False, "executive_selected": False, "lost": False}
NODE = {"kind": "milestone", "happens_on": "2026-06-01", "reference": "roof"}
SALE = {"happens_on": "2026-03-01", "reference": "order 7"}
ROUTES: dict[str, Route] = {
    "visits.appoint": post("/v1/visits/{visit}/appointments", {"appointed_on": "2026-03-03"}),
    "visit_occasions.flag": put(f"{ONE_CUSTOMER}/visit-flags", FLAGS, version=0),
    "visit_occasions.get_flags": get(f"{ONE_CUSTOMER}/visit-flags"),
    "visit_occasions.tell_node": post(f"{ONE_CUSTOMER}/nodes", NODE),
    "visit_occasions.tell_sale": post(f"{ONE_CUSTOMER}/sales", SALE),
    "visit_occasions.get_fulfilment": get(
        "/v1/units/{unit}/visit-fulfilment?first=2026-01-01&last=2026-12-31"
    ),
}
