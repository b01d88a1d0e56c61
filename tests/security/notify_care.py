"""The routes of the care calendar: tasks, days and consents of contacts."""

from datetime import timedelta
from uuid import UUID

from notify.adapters.transaction import NotifyTransaction
from notify.domain.birthdays import Birthday, BirthdayCalendar
from notify.domain.care_rules import APPROVERS, Action
from notify.domain.care_task_states import TaskState
from notify.domain.care_tasks import CareTask
from notify.domain.newsletters import Audience, Text
from notify.use_cases.care_dates import keep_date
from notify.use_cases.newsletters import write_issue
from notify.use_cases.promotion_consents import give_consent
from shared.ids import new_id
from shared.rules import Because

from .cast import NOW, PERSON
from .routes import Route, get, post

TASK = "/v1/care-tasks/{care_task}"
CLAUSE = Because(pack="care", version="1", clause="004-T15 L330", rule="CM-07")
DAY = {
    "contact_id": "{contact}",
    "title": "Opening",
    "calendar": "solar",
    "month": 5,
    "day": 9,
}
CONSENT = {
    "contact_id": "{contact}",
    "topics": ["industry_news"],
    "form": "folder 7",
    "wording": "2026-1",
    "given_at": NOW.isoformat(),
}
TEXTS = {"zh-CN": {"headline": "News", "text": "There is news."}}
ISSUE = {
    "unit": "{unit}",
    "topic": "offers",
    "audience": {"kinds": ["consumer"], "sizes": [], "grades": [], "key_accounts": False},
    "texts": TEXTS,
    "send_at": (NOW + timedelta(days=2)).isoformat(),
}
WHY = {"reason": "a wrong price"}
LETTER = "/v1/newsletters/{newsletter}"
ROUTES: dict[str, Route] = {
    "newsletters.list_newsletters": get("/v1/newsletters", lists="newsletter"),
    "newsletters.get_newsletter": get(LETTER),
    "newsletters.get_newsletter_timeline": get(f"{LETTER}/timeline"),
    "newsletters.write_newsletter": post("/v1/newsletters", ISSUE),
    "newsletters.approve_newsletter": post(f"{LETTER}/approvals", {}),
    "newsletters.decline_newsletter": post(f"{LETTER}/rejections", WHY),
    "newsletters.withdraw_newsletter": post(f"{LETTER}/withdrawals", WHY),
    "care_tasks.list_care_tasks": get("/v1/care-tasks", lists="care_task"),
    "care_tasks.get_care_task": get(TASK),
    "care_tasks.get_care_task_timeline": get(f"{TASK}/timeline"),
    "care_tasks.approve_care_task": post(f"{TASK}/approvals", {}),
    "care_tasks.decline_care_task": post(f"{TASK}/rejections", {"reason": "no budget"}),
    "care_tasks.complete_care_task": post("/v1/care-tasks/{care_call}/completions", {}),
    "care_dates.list_care_dates": get("/v1/care-dates", lists="care_date"),
    "care_dates.keep_care_date": post("/v1/care-dates", DAY),
    "care_dates.drop_care_date": post("/v1/care-dates/{care_date}/removals", {}),
    "promotion_consents.list_promotion_consents": get(
        "/v1/promotion-consents", lists="promotion_consent"
    ),
    "promotion_consents.give_promotion_consent": post("/v1/promotion-consents", CONSENT),
    "promotion_consents.withdraw_promotion_consent": post(
        "/v1/promotion-consents/{promotion_consent}/withdrawals", {}
    ),
}


class Editor:
    """Who wrote the issue that is seeded."""

    id = str(new_id())
    roles = ("marketing_specialist",)


def cared(tx: NotifyTransaction, contact_id: UUID) -> dict[str, str]:
    """A gift that waits for its approval, a call to make, a day and a consent of a contact."""
    contact = tx.contacts.get(contact_id)
    gift, call = (_task(tx, contact_id, action) for action in (Action.GIFT, Action.CALL))
    day = keep_date(tx, contact, title=PERSON, day=Birthday(BirthdayCalendar.SOLAR, 5, 8))
    consent = give_consent(
        tx, contact, topics=("offers",), given_at=NOW, form="folder 6", wording="2026-1"
    )
    issue = write_issue(
        tx,
        unit=contact.org_unit or "",
        topic="offers",
        audience=Audience(),
        texts={"zh-CN": Text(headline="News", text="There is news.")},
        send_at=NOW + timedelta(days=1),
        caller=Editor(),
    )
    return {
        "newsletter": str(issue.id),
        "care_task": str(gift.id),
        "care_call": str(call.id),
        "care_date": str(day.id),
        "promotion_consent": str(consent.id),
    }


def _task(tx: NotifyTransaction, contact_id: UUID, action: Action) -> CareTask:
    contact = tx.contacts.get(contact_id)
    task = CareTask(
        id=new_id(),
        contact_id=contact_id,
        customer_id=contact.customer_id or new_id(),
        org_unit=contact.org_unit or "",
        action=action,
        occasion="birthday",
        subject=f"contact/{contact_id}",
        year=NOW.year,
        on=NOW.date(),
        responsible_id=None,
        approvers=APPROVERS if action is Action.GIFT else (),
        amount=None,
        because=CLAUSE,
        opened_at=NOW,
        lapses_at=NOW + timedelta(days=7),
        state=TaskState.PROPOSED if action is Action.GIFT else TaskState.APPROVED,
    )
    tx.care_tasks.add(task)
    return task
