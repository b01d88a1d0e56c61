"""Both parts of an order are printed by those who may, and the log knows each of them."""

from copy import deepcopy
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from dispatch.adapters.prints import prints
from dispatch.api.policies import SECTIONS
from dispatch.domain.people import NotOnStaff
from dispatch.domain.prints import Language, MayNotPrint, Part
from dispatch.domain.sheets import Sheet
from dispatch.domain.signatures import digest_of
from dispatch.domain.unable import Decision
from dispatch.domain.work_order_forms import REPORTS
from dispatch.use_cases.prints import print_work_order, printed_together
from shared.policy import PackFault, parse
from shared.rules import NotFound, WrongState
from shared.tables import audit, journal

from .company import CLERK, DISPATCHER, FRIDAY, SUPERVISOR, WORKER
from .office import ENGINEER, HEAD, Office
from .shift_end import ShiftEnd

STUB, COPY = Part.STUB, Part.COPY
BOTH = (STUB, COPY)


@pytest.fixture
def office(sessions, company, rulebook):
    return Office(sessions, rulebook)


def printed(office, by=DISPATCHER, *, parts=BOTH):
    return office.on(print_work_order, by, parts=parts, language=Language.CHINESE)


def sheet(office, part=STUB, by=DISPATCHER):
    [made] = printed(office, by, parts=[part])
    return made.sheet


def entry(sheet, name):
    [found] = [one.value for one in sheet.entries if one.name == name]
    return found


def box(sheet, field):
    [found] = [(one.name, one.at) for one in sheet.boxes if one.field == field]
    return found


@pytest.mark.rule("WO-02")
def test_an_order_has_two_parts_and_each_print_stands_in_the_log(office, rows):
    office.issue()
    stub, copy = printed(office)
    again, _ = printed(office, SUPERVISOR)

    assert (stub.part, stub.copy_no, stub.number) == (STUB, 1, 1)
    assert (copy.part, copy.copy_no, copy.number) == (COPY, 1, 1)
    assert (again.copy_no, again.number, again.printed_by) == (2, 2, UUID(SUPERVISOR.id))
    assert stub.digest == digest_of(stub.sheet.written())
    assert (stub.sheet.copy_no, again.sheet.copy_no) == (1, 2)
    kept = rows(select(prints.c.number, prints.c.part, prints.c.copy_no).order_by(prints.c.id))
    assert kept == [(1, STUB, 1), (1, COPY, 1), (2, STUB, 2), (2, COPY, 2)]


@pytest.mark.rule("WO-02")
@pytest.mark.parametrize("by", [DISPATCHER, SUPERVISOR])
@pytest.mark.parametrize("part", Part)
def test_dispatchers_print_either_part(office, by, part):
    office.issue()
    [made] = printed(office, by, parts=[part])
    assert (made.part, made.because.rule) == (part, "WO-02")


@pytest.mark.rule("WO-02", "WO-08")
def test_the_receiver_prints_the_copy_that_he_takes_along_and_no_stub(office):
    office.issue()
    [made] = printed(office, WORKER, parts=[COPY])
    assert made.copy_no == 1
    for parts in ([STUB], BOTH):
        with pytest.raises(MayNotPrint):
            printed(office, WORKER, parts=parts)


@pytest.mark.parametrize("by", [HEAD, ENGINEER, CLERK])
def test_others_print_nothing(office, rows, by):
    office.issue()
    with pytest.raises((MayNotPrint, NotFound)):
        printed(office, by, parts=[COPY])
    assert rows(select(func.count()).select_from(prints)) == [(0,)]


def test_who_had_the_order_before_prints_it_no_more(office):
    office.issue()
    office.unable()
    office.decide(Decision.REASSIGN, receiver=ENGINEER)
    with pytest.raises(NotFound):
        printed(office, WORKER, parts=[COPY])
    [made] = printed(office, ENGINEER, parts=[COPY])
    assert entry(made.sheet, "receiver_id") == f"Person {UUID(ENGINEER.id).int}"


@pytest.mark.rule("WO-02", "WO-14")
def test_the_client_signs_by_the_link_on_the_executors_copy_alone(office):
    office.issue()
    stub, copy = printed(office)
    again = sheet(office, COPY, WORKER)

    assert "/v1/sign-off#" in copy.sheet.link
    assert stub.sheet.link is None
    assert again.link == copy.sheet.link  # What was printed before stays good.


def test_where_nothing_is_left_to_sign_there_is_no_link(office):
    office.issue()
    office.accept()
    office.complete()
    assert sheet(office, COPY).link is None


@pytest.mark.parametrize(
    "change",
    [
        prints.update().values(copy_no=1),
        prints.update().values(digest="0" * 64),
        prints.delete(),
    ],
)
def test_the_log_is_only_added_to(office, rows, change):
    office.issue()
    printed(office)
    printed(office)
    with pytest.raises(IntegrityError, match="only added to"), office.open() as tx:
        tx.session.execute(change)
    assert rows(select(func.count()).select_from(prints)) == [(4,)]


