"""The routes of grades, and of what they follow from."""

from .routes import Route, post

ONE_CUSTOMER = "/v1/customers/{customer}"
PURCHASES = {"amount": "20", "frequency": 2, "last_on": "2026-03-01"}
ROUTES: dict[str, Route] = {
    "grades.tell_purchases_of": post(f"{ONE_CUSTOMER}/purchases", PURCHASES),
}
