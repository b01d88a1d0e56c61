"""Major changes: known, followed in time, or told of; and what customers report themselves."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from uuid import UUID

import pytest

from customer.domain import change_notices as notices
from customer.domain import status_cases as cases
from customer.domain.admission_states import State as AdmissionState
from customer.domain.change_notices import ChangeNotice, FieldNotMajor, NoticeCommand, NoticeState
from customer.domain.memberships import Standing
from customer.domain.status_cases import CaseCommand, CaseKind, CaseState, StatusCase
from customer.use_cases.change_notices import report_change
from customer.use_cases.documents import collect_document, verify_document
from customer.use_cases.status_cases import decide_status, report_status
from shared.ids import new_id
from shared.rules import Because, Invalid, WrongState
from shared.web.testing import callers

from .admissions import way
from .desk import HQ, PEOPLE, at
from .test_files import fill

BECAUSE = Because(pack="generic", version="1", clause="000 S18", rule="CF-07")
NOW = datetime(2026, 3, 2, tzinfo=UTC)


def reported(desk, customer, *fields, known_at=None):
    known_at = known_at or desk.now
    return desk.do(report_change, customer, fields=fields, known_at=known_at)


def case_of(desk, customer, kind):
    return desk.do(report_status, customer, kind=kind, words="We close.")


def decided(desk, customer, case, command=CaseCommand.ACCEPT, fields=()):
    with desk.open() as tx:
        found = tx.status_cases.get(case.id, customer_id=customer.id)
        return decide_status(
            tx, tx.customers.get(customer.id, unit="hq"), found, command=command, fields=fields
        )


@pytest.mark.rule("CF-07")
def test_a_file_follows_a_major_change_within_five_working_days(desk, sales, path):
    customer_id = UUID(path.rpartition("/")[2])
    body = {"fields": ["legal_representative"], "known_at": "2026-03-02T09:30:00+08:00"}

    made = sales.post(f"{path}/change-notices", body)

    # Monday the 2nd is the day of receipt; the fifth working day after it is Monday the 9th.
    assert (201, "2026-03-09T10:00:00+00:00", "open", "CF-07") == (
        made.status_code,
        made.json["due_at"],
        made.json["state"],
        made.json["because"]["rule"],
    )
    fill(sales, path, {"legal_representative": "Chen Wei"})
    (after,) = sales.get(f"{path}/change-notices").json["items"]
    assert ("done", []) == (after["state"], after["waiting"])
    assert ("change_notice.overdue", f"change_notice/{after['notice_id']}") not in desk.timers()
    (told,) = desk.told("major_change_noticed")
    assert (str(customer_id), []) == (told["customer_id"], told["recipient_ids"])


@pytest.mark.rule("CF-07")
def test_a_file_that_does_not_follow_in_time_is_told_of(desk):
    customer = desk.register(owner_id=PEOPLE["north"])
    reported(desk, customer, "name", "business_scope")
    desk.change(customer, name="River and Sons")

    assert "change_notice.overdue" == desk.fire()

    assert at(2026, 3, 9, 18) == desk.now.astimezone(desk.now.tzinfo)
    (told,) = desk.told("profile_update_overdue")
    assert (["business_scope"], str(PEOPLE["north"])) == (told["fields"], told["owner_id"])
    assert "000 S18" == told["because"]["clause"]


def test_only_a_major_change_that_is_known_is_noticed(desk):
    customer = desk.register()

    with pytest.raises(FieldNotMajor):
        reported(desk, customer, "budget")
    with pytest.raises(Invalid):
        reported(desk, customer, "name", known_at=at(2026, 3, 2, 10, 1))


@pytest.mark.rule("CF-39")
def test_a_major_change_of_a_key_account_is_told_to_the_group_at_once(desk):
    desk.follow("region-north", "keyaccount", "generic")
    with desk.open() as tx:
        tx.staff.keep(
            PEOPLE["south"],
            active=True,
            superior_id=None,
            posts=[("hq", "key_account_group")],
        )

    notice = reported(desk, desk.register(), "operating_status")

    (told,) = desk.told("major_change_noticed")
    assert ([str(PEOPLE["south"])], "CF-39") == (told["recipient_ids"], told["because"]["rule"])
    assert at(2026, 3, 5, 18) == notice.due_at  # The third working day.


@pytest.mark.rule("CF-34")
def test_a_cancellation_that_is_accepted_ends_every_standing(desk):
    desk.follow("region-north", "medical", "generic")
    customer = desk.register()

    case = case_of(desk, customer, CaseKind.CANCELLATION)
    decided(desk, customer, case)

    with desk.open() as tx:
        assert [Standing.EXITED] == [one.standing for one in tx.memberships.of(customer.id)]
    (told,) = desk.told("status_change_decided")
    assert (True, "cancellation") == (told["accepted"], told["kind"])
    with pytest.raises(WrongState):
        decided(desk, customer, case, CaseCommand.REJECT)


@pytest.mark.rule("CF-34")
def test_a_cancellation_ends_admissions_and_visits_too(desk):
    clinic = way(desk, annual_amount=Decimal(500))
    admission = clinic.admitted()
    clinic.graded("vip")
    clinic.enter()
    assert desk.open_visits(clinic.customer)

    decided(desk, clinic.customer, case_of(desk, clinic.customer, CaseKind.CANCELLATION))

    with desk.open() as tx:
        assert AdmissionState.EXITED is tx.admissions.known(admission.id).state
        assert not tx.admissions.admitted(clinic.customer.id, units=["shop-01"])
    assert [] == desk.open_visits(clinic.customer)
    assert not [kind for kind, _ in desk.timers() if kind.startswith(("visit.", "admission."))]


@pytest.mark.rule("CF-34")
def test_an_admission_that_rests_on_documents_in_doubt_expires(desk):
    clinic = way(desk)
    admission = clinic.admitted()

    decided(desk, clinic.customer, case_of(desk, clinic.customer, CaseKind.REGISTRATION_CHANGE))

    with desk.open() as tx:
        assert AdmissionState.EXPIRED is tx.admissions.known(admission.id).state
    (told,) = desk.told("admission_expired")
    assert "civil_liability" in str(told["missing"])


@pytest.mark.rule("CF-34")
@pytest.mark.parametrize("kind", ["business_licence", "tax_registration"])
def test_a_new_registration_puts_documents_in_doubt_and_has_to_be_followed(desk, kind):
    desk.follow("region-north", "medical", "generic")
    customer = desk.register()
    paper = desk.do(
        collect_document,
        customer,
        caller=HQ,
        kind=kind,
        number="91310000MA1FL0XX0B",
        valid_until=date(2027, 1, 1),
    )
    with desk.open() as tx:
        found = tx.documents.get(paper.id, customer_id=customer.id)
        verify_document(tx, customer, found, caller=SimpleNamespace(id=str(new_id()), unit="hq"))

    case = case_of(desk, customer, CaseKind.REGISTRATION_CHANGE)
    decided(desk, customer, case, fields=("name",))

    with desk.open() as tx:
        assert tx.documents.valid(customer.id, kind, on=date(2026, 3, 2)) is None
        (notice,) = tx.change_notices.pending(customer.id)
        assert ["name"] == notice.waiting


def test_what_is_rejected_changes_nothing(desk):
    customer = desk.register()

    decided(desk, customer, case_of(desk, customer, CaseKind.CANCELLATION), CaseCommand.REJECT)

    with desk.open() as tx:
        assert [Standing.ENTERED] == [one.standing for one in tx.memberships.of(customer.id)]
        assert [] == tx.change_notices.pending(customer.id)


@pytest.mark.rule("CF-34", "XC-08")
def test_a_customer_reports_on_the_portal_and_sees_himself_without_any_grade(
    app, issuer, desk, river, path, contact
):
    known = callers(app, issuer, audience="customer")
    own = known(contact["contact_id"], "customer_portal", unit="hq")
    stranger = known(str(new_id()), "customer_portal", unit="hq")

    made = own.post("/v1/portal/status-changes", {"kind": "cancellation", "words": "We close."})

    assert (201, "reported") == (made.status_code, made.json["state"])
    assert {"case_id", "kind", "state", "reported_at", "decided_at"} == set(made.json)
    shown = own.get("/v1/portal/customer").json
    assert river["customer_id"] == shown["customer_id"]
    assert {"customer_id", "number", "name", "kind", "industry", "since"} == set(shown)
    assert 404 == stranger.get("/v1/portal/customer").status_code
    assert 403 == own.get(path).status_code
    (told,) = desk.told("status_change_reported")
    assert river["customer_id"] == told["customer_id"]


def test_who_is_no_contact_any_more_sees_nothing_on_the_portal(app, issuer, sales, path, contact):
    sales.patch(f"{path}/contacts/{contact['contact_id']}", {"active": False}, version=1)

    own = callers(app, issuer, audience="customer")(
        contact["contact_id"], "customer_portal", unit="hq"
    )
    assert 404 == own.get("/v1/portal/customer").status_code


def notice_in(state):
    return ChangeNotice(
        id=new_id(),
        customer_id=new_id(),
        org_unit="shop-01",
        fields=["name"],
        waiting=["name"],
        known_at=NOW,
        due_at=NOW,
        because=BECAUSE,
        reported_by="x",
        reported_at=NOW,
        state=state,
    )


NOTICE_COMMANDS = {
    NoticeCommand.REPORT_OVERDUE: lambda n: n.report_overdue(owner_id=None),
    NoticeCommand.SETTLE: lambda n: n.settle(["name"], now=NOW),
}


@pytest.mark.parametrize("state", NoticeState)
@pytest.mark.parametrize("command", NoticeCommand)
def test_each_command_does_to_a_notice_what_the_table_says(state, command):
    walk(notice_in(state), state, command, notices.TRANSITIONS, NOTICE_COMMANDS)


@pytest.mark.parametrize("state", CaseState)
@pytest.mark.parametrize("command", CaseCommand)
def test_each_command_does_to_a_case_what_the_table_says(state, command):
    case = StatusCase(
        id=new_id(),
        customer_id=new_id(),
        org_unit="shop-01",
        kind=CaseKind.CANCELLATION,
        words="We close.",
        reported_by="x",
        reported_at=NOW,
        state=state,
    )
    commands = {one: lambda c, one=one: c.decide(one, by="y", now=NOW) for one in CaseCommand}
    walk(case, state, command, cases.TRANSITIONS, commands)


def walk(thing, state, command, table, commands):
    before = dict(vars(thing))
    if command in table[state]:
        commands[command](thing)

        assert table[state][command] == thing.state
    else:
        with pytest.raises(WrongState) as refused:
            commands[command](thing)

        assert [one.value for one in table[state]] == refused.value.extra["allowed"]
        assert before == dict(vars(thing))
