"""Scenes of a day at the sample company, played over HTTP against whatever serves them."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from embedded.client import Client
from embedded.sample import Company, Person

COMPLAINTS = "/complaint/v1/complaints"
ORDERS = "/dispatch/v1/work-orders"
HANDLER = "regional_service_assistant"
DIRECTORS = ("sales_centre_director", "administration_centre_director")
CUSTOMER = "邹平"
PHONE = "+8613912345678"
WORK = "Fit the two missing cabinets."
EVERYTHING = 100  # rows a page

Thing = dict[str, Any]


class Scenes:
    """``sign_in`` gives a client for a person; ``settle`` returns when nothing is left to do."""

    def __init__(
        self, company: Company, sign_in: Callable[[Person], Client], settle: Callable[[], None]
    ) -> None:
        self.company = company
        self.settle = settle
        self._sign_in = sign_in

    def acts(self, role: str) -> Client:
        return self._sign_in(self.company.one(role))

    def register_customer(self, number: str = "C-1") -> Thing:
        """A consumer becomes a customer; how he is reached is told to notify alone."""
        told = {
            "number": number,
            "name": CUSTOMER,
            "kind": "consumer",
            "org_unit": "general-service",
            "contacts": [{"name": CUSTOMER, "phone": PHONE}],
        }
        return self.acts("sales_team").post("/customer/v1/customers", told)

    def complain(
        self, reason: str, *, customer: Thing | None = None, hotline: bool = False
    ) -> Thing:
        """A consumer complains; with ``hotline`` he has told the authorities as well."""
        told = {
            "org_unit": "general-service",
            "complainant": "consumer",
            "channel": "telephone",
            "about": "product_quality",
            "customer_id": customer and customer["customer_id"],
            "reported_to_12315": hotline,
            "details": {"reason": reason, "place": "shop-01", "respondent_department": "Logistics"},
        }
        return self.acts(HANDLER).post(COMPLAINTS, told)

    def reach_complainant(self, complaint: Thing) -> Thing:
        learnt = {
            "reason": "A short delivery",
            "course": "The carrier left two boxes behind.",
            "cause": "The boxes stood behind those of another shop.",
            "occurred_at": "2026-02-13T15:00:00+08:00",
            "place": "shop-01",
            "shop_and_persons": "shop-01, the carrier's driver",
            "product": "cabinet",
            "product_code": str(uuid4()),
            "other_contacts": "none",
        }
        return self.acts(HANDLER).post(f"{complaint_path(complaint)}/first-contacts", learnt)

    def ask_for_field_work(self, complaint: Thing, *, by: datetime) -> Thing:
        asked = {
            "place": "shop-01",
            "content": WORK,
            "requirements": "Bring two cabinets of the same finish.",
            "reply_due_at": by.isoformat(),
        }
        path = f"{complaint_path(complaint)}/field-work-requests"
        return self.acts(HANDLER).post(path, asked)

    def orders_of(self, complaint: Thing) -> list[Thing]:
        self.settle()
        return list(self.listed("dispatcher", ORDERS, complaint_id=complaint["id"]))

    def issue(self, order: Thing) -> Thing:
        """The dispatcher names the receiver and issues the order."""
        dispatcher, path = self.acts("dispatcher"), order_path(order)
        receiver = self.company.one("repair_worker")
        dispatcher.patch(path, {"receiver_id": receiver.id}, version=dispatcher.version(path))
        return dispatcher.post(f"{path}/issues")

    def accept(self, order: Thing) -> Thing:
        worker = self.company.one("repair_worker")
        signature = {"signature": {"name": worker.name}}
        return self.acts("repair_worker").post(f"{order_path(order)}/acceptances", signature)

    def complete(self, order: Thing) -> Thing:
        done = {"remarks": "Two cabinets fitted.", "client_signature": {"name": "Shop 01"}}
        return self.acts("repair_worker").post(f"{order_path(order)}/completions", done)

    def close(self, order: Thing) -> Thing:
        """Call back, sign, archive."""
        dispatcher, path = self.acts("dispatcher"), order_path(order)
        called = {"method": "telephone", "satisfied": True, "result": "All as ordered."}
        dispatcher.post(f"{path}/call-backs", called)
        signature = {"signature": {"name": self.company.one("dispatcher").name}}
        dispatcher.post(f"{path}/signatures", signature)
        return dispatcher.post(f"{path}/archives")

    def complaint(self, complaint: Thing) -> Thing:
        return self.acts(HANDLER).get(complaint_path(complaint))

    def messages(self, **query: Any) -> list[Thing]:
        """What the ledger holds, oldest first."""
        return list(self.listed("auditor", "/notify/v1/messages", **query))

    def told(self, role: str, complaint: Thing) -> list[str]:
        """The reasons for which the person with ``role`` was told about a complaint."""
        person, about = self.company.one(role), f"complaint/{complaint['id']}"
        found = self.messages(person=person.id)
        return [message["reason"] for message in found if message["subject"] == about]

    def kinds(self, role: str, path: str) -> list[str]:
        """What a timeline holds, oldest first."""
        return [item["kind"] for item in self.listed(role, f"{path}/timeline")]

    def listed(self, role: str, path: str, **query: Any) -> Iterator[Thing]:
        """Every item of a list, page after page."""
        client = self.acts(role)
        cursor: dict[str, str] = {}
        while True:
            page = client.get(path, limit=EVERYTHING, **query, **cursor)
            yield from page["items"]
            if not page["next_cursor"]:
                return
            cursor = {"cursor": page["next_cursor"]}


def complaint_path(complaint: Thing) -> str:
    return f"{COMPLAINTS}/{complaint['id']}"


def order_path(order: Thing) -> str:
    return f"{ORDERS}/{order['work_order_id']}"


def a_day_after(moment: datetime) -> datetime:
    """By when field work is asked for."""
    return moment + timedelta(days=1)
