"""Customers get on blacklists: who puts them there, for how long, and what follows."""

from datetime import date
from decimal import Decimal

import pytest

from customer.domain.blacklist_rules import (
    AlreadyBlacklisted,
    NoAuthority,
    NotReportable,
    ReasonUnknown,
    SamePerson,
    ValidityNotShorter,
)
from customer.domain.memberships import Standing
from customer.use_cases import blacklist
from customer.use_cases.blacklist_filings import file_list, receive_filing

from .blacklists import (
    GROUNDS,
    HEAD,
    MARKETING,
    SALES,
    barred_by_company,
    barred_by_department,
    decided,
    reported,
    vip,
    who,
)
from .desk import PEOPLE, at
from .test_barring import refused


@pytest.fixture
def firm(desk):
    """The sample company where everybody follows the regulation of the medical firm."""
    desk.follow("hq", "medical", "generic")
    return desk


@pytest.mark.rule("AD-14", "AD-16")
def test_a_department_bars_itself_and_no_other(firm):
    customer = firm.register()

    entry = barred_by_department(firm, customer)

    assert refused(firm, customer, "shop-01") is not None
    assert refused(firm, customer, "shop-03") is None
    (told,) = firm.told("blacklisted")
    assert ("department", "region-north", "overdue_payment") == (
        told["scope"],
        told["unit"],
        told["reason_code"],
    )
    assert str(entry.id) == told["entry_id"]
    assert "invoice" not in str(told)


@pytest.mark.rule("AD-14")
def test_nobody_but_the_head_keeps_the_list_of_a_department(firm):
    customer = firm.register()

    for other in (SALES, MARKETING, who("boss", "hq", "department_head")):
        with pytest.raises(NoAuthority):
            barred_by_department(firm, customer, head=other)
    assert [] == firm.told("blacklisted")


@pytest.mark.rule("AD-17")
def test_an_entry_of_a_department_is_valid_for_six_months(firm):
    entry = barred_by_department(firm, firm.register())

    assert date(2026, 9, 2) == entry.valid_until
    assert at(2026, 9, 2) == firm.timers()["blacklist.expiry", f"blacklist_entry/{entry.id}"]


@pytest.mark.rule("AD-17")
def test_a_validity_is_shortened_and_never_lengthened(firm):
    entry = barred_by_department(firm, firm.register())

    for day in (date(2026, 9, 2), date(2027, 1, 1), date(2026, 3, 1)):
        with pytest.raises(ValidityNotShorter):
            decided(
                firm, entry, blacklist.shorten_validity, HEAD, valid_until=day, reason="because"
            )
    decided(
        firm, entry, blacklist.shorten_validity, HEAD, valid_until=date(2026, 5, 1), reason="mild"
    )

    assert "2026-05-01" == firm.told("blacklisted")[-1]["valid_until"]
    assert at(2026, 5, 1) == firm.timers()["blacklist.expiry", f"blacklist_entry/{entry.id}"]


@pytest.mark.rule("AD-17", "AD-18")
def test_after_six_months_a_return_is_possible_and_nothing_is_released(firm):
    customer = firm.register(annual_amount=Decimal(5))
    barred_by_department(firm, customer)

    while firm.fire() != "blacklist.expiry":
        pass

    assert at(2026, 9, 2) == firm.now
    (told,) = firm.told("blacklist_expired")
    assert "region-north" == told["unit"]
    assert refused(firm, customer, "region-north") is not None


@pytest.mark.rule("AD-20")
def test_a_vip_who_does_harm_is_reported_verified_by_another_and_listed(firm):
    customer = firm.register()
    vip(firm, customer)
    entry = reported(firm, customer)
    assert refused(firm, customer, "shop-01") is None
    assert "major_loss" == firm.told("blacklist_reported")[0]["reason_code"]

    reporter_too = who(SALES.id, "hq", "marketing_division")
    with pytest.raises(SamePerson):
        decided(firm, entry, blacklist.verify_report, reporter_too, findings="true")
    decided(firm, entry, blacklist.verify_report, findings="true")
    listed = decided(firm, entry, blacklist.list_for_company)

    assert listed.published_at is not None
    assert refused(firm, customer, "shop-04").extra == {"gate": "blacklist"}


@pytest.mark.rule("AD-20")
def test_only_great_harm_by_a_vip_is_reported(firm):
    customer = firm.register()
    with pytest.raises(NotReportable):
        reported(firm, customer)
    vip(firm, customer)
    with pytest.raises(ReasonUnknown):
        reported(firm, customer, reason_code="overdue_payment")
    reported(firm, customer, reason_code="reputational_damage")
    with pytest.raises(AlreadyBlacklisted):
        reported(firm, customer)


