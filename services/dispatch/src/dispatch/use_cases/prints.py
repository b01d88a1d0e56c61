"""Print work orders: what stands on the paper is kept, and drawn by whoever asks for it (WO-02)."""

from collections.abc import Iterator, Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.callers import Caller
from dispatch.domain.prints import (
    ArticleRule,
    Duty,
    Language,
    Part,
    Print,
    PrintRule,
    check_printable,
    check_printing,
)
from dispatch.domain.sheets import Cited, Sheet
from dispatch.domain.signatures import digest_of
from dispatch.domain.work_order_forms import Facts, sheet_of
from dispatch.domain.work_order_states import TRANSITIONS, Command
from dispatch.domain.work_orders import WorkOrder
from dispatch.use_cases.sign_offs import open_sign_off
from shared import masking
from shared.ids import new_id
from shared.numbers import next_number
from shared.rules import Because, Ruling

# The sections by which the parts of the form are filled in, in the order of the work.
CITED = ("dispatching", "issuing", "accepting", "completing", "closing")
ARTICLES = {"completing": Duty.COMPLETION, "closing": Duty.COMPLETION}


def print_work_order(
    tx: DispatchTransaction,
    order_id: UUID,
    *,
    parts: Sequence[Part],
    language: Language,
    caller: Caller,
) -> list[Print]:
    """Print parts of an order, and keep who printed what and when. A part that was printed before
    is a copy, and says so.

    Raises NotFound, NotOnStaff, MayNotPrint, WrongState, and for the copy as ``open_sign_off``.
    """
    order = tx.work_orders.get(order_id, caller)
    by = tx.people.acting(caller).id
    check_printable(order)
    rulings = {part: _allowed(tx, order, part, by=by, caller=caller) for part in parts}
    # Taken first: two who print at once wait here for each other, so that neither copy is lost.
    number = next_number(tx.session, f"print/{order.id}")
    facts = _facts(tx, order, by)
    link = _link(tx, order, caller) if Part.COPY in parts else None
    made = []
    for part, rule in rulings.items():
        copy_no = tx.prints.count(order.id, part) + 1
        sheet = sheet_of(order, facts, part=part, copy_no=copy_no, link=link)
        made.append(_print(order, sheet, facts, rule.because, number=number, language=language))
    for one in made:
        tx.prints.add(one)
        _note(tx, one)
    return made


def printed_together(
    tx: DispatchTransaction, order_id: UUID, number: int, *, caller: Caller
) -> list[Print]:
    """What was printed of an order at one time, for those who may print it themselves.

    Raises NotFound, NotOnStaff, MayNotPrint.
    """
    order = tx.work_orders.get(order_id, caller)
    by = tx.people.acting(caller).id
    found = tx.prints.together(order.id, number)
    for one in found:
        _allowed(tx, order, one.part, by=by, caller=caller)
    return found


def _allowed(
    tx: DispatchTransaction, order: WorkOrder, part: Part, *, by: UUID, caller: Caller
) -> Ruling[PrintRule]:
    rule: Ruling[PrintRule] = tx.ruling("printing", unit=order.org_unit, part=part)
    check_printing(order, rule, roles=tx.work_orders.roles_over(order, caller), by=by)
    return rule


def _print(
    order: WorkOrder,
    sheet: Sheet,
    facts: Facts,
    because: Because,
    *,
    number: int,
    language: Language,
) -> Print:
    return Print(
        id=new_id(),
        work_order_id=order.id,
        number=number,
        part=Part(sheet.part),
        copy_no=sheet.copy_no,
        language=language,
        printed_at=facts.now,
        printed_by=facts.by,
        digest=digest_of(sheet.written()),
        because=because,
        sheet=sheet,
    )


def _link(tx: DispatchTransaction, order: WorkOrder, caller: Caller) -> str | None:
    """Where the client signs, as long as there is something to sign (WO-14)."""
    if Command.OPEN_SIGN_OFF not in TRANSITIONS[order.state]:
        return None
    return open_sign_off(tx, order, caller=caller).url


def _note(tx: DispatchTransaction, made: Print) -> None:
    what = {"number": made.number, "part": made.part, "copy_no": made.copy_no}
    subject = f"work_order/{made.work_order_id}"
    tx.note(subject, "work_order_printed", because=made.because, digest=made.digest, **what)
    tx.record("work_order.printed", subject, **what)


def _facts(tx: DispatchTransaction, order: WorkOrder, by: UUID) -> Facts:
    unit = order.org_unit
    issuing, completing = (tx.ruling(name, unit=unit) for name in ("issuing", "completing"))
    pack = tx.pack_of(issuing.because, unit=unit)
    return Facts(
        names=_names(tx, order, by),
        receiver_role=_receiver_role(tx, order),
        unit=tx.units.known(unit).name,
        zone=ZoneInfo(tx.calendar(unit).zone),
        now=tx.now,
        by=by,
        breaches=tx.session.scalars(tx.breaches.of_order(order.id)).all(),
        open_reasons=tx.daily_checks.answered(order.id),
        issuing=issuing.value,
        completing=completing.value,
        cited=tuple(_cited(tx, unit)),
        regulation=pack.title,
        owner=pack.document.get("owner", ""),
        masked=masking.name,
    )


def _names(tx: DispatchTransaction, order: WorkOrder, by: UUID) -> dict[UUID, str]:
    """The names of all who have to do with an order, as far as the directory knows them."""
    named = {by, order.dispatcher_id, order.receiver_id, order.archived_by}
    named |= {report.by for report in order.progress_reports}
    if order.unable_report:
        named |= {order.unable_report.by, order.unable_report.decided_by}
    if order.call_back_made:
        named.add(order.call_back_made.by)
    named |= {one.person_id for one in tx.session.scalars(tx.breaches.of_order(order.id))}
    named |= {one.answered_by for one in tx.daily_checks.answered(order.id)}
    people = (tx.people.find(one) for one in named if one)
    return {person.id: person.name for person in people if person}


def _receiver_role(tx: DispatchTransaction, order: WorkOrder) -> str | None:
    """The first post of the receiver that receives (WO-05)."""
    receiver = tx.people.find(order.receiver_id) if order.receiver_id else None
    receives = tx.ruling("receiving", unit=order.org_unit).value.roles
    held = receiver.posts if receiver else ()
    return next((post.role for post in held if post.role in receives), None)


def _cited(tx: DispatchTransaction, unit: str) -> Iterator[Cited]:
    """Where the parts of the form come from; articles that share a number in the text by numbers of
    their own (WO-20)."""
    for section in CITED:
        for rule in tx.rulings(section, unit=unit)[:1]:
            article = _article(tx, unit, ARTICLES.get(section))
            number = article.value.article if article else None
            yield Cited(subject=section, clause=rule.because.clause, article=number)
    check = _article(tx, unit, Duty.DAILY_CHECK)
    if check:
        clause, number = check.because.clause, check.value.article
        yield Cited(subject=Duty.DAILY_CHECK, clause=clause, article=number)


def _article(tx: DispatchTransaction, unit: str, duty: Duty | None) -> Ruling[ArticleRule] | None:
    """The number of the article on a duty, where the packs in force give it one."""
    return next(iter(tx.rulings("articles", unit=unit, duty=duty)), None) if duty else None
