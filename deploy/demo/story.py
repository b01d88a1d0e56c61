"""The story: a franchise company in February 2026, told over HTTP."""

from collections import Counter

from demo import (
    assignment,
    books,
    calls,
    case_news,
    complaints,
    conversions,
    customers,
    dead_spot,
    decency,
    key_accounts,
    medical,
    orders,
    partners,
    public,
    quality,
    shift_ends,
    sign_offs,
    weekly_report,
)
from demo.cast import Cast
from demo.telling import Telling, local
from embedded.sample import Company


def play(base: str, company: Company) -> int:
    """Tell the story against the services at ``base``; returns how many expectations failed."""
    telling = Telling()
    cast = Cast(base, company, telling)
    customers.company_is_founded(cast)
    first = complaints.franchisee_complains(cast)
    complaints.technician_goes(cast, first)
    orders.receiver_is_unable(cast)
    sign_offs.client_signs_on_a_phone(cast)
    dead_spot.phone_is_in_a_dead_spot(cast)
    books.book_comes_back_with_a_gap(cast)
    decency.what_can_wait_waits(cast)
    complaints.franchisee_is_not_content(cast, first)
    with partners.listening(cast) as partner:
        second = complaints.consumer_turns_to_12315(cast)
        partners.partner_has_heard(cast, partner, second)
    calls.shop_is_promised_a_call(cast)
    public.consumer_complains_by_herself(cast)
    conversions.opinion_becomes_a_request(cast)
    shift_ends.shift_is_handed_over(cast)
    visit = customers.choose_visit(cast)
    complaints.manager_settles(cast, first)
    case_news.complainants_are_told(cast, first, second)
    weekly_report.managers_read_the_week(cast)
    quality.bad_goods_are_held(cast)
    medical.business_is_taken_up(cast)
    key_account = key_accounts.key_account_has_an_emergency(cast)
    assignment.receivers_are_found(cast, key_account)
    customers.visit_comes_due(cast, visit)
    customers.birthdays_are_kept(cast)
    show_ledger(cast)
    reconcile(cast)
    return telling.close()


def show_ledger(cast: Cast) -> None:
    """Everything that was said to anybody: one line each, visits counted by recipient."""
    cast.telling.chapter("The ledger of everything that was said to anybody")
    ledger = list(reversed(cast.messages()))
    visits: Counter[tuple[str, str, str]] = Counter()
    for message in ledger:
        key = (message["reason"], cast.named(message["person_id"]), message["state"])
        if message["reason"].startswith("visit_"):
            visits[key] += 1
        else:
            cast.telling.say(
                key[1],
                f"{key[0]}, {message['channel']}: {key[2]}",
                at=message["planned_at"],
                because=message["because"],
            )
    for (reason, person, state), count in sorted(visits.items()):
        cast.telling.say(person, f"{count} x {reason}: {state}", at=cast.now())
    unsent = [m for m in ledger if m["state"] != "sent" and m["state_reason"] != "no_address"]
    cast.telling.expect("whatever has an address was sent", [], [m["reason"] for m in unsent])
    keys = Counter(
        (m["reason"], m["subject"], m["occurrence"], m["person_id"], m["channel"]) for m in ledger
    )
    cast.telling.expect("nothing was said twice", [], [k for k, count in keys.items() if count > 1])


def reconcile(cast: Cast) -> None:
    """Every event against everyone who listens."""
    cast.telling.chapter("Every event, handled once by everyone who listens")
    count = cast.reconciliation()
    cast.telling.say(
        "the count",
        f"{count['told']} events told, {count['handled']} handled by their listeners",
        at=cast.now(),
    )
    cast.telling.expect("nobody missed an event", [], count["missing"])
    cast.telling.expect("nobody handled what was not told", [], count["unexpected"])
    cast.telling.expect(
        "nothing is left over",
        [0, 0, 0],
        [count[k] for k in ("unpublished", "parked", "quarantined")],
    )
    cast.telling.say("the clock", f"stops at {local(cast.now())}", at=cast.now())