@pytest.mark.rule("AD-20")
def test_a_report_may_be_dismissed_and_made_anew(firm):
    customer = firm.register()
    vip(firm, customer)
    entry = reported(firm, customer)

    decided(firm, entry, blacklist.dismiss_report, reason="a mistake")

    assert refused(firm, customer, "shop-01") is None
    reported(firm, customer)


@pytest.mark.rule("AD-13", "AD-14")
def test_the_marketing_division_alone_keeps_the_list_of_the_company(firm):
    customer = firm.register()
    vip(firm, customer)
    entry = reported(firm, customer)

    for decide, asked in (
        (blacklist.verify_report, {"findings": "true"}),
        (blacklist.list_for_company, {}),
        (blacklist.dismiss_report, {"reason": "no"}),
    ):
        with pytest.raises(NoAuthority):
            decided(firm, entry, decide, HEAD, **asked)
    decided(firm, entry, blacklist.verify_report, findings="true")
    decided(firm, entry, blacklist.list_for_company)

    assert "company" == firm.told("blacklisted")[0]["scope"]


@pytest.mark.rule("AD-17")
def test_an_entry_of_the_company_has_no_end(firm):
    entry = barred_by_company(firm, firm.register())

    assert entry.valid_until is None
    assert ("blacklist.expiry", f"blacklist_entry/{entry.id}") not in firm.timers()


@pytest.mark.rule("AD-21")
def test_the_company_takes_a_customer_out_of_every_base_and_keeps_his_file(firm):
    customer = firm.register(annual_amount=Decimal(500))
    with firm.open() as tx:
        (one,) = tx.memberships.of(customer.id)
        one.take(Standing.ENTERED, now=tx.now)
    barred_by_company(firm, customer)

    with firm.open() as tx:
        assert [Standing.EXITED] == [one.standing for one in tx.memberships.of(customer.id)]
        assert customer.id == tx.customers.get(customer.id, unit="shop-01").id
    assert [] == firm.open_visits(customer)


@pytest.mark.rule("AD-16")
def test_whoever_is_barred_pays_no_more_visits(firm):
    firm.follow("hq", "generic", "medical")
    customer = firm.register(annual_amount=Decimal(500))
    with firm.open() as tx:
        (one,) = tx.memberships.of(customer.id)
        one.take(Standing.ENTERED, now=tx.now)
    firm.change(customer, since=date(2020, 1, 1))
    assert 1 == len(firm.open_visits(customer))

    barred_by_department(firm, customer)

    assert [] == firm.open_visits(customer)
    assert "customer_blacklisted" == firm.told("visit_cancelled")[-1]["reason"]
    firm.change(customer, since=date(2021, 1, 1))
    assert [] == firm.open_visits(customer)


@pytest.mark.rule("AD-15", "AD-21")
def test_heads_and_the_marketing_division_are_told(firm):
    with firm.open() as tx:
        tx.staff.keep(
            PEOPLE["north"], active=True, superior_id=None, posts=[("hq", "marketing_division")]
        )
    barred_by_department(firm, firm.register())
    barred_by_company(firm, firm.register("F-2"))

    department, company = firm.told("blacklisted")
    wanted = {"head-north", "north"}
    assert {str(PEOPLE[name]) for name in wanted} == set(department["told_ids"])
    assert {str(PEOPLE[name]) for name in (*wanted, "head-south")} == set(company["told_ids"])
    assert ("F-1", "F-2") == (department["customer_number"], company["customer_number"])


@pytest.mark.rule("AD-15")
def test_a_list_is_handed_in_and_gets_one_receipt(firm):
    entry = barred_by_department(firm, firm.register())

    filing = firm.do(file_list, scope=entry.scope, unit=None, officer=HEAD)
    with firm.open() as tx:
        kept = tx.blacklist_filings.get(filing.id, unit="hq")
        assert "BL-000001" == receive_filing(tx, kept, officer=MARKETING).receipt_no

    assert (entry.id,) == filing.entry_ids
    with firm.open() as tx, pytest.raises(NoAuthority):
        receive_filing(tx, tx.blacklist_filings.get(filing.id, unit="hq"), officer=HEAD)


def test_a_department_lists_a_customer_once(firm):
    customer = firm.register()
    barred_by_department(firm, customer)

    with pytest.raises(AlreadyBlacklisted):
        barred_by_department(firm, customer)


def test_what_was_done_is_audited_without_the_reason_in_words(firm):
    barred_by_department(firm, firm.register())

    (row,) = firm.audited("blacklist.listed")
    assert GROUNDS["reason"] not in str(row.detail)
