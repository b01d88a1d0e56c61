"""A region with partners of joint ventures, and the people who rank them and give them benefits."""

from dataclasses import dataclass
from typing import Any

from customer.adapters.mapping import Customer, PartnerForm
from customer.domain.kinds import Kind
from customer.domain.partner_states import State
from customer.domain.partners import Cell
from customer.use_cases.partners import form_items
from shared.ids import new_id

from .desk import PEOPLE, Desk

NORTH = "region-north"
RANKING = f"/v1/units/{NORTH}/partner-rankings"
CRITERIA = ("contract_performance", "safety_and_quality", "cooperation")


def evidence(*criteria: str, seen_on: str = "2026-02-01") -> list[dict[str, str]]:
    """What speaks for a partner in each of them."""
    return [{"criterion": one, "text": f"report on {one}", "seen_on": seen_on} for one in criteria]


@dataclass
class Region:
    """Region north, which follows the joint-venture pack."""

    desk: Desk
    as_: Any

    def __post_init__(self) -> None:
        self.desk.follow(NORTH, "jointventure", "generic")
        self.office = self.as_("joint_venture_office", unit=NORTH, who="south")
        self.manager = self.as_("general_manager", unit="hq", who="head-south")
        self.unit = self.as_("contracting_unit", unit=NORTH, who="north")

    def partner(self, number: str = "P-1", *, cells: int = 0, state: State = State.ADMITTED) -> Any:
        """A partner of a shop whose form has so many items of 16 filled in."""
        made: Customer = self.desk.register(number, kind=Kind.PARTNER, annual_amount=None)
        with self.desk.open() as tx:
            asked = form_items(tx, "shop-01")[:cells]
            form = PartnerForm(
                id=new_id(),
                customer_id=made.id,
                unit="shop-01",
                opened_at=tx.now,
                opened_by=PEOPLE["north"],
                state=state,
                cells=tuple(Cell(one.part, 0, one.item, "x") for one in asked),
            )
            tx.partners.add(form)
        return made

    def rank(self) -> Any:
        """Rank the partners; the answer to the command."""
        return self.office.post(RANKING, {})

    def places(self) -> list[dict[str, Any]]:
        """The ranking of the year."""
        found: list[dict[str, Any]] = self.office.get(f"{RANKING}?year=2026").json["items"]
        return found

    def propose(self, customer: Customer, **changed: Any) -> Any:
        """Let the office propose a benefit for a partner."""
        body = {"unit": NORTH, "discount": 5, "services": ["priority_service"]}
        body |= {"evidence": evidence(*CRITERIA), **changed}
        return self.office.post(f"/v1/customers/{customer.id}/benefits", body)

    def proposed(self) -> dict[str, Any]:
        """A benefit that waits for its decision."""
        customer = self.partner()
        self.rank()
        answer = self.propose(customer)
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json
        return found

    def act(self, caller: Any, benefit: Any, what: str) -> Any:
        """Approve, reject or withdraw a benefit."""
        body = {} if what == "approvals" else {"reason": "the fee was paid late"}
        return caller.post(f"/v1/benefits/{benefit['benefit_id']}/{what}", body)
