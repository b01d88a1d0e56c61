"""A day at the sample company in real time, over HTTP, against whatever serves it."""

from collections import Counter
from collections.abc import Callable
from uuid import uuid4

from demo.scenes import DIRECTORS, HANDLER, Scenes, Thing, a_day_after, complaint_path, order_path
from demo.telling import Telling
from embedded.client import Base, Client
from embedded.reconciling import Reconciliation
from embedded.sample import Company
from shared.clock import SystemClock

SOME = 50  # customers; visits that are due make many events of each


class Live:
    """The story as it is told; ``count`` holds outboxes against inboxes, ``settle`` returns when
    nothing is left to do."""

    def __init__(
        self,
        base: Base,
        company: Company,
        *,
        settle: Callable[[], None],
        count: Callable[[], Reconciliation],
    ) -> None:
        self._base = base
        self._company = company
        self._count = count
        self._clock = SystemClock()
        self._tell = Telling()
        self._scenes = Scenes(company, lambda person: Client(base, person.token), settle)

    def play(self) -> int:
        """Tell it; returns how many expectations failed."""
        self._found_company()
        complaint = self._complain()
        order = self._carry_out(complaint)
        self._turn_to_12315()
        self._read_ledger(complaint, order)
        self._reconcile()
        return self._tell.close()

    def _say(self, role: str, what: str) -> None:
        self._tell.say(self._company.one(role).name, what, at=self._clock.now())

    def _found_company(self) -> None:
        self._tell.chapter("A company with units, people and a calendar")
        self._company.load_people(self._base)
        self._scenes.settle()
        self._say("hr_administrator", f"enters {len(self._company.people)} people")
        self._company.load_customers(self._base, rows=SOME)
        self._say("sales_back_office", "imports the customers")
        listed = self._scenes.acts("sales_back_office").get("/customer/v1/customers", limit=100)
        self._tell.expect("customers are listed", True, len(listed["items"]) > 1)

    def _complain(self) -> Thing:
        self._tell.chapter("A consumer complains, and somebody has to go there")
        customer = self._scenes.register_customer(f"C-{uuid4().hex[:8]}")
        complaint = self._scenes.complain("The door fell off its hinges.", customer=customer)
        self._say(HANDLER, f"takes complaint {complaint['number']} in: level {complaint['level']}")
        self._scenes.reach_complainant(complaint)
        self._scenes.ask_for_field_work(complaint, by=a_day_after(self._clock.now()))
        return complaint

    def _carry_out(self, complaint: Thing) -> Thing:
        tell, scenes = self._tell, self._scenes
        orders = scenes.orders_of(complaint)
        tell.expect("one work order opened by event", 1, len(orders))
        [order] = orders
        scenes.issue(order)
        self._say("dispatcher", "issues the order")
        self._print(order)
        scenes.accept(order)
        scenes.complete(order)
        self._say("repair_worker", "does the work")
        closed = scenes.close(order)
        tell.expect("the order is archived", "archived", closed["state"])
        scenes.settle()
        [work] = scenes.complaint(complaint)["field_works"]
        tell.expect("the complaint knows that the work is done", True, work["satisfied"])
        return closed

    def _print(self, order: Thing) -> None:
        dispatcher = self._scenes.acts("dispatcher")
        paper = dispatcher.post(f"{order_path(order)}/prints", {"part": "both"})
        pdf = dispatcher.fetch(f"/dispatch{paper['pdf']}")
        self._tell.expect("the order is printed in Chinese", b"%PDF-", pdf[:5])

    def _turn_to_12315(self) -> None:
        self._tell.chapter("Another one turns to the authorities")
        severe = self._scenes.complain("It fell on the customer's foot.", hotline=True)
        self._say(HANDLER, f"takes complaint {severe['number']} in: level {severe['level']}")
        self._scenes.settle()
        told = {role: self._scenes.told(role, severe) for role in DIRECTORS}
        counts = {role: reasons.count("complaint_assigned") for role, reasons in told.items()}
        self._tell.expect("both directors are told, once", dict.fromkeys(DIRECTORS, 1), counts)

    def _read_ledger(self, complaint: Thing, order: Thing) -> None:
        tell, scenes = self._tell, self._scenes
        tell.chapter("What was said to anybody, and what the timelines hold")
        told = scenes.told(HANDLER, complaint)
        tell.expect("the handler was told once", 1, told.count("complaint_assigned"))
        keys = Counter(
            (one["reason"], one["subject"], one["occurrence"], one["person_id"], one["channel"])
            for one in scenes.messages()
        )
        tell.expect("nothing was said twice", [], [key for key, n in keys.items() if n > 1])
        kinds = scenes.kinds(HANDLER, complaint_path(complaint))
        tell.expect("the work stands once", 1, kinds.count("complaint.field_work_done.v1"))
        ways = scenes.kinds("dispatcher", order_path(order))
        tell.expect("the order's way has steps", True, len(ways) > 3)

    def _reconcile(self) -> None:
        self._tell.chapter("Every event, handled once by everyone who listens")
        count = self._count()
        said = f"{count.told} events told, {count.handled} handled by their listeners"
        self._tell.say("the count", said, at=self._clock.now())
        self._tell.expect("nobody missed an event", [], count.missing)
        self._tell.expect("nobody handled what was not told", [], count.unexpected)
        left = (count.unpublished, count.parked, count.quarantined)
        self._tell.expect("nothing is left over", (0, 0, 0), left)
