"""The fields of a file: what packs ask for, in which form, and how much of it is there."""

from types import SimpleNamespace

import pytest

from customer.domain.file_fields import FieldType, FileField, checked, completeness
from customer.use_cases.file_fields import asked_of
from shared.rules import Invalid

TYPES = SimpleNamespace(**{one.name.lower(): one for one in FieldType})


def field(type_, **more):
    return FileField("one", "basic", type_, **more)


@pytest.mark.parametrize(
    ("type_", "given", "kept"),
    [
        (TYPES.text, "a word", "a word"),
        (TYPES.texts, ["a", "b"], ["a", "b"]),
        (TYPES.table, [{"what": "stent", "pieces": "3"}], [{"what": "stent", "pieces": "3"}]),
        (TYPES.number, "12.50", "12.50"),
        (TYPES.number, 12, "12"),
        (TYPES.yes_no, False, False),
        (TYPES.date, "2026-03-02", "2026-03-02"),
        (TYPES.choice, "online", "online"),
        (TYPES.choice, None, None),
    ],
)
def test_a_value_of_the_form_of_its_field_is_kept(type_, given, kept):
    choices = ("online", "offline") if type_ is TYPES.choice else ()

    assert {"one": kept} == checked([field(type_, choices=choices)], {"one": given})


@pytest.mark.parametrize(
    ("type_", "given"),
    [
        (TYPES.text, " "),
        (TYPES.text, 3),
        (TYPES.text, "x" * 2001),
        (TYPES.texts, "a"),
        (TYPES.texts, []),
        (TYPES.texts, [1]),
        (TYPES.table, [{}]),
        (TYPES.table, [["a"]]),
        (TYPES.table, [{"a": 1}]),
        (TYPES.number, "much"),
        (TYPES.number, True),
        (TYPES.number, 1.5),
        (TYPES.number, "NaN"),
        (TYPES.number, "1e900"),
        (TYPES.yes_no, "yes"),
        (TYPES.date, "02.03.2026"),
        (TYPES.date, 20260302),
        (TYPES.choice, "by chance"),
        (TYPES.choice, ["online"]),
        (TYPES.master, "River Shop"),
        (TYPES.contacts, 2),
    ],
)
def test_a_value_of_another_form_is_refused_and_not_repeated(type_, given):
    with pytest.raises(Invalid) as refused:
        checked([field(type_, choices=("online",))], {"one": given})

    assert ["one"] == list(refused.value.extra["errors"])
    assert "by chance" not in str(refused.value.extra)


def test_a_field_that_no_pack_knows_is_refused():
    with pytest.raises(Invalid):
        checked([], {"one": "a"})


def test_completeness_is_the_share_of_the_fields_that_are_filled():
    fields = [
        FileField("a", "basic", TYPES.text, required=True),
        FileField("b", "basic", TYPES.text, required=True),
        FileField("c", "basic", TYPES.text),
    ]

    found = completeness(fields, {"b", "unknown"})

    assert (33, ("a",)) == (found.percent, found.missing)
    assert (100, ()) == (completeness([], {}).percent, completeness([], {}).missing)


def asked(desk, packs, **profile):
    desk.follow("region-north", *packs)
    customer = desk.register(**profile)
    with desk.open() as tx:
        return {one.value.field: one for one in asked_of(tx, customer)}


def required(fields):
    return {name for name, one in fields.items() if one.value.required}


@pytest.mark.rule("CF-01")
def test_at_first_contact_a_company_tells_five_things(desk):
    fields = asked(desk, ["generic"])

    first = {"name", "address", "contacts", "legal_representative", "business_scope"}
    assert first == required(fields)
    major = {name for name, one in fields.items() if one.value.major}
    assert {"name", "legal_representative", "business_scope"} == major
    assert {"000 S12"} == {fields[name].because.clause for name in first}


@pytest.mark.rule("CF-01")
def test_a_person_has_no_legal_representative(desk):
    fields = asked(desk, ["generic"], kind="consumer")

    assert {"name", "address", "contacts"} == required(fields)


@pytest.mark.rule("CF-02")
def test_the_business_is_asked_for_as_well(desk):
    fields = asked(desk, ["generic"])

    business = {name for name, one in fields.items() if one.value.group == "business"}
    assert {"needs", "purchase_history", "budget", "decision_process"} == business


@pytest.mark.rule("CF-03")
def test_feedback_and_competitors_are_asked_for(desk):
    fields = asked(desk, ["generic"])

    assert {"feedback", "competitors"} <= set(fields)
    assert {"market"} == {fields[name].value.group for name in ("feedback", "competitors")}


@pytest.mark.rule("CF-28")
def test_a_hospital_is_asked_for_all_of_annex_4(desk):
    fields = asked(desk, ["medical", "generic"], kind="institution")

    annex = {name for name, one in fields.items() if one.because.rule == "CF-28"}
    assert annex == {
        "company_profile",
        "operating_status",
        "human_resources",
        "organisation_structure",
        "product_flow",
        "contract_execution",
        "purchase_channel",
        "hospital_level",
        "bed_count",
        "annual_turnover",
        "annual_volume_with_us",
        "survey_date",
        "survey_collector",
    }
    assert {"company_profile", "operating_status", "contract_execution"} <= required(fields)
    assert "business_scope" in fields
