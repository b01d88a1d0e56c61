"""The company bars a customer: what all four services do then, in one process."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from complaint.main import SERVICE as COMPLAINT
from customer.adapters.mapping import Grade
from customer.main import SERVICE as CUSTOMER
from demo.scenes import HANDLER, ORDERS, Scenes, Thing, a_day_after, complaint_path
from dispatch.main import SERVICE as DISPATCH
from embedded.client import Client, Refused
from embedded.control import create_control
from embedded.house import HOST, House
from embedded.sample import Company
from embedded.settling import Settling
from notify.main import SERVICE as NOTIFY
from shared.clock import SimulatedClock
from shared.rules import Because

MONDAY = datetime.fromisoformat("2026-03-02T10:00:00+08:00")
CLAUSE = Because(pack="medical", version="1", clause="001-P10 L484", rule="CL-09")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    home = tmp_path_factory.mktemp("house")
    clock = SimulatedClock(home / "clock.json", MONDAY)
    made = House(home, (CUSTOMER, COMPLAINT, DISPATCH, NOTIFY), clock=clock)
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def scenes(house: House) -> Scenes:
    """The sample company, which follows the regulation of the medical firm."""
    port = house.listen(0, create_control(house.parts, house.clock, house.wake))
    base, company = f"http://{HOST}:{port}", Company(house.keys)
    company.load_people(base)
    settle = Settling(house.parts).wait
    settle()
    made = Scenes(company, lambda person: Client(base, person.token), settle)
    path = "/customer/v1/units/hq/policies"
    administrator = made.acts("policy_administrator")
    packs = {"packs": ["medical", "generic"], "effective_from": "2026-01-01"}
    administrator.put(path, packs, version=administrator.version(path))
    return made


@pytest.fixture(scope="module")
def customer(scenes: Scenes, house: House) -> Thing:
    """A VIP: the company bars nobody else."""
    made = scenes.register_customer()
    with house.parts["customer"].begin(now=house.clock.now()) as tx:
        tx.grades.add(
            Grade(
                customer_id=UUID(made["customer_id"]),
                unit="sales-centre",
                scheme="medical",
                grade="vip",
                because=CLAUSE,
                graded_at=tx.now,
            )
        )
    return made


def bar(scenes: Scenes, customer: Thing) -> None:
    """A department reports the customer, the marketing division verifies and lists him."""
    path = f"/customer/v1/customers/{customer['customer_id']}/blacklist-reports"
    grounds = {"reason_code": "major_loss", "reason": "He never paid.", "evidence": "Invoices."}
    entry = scenes.acts("sales_team").post(path, grounds)
    keeper, one = scenes.acts("marketing_division"), f"/customer/v1/blacklist/{entry['entry_id']}"
    keeper.post(f"{one}/verifications", {"findings": "It is true."})
    keeper.post(f"{one}/listings")
    scenes.settle()


def close(scenes: Scenes, complaint: Thing) -> None:
    """Tell the result; the complainant is content; review and archive."""
    path, answer = complaint_path(complaint), {"code": 2, "method": "telephone", "evidence": "Call"}
    scenes.acts(HANDLER).post(f"{path}/results", {"result": "It was repaired."})
    scenes.acts(HANDLER).post(f"{path}/satisfaction-answers", answer)
    scenes.acts("general_service_supervisor").post(f"{path}/reviews", {"opinion": "Fine."})
    scenes.acts("franchise_clerk").post(f"{path}/archives")
    scenes.settle()


def ordered(scenes: Scenes, customer: Thing, complaint: Thing | None = None) -> str:
    """What becomes of an order that the dispatcher drafts by himself: its state, or why not."""
    body: dict[str, Any] = {
        "reply_due_at": a_day_after(MONDAY).isoformat(),
        "customer_id": customer["customer_id"],
        "complaint_id": complaint and complaint["id"],
    }
    try:
        return str(scenes.acts("dispatcher").post(ORDERS, body)["state"])
    except Refused as refused:
        return str(refused.code)


def test_a_barred_customer_gets_what_his_open_complaint_needs_and_nothing_else(
    scenes: Scenes, customer: Thing
) -> None:
    complaint = scenes.complain("The door fell off its hinges.", customer=customer)
    scenes.reach_complainant(complaint)
    scenes.settle()
    assert ordered(scenes, customer) == "draft"

    bar(scenes, customer)
    assert ordered(scenes, customer) == "customer_blacklisted"
    assert ordered(scenes, customer, complaint) == "draft"
    scenes.ask_for_field_work(complaint, by=a_day_after(MONDAY))
    opened = [one for one in scenes.orders_of(complaint) if one["source"] == "complaint"]
    assert [scenes.issue(one)["state"] for one in opened] == ["issued"]

    close(scenes, complaint)
    assert ordered(scenes, customer, complaint) == "complaint_closed"

    bulletins = list(scenes.listed("repair_worker", "/notify/v1/bulletins"))
    assert [one["customer_number"] for one in bulletins] == ["C-1"]
    heads = {person.id for person in scenes.company.people if person.role == "department_head"}
    told = {one["person_id"] for one in scenes.messages(reason="company_blacklisted")}
    assert told == heads | {scenes.company.one("marketing_division").id}
