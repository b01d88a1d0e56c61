"""What the files of each regulation hold, and who fills them in."""

import pytest

from .river import CUSTOMERS, RIVER
from .test_file_fields import asked, required
from .test_files import FIRST, fill
from .test_owners import graded


def of_rule(fields, rule):
    return {name for name, one in fields.items() if one.because.rule == rule}


@pytest.mark.rule("CF-36")
def test_the_file_of_a_partner_holds_what_the_text_names(desk):
    fields = asked(desk, ["jointventure"], kind="partner")

    assert of_rule(fields, "CF-36") == {
        "contracting_region",
        "background",
        "past_performance",
        "conduct_in_cooperation",
        "completion_evaluation",
        "credit_standing",
    }
    assert {"completion_evaluation"} == set(fields) - required(fields)


@pytest.mark.rule("CF-38")
def test_the_file_of_a_key_account_holds_what_the_text_names(desk):
    fields = asked(desk, ["keyaccount"])

    assert of_rule(fields, "CF-38") == {
        "organisation_structure",
        "decision_chain",
        "key_contacts",
        "business_scope",
        "operating_status",
        "cooperation_history",
        "needs",
        "potential_risks",
    }
    assert {"cooperation_history"} == set(fields) - required(fields)


@pytest.mark.rule("CF-38", "CF-15")
def test_a_contact_has_his_part_in_the_decision_and_his_habits(as_, sales, path, contact):
    one = f"{path}/contacts/{contact['contact_id']}"
    person = {
        "decision_role": "decider",
        "job_title": "Head of purchase",
        "preferences": "Tea, early calls",
        "purchase_habits": "Orders in spring",
        "spending_power": "high",
        "age": 52,
        "occupation": "engineer",
    }

    masked = sales.patch(one, person, version=1)
    full = as_("department_head").post(f"{one}/reveals", {"reason": "a visit"})

    assert ("decider", "Head of purchase") == (
        masked.json["decision_role"],
        masked.json["job_title"],
    )
    assert not {"preferences", "age", "occupation", "spending_power"} & set(masked.json)
    assert person.items() <= full.json.items()
    changed = {each["field"] for each in sales.get(f"{path}/changes").json["items"]}
    assert {f"contact.{name}" for name in person} == changed


@pytest.mark.parametrize("wrong", [{"age": 131}, {"age": -1}, {"decision_role": "king"}])
def test_a_contact_who_cannot_be_is_refused(sales, path, contact, wrong):
    refused = sales.patch(f"{path}/contacts/{contact['contact_id']}", wrong, version=1)

    assert 422 == refused.status_code


@pytest.mark.rule("CF-40")
def test_the_database_of_real_estate_holds_what_the_text_names(desk):
    fields = asked(desk, ["realestate"])

    assert of_rule(fields, "CF-40") == {
        "name",
        "industry",
        "contacts",
        "purchase_records",
        "service_records",
        "classification",
        "analysis",
    }
    assert {"name", "industry", "contacts", "purchase_records", "classification"} == required(
        fields
    )


@pytest.mark.rule("CF-13")
def test_the_record_of_a_person_holds_age_and_occupation(desk):
    fields = asked(desk, ["crm-generic", "generic"], kind="consumer")

    assert {"name", "contacts", "age", "occupation"} == of_rule(fields, "CF-13")
    assert {"name", "contacts"} == of_rule(fields, "CF-13") & required(fields)
    assert fields["age"].value.personal
    assert fields["occupation"].value.personal


@pytest.mark.rule("CF-16")
def test_the_least_record_of_a_company_is_name_contact_and_industry(desk):
    fields = asked(desk, ["crm-generic", "generic"], kind="company")

    assert {"name", "contacts", "industry"} == of_rule(fields, "CF-16")
    assert of_rule(fields, "CF-16") <= required(fields)
    assert "age" not in fields


@pytest.mark.rule("CF-18")
def test_where_a_customer_comes_from_is_kept(desk):
    fields = asked(desk, ["crm-generic", "generic"])

    ways = ("market_research", "sales_activity", "online", "offline")
    assert ways == fields["source"].value.choices
    assert {"source", "purchase_records"} == of_rule(fields, "CF-18")


@pytest.mark.rule("CF-20")
def test_preferences_and_needs_are_tracked_on_the_file(desk):
    assert {"preferences", "needs"} == of_rule(asked(desk, ["crm-generic", "generic"]), "CF-20")


@pytest.mark.rule("CF-21")
def test_a_vip_of_a_shop_is_asked_the_66_questions_and_nobody_else(as_, desk, sales):
    desk.follow("region-north", "retail", "generic")
    customer = desk.register(kind="consumer")
    path = f"{CUSTOMERS}/{customer.id}"
    keeper = as_("shop_guide")
    assert not [one for one in sales.get(f"{path}/file").json["fields"] if one["field"][0] == "m"]

    graded(desk, customer, "retail:c")
    fill(keeper, path, {"m02_nickname": "Xiao Li"})

    shown = keeper.get(f"{path}/file").json
    questions = [one for one in shown["fields"] if one["because"]["rule"] == "CF-21"]
    assert (66, 66) == (len(questions), len({one["field"] for one in questions}))
    groups = list(dict.fromkeys(one["group"] for one in questions))
    assert groups == [
        "identity",
        "education",
        "family",
        "business",
        "interests",
        "lifestyle",
        "customer_and_us",
    ]
    assert ["****"] == [one["value"] for one in questions if one["filled"]]


@pytest.mark.rule("CF-42")
def test_the_marketing_specialist_fills_in_the_registration_form_and_checks_it(as_, desk):
    desk.follow("region-north", "bu-control")
    made = as_("sales_team").post(CUSTOMERS, {**RIVER, "region": "North"}).json
    path = f"{CUSTOMERS}/{made['customer_id']}"
    specialist, form = as_("marketing_specialist"), FIRST

    assert 403 == fill(as_("sales_team"), path, form).status_code
    unchecked = fill(specialist, path, form)
    done = fill(specialist, path, form, self_checked=True)

    assert (409, "self_check_missing", "CF-42") == (
        unchecked.status_code,
        unchecked.json["code"],
        unchecked.json["because"]["rule"],
    )
    assert ("complete", "2026-03-02T02:00:00+00:00") == (
        done.json["state"],
        done.json["checked_at"],
    )
    assert 17 == len(done.json["fields"])


@pytest.mark.rule("CF-39")
def test_the_account_manager_goes_through_the_file_every_quarter(as_, desk):
    desk.follow("region-north", "keyaccount")
    customer = desk.register()
    whole = {
        "organisation_structure": "three houses",
        "decision_chain": [{"who": "the board", "what": "decides"}],
        "key_contacts": [{"who": "Li", "likes": "tea"}],
        "business_scope": "furniture",
        "operating_status": "good",
        "needs": ["quick delivery"],
        "potential_risks": ["a rival"],
    }

    done = fill(as_("account_manager"), f"{CUSTOMERS}/{customer.id}", whole)

    assert ("complete", "2026-06-02T01:00:00+00:00") == (
        done.json["state"],
        done.json["review_due_at"],
    )
    refused = fill(as_("sales_back_office"), f"{CUSTOMERS}/{customer.id}", whole, version=1)
    assert (403, "CF-39") == (refused.status_code, refused.json["because"]["rule"])
