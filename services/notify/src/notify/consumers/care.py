"""What wakes the care calendar: what customers are, and the days that are kept."""

from datetime import date
from typing import Any
from uuid import UUID

from notify.adapters.transaction import NotifyTransaction
from notify.consumers.readings import care
from notify.consumers.readings.files import OfCustomerReading
from notify.domain.care_rules import Action
from notify.domain.occasions import ANNIVERSARY, BIRTHDAY, OWN_DATE
from notify.domain.standings import Standing
from notify.use_cases.care_dates import (
    TASK_TIMER,
    TIMERS_OF,
    UNIT_TIMER,
    greet_own_day,
    open_own_task,
    resume_days,
)
from notify.use_cases.care_tasks import LAPSE_TIMER, lapse_task
from notify.use_cases.festivals import DAY_TIMER, FESTIVAL_TIMER, Passage, begin_day, go_on
from notify.use_cases.newsletters import DUE_TIMER, ISSUE_TIMER, go_out, remind
from notify.use_cases.standings import keep_exit, keep_standing
from shared.envelope import Received
from shared.subscriptions import Fired, Subscription, Subscriptions, Timers


def on_registered(tx: NotifyTransaction, _event: Received, data: dict[str, Any]) -> None:
    def change(standing: Standing) -> None:
        standing.kind, standing.owner_id = data["kind"], data["owner_id"]

    keep_standing(tx, data["customer_id"], change)


def on_class_changed(tx: NotifyTransaction, _event: Received, data: dict[str, Any]) -> None:
    keep_standing(tx, data["customer_id"], lambda one: one.classify(data["scheme"], data["new"]))


def on_grade_changed(tx: NotifyTransaction, _event: Received, data: dict[str, Any]) -> None:
    told = {name: data[name] for name in ("unit", "scheme", "product", "new")}
    keep_standing(tx, data["customer_id"], lambda one: one.grade(**told))


def on_key_account_changed(tx: NotifyTransaction, _event: Received, data: dict[str, Any]) -> None:
    keep_standing(
        tx, data["customer_id"], lambda one: one.call_key(data["unit"], is_key=data["is_key"])
    )


def on_entered(tx: NotifyTransaction, _event: Received, data: dict[str, Any]) -> None:
    tx.standings.kept(data["customer_id"]).enter(data["org_unit"])


def on_exited(tx: NotifyTransaction, _event: Received, data: dict[str, Any]) -> None:
    keep_exit(tx, data["customer_id"], unit=data["org_unit"])


def on_person_changed(tx: NotifyTransaction, _event: Received, data: dict[str, Any]) -> None:
    posts = data["posts"] if data["active"] else ()
    tx.staff.keep(data["person_id"], [(post["unit"], post["role"]) for post in posts])


def on_birthday(tx: NotifyTransaction, fired: Fired) -> None:
    _greet(tx, fired, BIRTHDAY)


def on_anniversary(tx: NotifyTransaction, fired: Fired) -> None:
    _greet(tx, fired, ANNIVERSARY)


def on_own_date(tx: NotifyTransaction, fired: Fired) -> None:
    _greet(tx, fired, OWN_DATE)


def on_birthday_unit(tx: NotifyTransaction, fired: Fired) -> None:
    resume_days(tx, contact_id=id_of(fired))


def on_task_ahead(tx: NotifyTransaction, fired: Fired) -> None:
    kind, id_, occasion, action = fired.subject.split("/")
    on = date.fromisoformat(fired.data["on"])
    open_own_task(tx, occasion=occasion, subject=f"{kind}/{id_}", on=on, action=Action(action))


def on_task_lapse(tx: NotifyTransaction, fired: Fired) -> None:
    lapse_task(tx, task_id=id_of(fired))


def on_care_day(tx: NotifyTransaction, fired: Fired) -> None:
    begin_day(tx, fired.subject, on=date.fromisoformat(fired.data["on"]))


def on_festival(tx: NotifyTransaction, fired: Fired) -> None:
    circle, behind = fired.subject.partition("|")[0], fired.data.get("behind")
    passage = Passage.from_data(fired.data)
    go_on(tx, circle, passage, behind=UUID(behind) if behind else None)


def on_newsletter(tx: NotifyTransaction, fired: Fired) -> None:
    behind = fired.data.get("behind")
    go_out(tx, issue_id=id_of(fired), behind=UUID(behind) if behind else None)


def on_newsletter_due(tx: NotifyTransaction, fired: Fired) -> None:
    remind(tx, issue_id=id_of(fired))


def _greet(tx: NotifyTransaction, fired: Fired, occasion: str) -> None:
    on = date.fromisoformat(fired.data["on"])
    greet_own_day(tx, occasion=occasion, subject=fired.subject, on=on)


def id_of(fired: Fired) -> UUID:
    """Whom or what a timer is about: what stands behind the slash of its subject."""
    return UUID(fired.subject.partition("/")[2])


SUBSCRIPTIONS: Subscriptions = {
    "customer.registered.v1": Subscription(
        reads=care.CustomerRegisteredSchema(), handler=on_registered
    ),
    "customer.class_changed.v1": Subscription(
        reads=care.ClassChangedSchema(), handler=on_class_changed
    ),
    "customer.grade_changed.v1": Subscription(
        reads=care.GradeChangedSchema(), handler=on_grade_changed
    ),
    "customer.key_account_changed.v1": Subscription(
        reads=care.KeyAccountChangedSchema(), handler=on_key_account_changed
    ),
    "customer.entered.v1": Subscription(reads=OfCustomerReading(), handler=on_entered),
    "customer.exited.v1": Subscription(reads=OfCustomerReading(), handler=on_exited),
    "dispatch.person_changed.v1": Subscription(
        reads=care.PersonChangedSchema(), handler=on_person_changed
    ),
}
TIMERS: Timers = {
    TIMERS_OF[BIRTHDAY]: on_birthday,
    TIMERS_OF[ANNIVERSARY]: on_anniversary,
    TIMERS_OF[OWN_DATE]: on_own_date,
    UNIT_TIMER: on_birthday_unit,
    TASK_TIMER: on_task_ahead,
    LAPSE_TIMER: on_task_lapse,
    DAY_TIMER: on_care_day,
    FESTIVAL_TIMER: on_festival,
    ISSUE_TIMER: on_newsletter,
    DUE_TIMER: on_newsletter_due,
}