def test_who_has_left_prints_nothing(office):
    office.issue()
    office.leave(SUPERVISOR)
    with pytest.raises(NotOnStaff):
        printed(office, SUPERVISOR)


@pytest.mark.rule("WO-02")
def test_a_draft_is_not_printed(office, rows):
    office.draft()
    with pytest.raises(WrongState):
        printed(office)
    assert rows(select(func.count()).select_from(prints)) == [(0,)]


@pytest.mark.rule("WO-02")
def test_printing_shows_in_timeline_and_audit_log(office, rows):
    office.issue()
    stub, _ = printed(office)
    of = journal.c
    noted = rows(
        select(of.subject, of.actor, of.data, of.because).where(of.kind == "work_order_printed")
    )
    assert [one.data["part"] for one in noted] == ["stub", "copy"]
    assert noted[0].subject == f"work_order/{office.order_id}"
    assert (noted[0].actor, noted[0].because["rule"]) == (DISPATCHER.id, "WO-02")
    assert noted[0].data == {"digest": stub.digest, "number": 1, "part": "stub", "copy_no": 1}
    assert len(rows(select(audit.c.action).where(audit.c.action == "work_order.printed"))) == 2


@pytest.mark.rule("WO-02")
def test_the_sheet_is_kept_as_it_was(office):
    office.issue()
    before = printed(office)
    office.accept()
    office.start()
    office.complete()
    kept = office.on(printed_together, DISPATCHER, number=1)

    assert [one.sheet for one in kept] == [one.sheet for one in before]
    assert [digest_of(one.sheet.written()) for one in kept] == [one.digest for one in before]
    assert sheet(office).state == "completed"


def test_what_stands_on_paper_is_shown_to_those_who_may_print_it(office):
    office.issue()
    printed(office)
    printed(office, parts=[COPY])
    with pytest.raises(MayNotPrint):
        office.on(printed_together, WORKER, number=1)
    [copy] = office.on(printed_together, WORKER, number=2)
    assert copy.part is COPY
    for number in (0, 3):
        with pytest.raises(NotFound):
            office.on(printed_together, DISPATCHER, number=number)


def test_sheets_are_encrypted_where_they_are_kept(office, rows):
    office.issue(content="Secret of the third floor")
    printed(office)
    [kept, _] = rows(select(prints.c.sheet).order_by(prints.c.id))
    assert b"third floor" not in kept.sheet


@pytest.mark.rule("WO-07", "WO-08")
def test_every_field_of_the_form_is_filled_in_as_far_as_it_is_known(office):
    office.issue(category="repair")
    first = sheet(office)
    assert (first.order_no, first.unit) == ("dispatch-centre-000001", "dispatch-centre")
    assert entry(first, "dispatcher_id") == f"Person {UUID(DISPATCHER.id).int}"
    assert entry(first, "receiver_id") == f"Person {UUID(WORKER.id).int}"
    assert entry(first, "receiver_role") == "repair_worker"
    assert entry(first, "issued_at") == "2026-02-13 17:00"
    assert entry(first, "reply_due_at") == "2026-02-14 17:00"
    assert entry(first, "place") == "Building 3, gate 2"
    assert entry(first, "category") == "repair"
    for blank in ("accepted_at", "completed_at", "remarks"):
        assert entry(first, blank) is None
    assert {one.name for one in first.boxes} == {None}
    mandatory = {one.name for one in first.entries if one.mandatory}
    wanted = {"dispatcher_id", "receiver_id", "reply_due_at"}
    assert mandatory == wanted | {"place", "content", "requirements", "remarks"}


@pytest.mark.rule("WO-08", "WO-14", "WO-15")
def test_signatures_and_what_was_said_stand_on_the_form_once_they_are_there(office):
    office.issue()
    office.now += timedelta(minutes=5)
    office.accept()
    office.report()
    office.complete()
    office.call_back()
    office.sign()
    office.archive()
    last = sheet(office)

    assert entry(last, "accepted_at") == "2026-02-13 17:05"
    assert entry(last, "remarks") == "Done"
    assert box(last, "acceptance") == ("Zhang San", "2026-02-13 17:05")
    assert box(last, "client_signature") == ("Z***", "2026-02-13 17:05")
    assert box(last, "dispatcher_signature") == ("Zhang San", "2026-02-13 17:05")
    assert box(last, "archive") == (f"Person {UUID(DISPATCHER.id).int}", "2026-02-13 17:05")
    assert [(one.kind, one.code) for one in last.notes] == [
        ("progress_report", "50 %"),
        ("call_back", "satisfied"),
    ]


def test_what_a_superior_decided_stands_on_the_form(office):
    office.issue()
    office.unable()
    office.decide(Decision.CANCEL)
    last = sheet(office)

    assert last.state == "cancelled"
    said = [(one.kind, one.code, one.text, one.by) for one in last.notes]
    assert said == [
        ("unable_report", None, "It needs a lift", f"Person {UUID(WORKER.id).int}"),
        ("decision", "cancel", "So be it", f"Person {UUID(HEAD.id).int}"),
    ]


@pytest.mark.rule("WO-09", "WO-16")
def test_what_breaches_cost_stands_on_the_stub_alone(office):
    office.issue(place=None, content=None, from_paper=True)
    stub, copy = printed(office)

    assert entry(stub.sheet, "place") is None
    [penalty] = stub.sheet.notes
    assert (penalty.kind, penalty.code) == ("penalty", "item_blank")
    assert penalty.text == "2 × 30.00 = 60.00 CNY (WO-09, 001-P5 L280)"
    assert copy.sheet.notes == ()


@pytest.mark.rule("WO-17")
def test_why_the_order_was_open_at_the_end_of_a_shift_stands_on_the_stub_alone(
    sessions, company, rulebook
):
    office = ShiftEnd(sessions, rulebook)
    office.issue()
    office.until(FRIDAY + timedelta(minutes=55))
    office.answer()
    stub, copy = printed(office)

    [note] = stub.sheet.notes
    assert (note.kind, note.text) == ("open_reason", "The lock has not come\nFetch it at nine")
    assert (note.at, note.by) == ("2026-02-13 17:55", f"Person {UUID(DISPATCHER.id).int}")
    assert copy.sheet.notes == ()


def test_the_form_has_an_end_however_often_the_receiver_reports(office):
    office.issue()
    office.accept()
    for _ in range(REPORTS + 3):
        office.report()
    last = sheet(office)
    assert (len(last.notes), last.omitted) == (REPORTS, 3)


def test_an_order_from_a_book_names_its_page(office):
    office.issue()
    assert {"book_no", "page_no"} & {one.name for one in sheet(office).entries} == set()
    with office.open() as tx:
        order = tx.work_orders.known(office.order_id)
        order.book_no, order.page_no = "7", 301
    paged = sheet(office)
    assert (entry(paged, "book_no"), entry(paged, "page_no")) == ("7", "301")


@pytest.mark.rule("WO-20")
def test_the_two_articles_with_one_number_are_told_apart(office):
    office.issue()
    cited = {one.subject: (one.article, one.clause) for one in sheet(office).cited}

    assert cited["completing"] == ("8a", "001-P5 L290")
    assert cited["closing"] == ("8a", "001-P5 L290")
    assert cited["daily_check"] == ("8b", "001-P5 L294")
    assert cited["accepting"] == (None, "001-P5 L278")


@pytest.mark.rule("WO-20")
def test_each_of_the_two_articles_is_that_of_its_section(office):
    with office.open() as tx:
        of = {"unit": "dispatch-centre"}
        by_section = {
            duty: tx.ruling(section, **of).because.clause
            for section, duty in (("completing", "completion"), ("daily_check", "daily_check"))
        }
        by_article = {
            duty: tx.ruling("articles", **of, duty=duty).because.clause for duty in by_section
        }
    assert by_article == by_section


@pytest.mark.rule("WO-21")
def test_the_form_names_who_interprets_the_regulation(office):
    office.issue()
    assert "Customer service department" in sheet(office).owner
    assert sheet(office).regulation == "Use of work orders in a property company"


@pytest.mark.rule("WO-21")
def test_a_pack_without_an_owner_has_nobody_to_interpret_it(rulebook):
    document = deepcopy(dict(rulebook.of_builtin("property", "1").document))
    assert "客户服务部" in document["owner"]
    del document["owner"]
    with pytest.raises(PackFault) as refused:
        parse(document, SECTIONS)
    assert refused.value.extra["path"] == "owner"


@pytest.mark.parametrize(
    ("section", "change", "path"),
    [
        ("printing", lambda rules: rules.pop(), "sections.printing"),
        ("printing", lambda rules: rules[0]["value"].update(roles=["client"]), "value.roles"),
        ("printing", lambda rules: rules[0]["value"].update(roles=[]), "value.roles"),
        ("printing", lambda rules: rules[0]["when"].update(part="third"), "when.part"),
        ("articles", lambda rules: rules.pop(), "sections.articles"),
        ("articles", lambda rules: rules[1]["value"].update(article="8a"), "value.article"),
        ("articles", lambda rules: rules[0]["when"].update(duty="rest"), "when.duty"),
    ],
)
def test_a_pack_by_which_nothing_can_be_printed_is_refused(rulebook, section, change, path):
    document = deepcopy(dict(rulebook.of_builtin("property", "1").document))
    change(document["sections"][section]["rules"])
    with pytest.raises(PackFault) as refused:
        parse(document, SECTIONS)
    assert any(path in one for one in refused.value.extra["errors"])


def test_a_sheet_is_read_as_it_was_written(office):
    office.issue(content='锁 \u202e \x07 {}\n"quoted"')
    office.accept()
    office.report()
    made = sheet(office)
    assert Sheet.read(made.written()) == made
