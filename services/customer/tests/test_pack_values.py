"""What packs say where no act of a test tells one value from its neighbour."""

import pytest

from customer.main import RULEBOOK


def values(pack, section, rule):
    """What the rules of that id say in a section of a built-in pack, in the order of the text."""
    rules = RULEBOOK.of_builtin(pack, "1").sections[section].rules
    return [one.data for one in rules if one.rule == rule]


SAID = [
    pytest.param(
        "medical",
        "file_categories",
        "CF-25",
        [
            {"category": "medical_institution", "code": "YL"},
            {"category": "dealer", "code": "JX"},
            {"category": "person", "code": "GR"},
        ],
        marks=pytest.mark.rule("CF-25"),
    ),
    pytest.param(
        "medical",
        "file_operations",
        "CF-26",
        [
            {"operation": "consult", "roles": ["department_head", "sales_back_office"]},
            {"operation": "transfer", "roles": ["department_head"]},
            {"operation": "void", "roles": ["department_head"]},
        ],
        marks=pytest.mark.rule("CF-26"),
    ),
    pytest.param(
        "medical",
        "documents",
        "CF-29",
        [{"warn_days_before": 30, "until_required": True}, {"warn_days_before": 30}],
        marks=pytest.mark.rule("CF-29"),
    ),
    pytest.param(
        "medical",
        "admission_conditions",
        "AD-06",
        [
            {
                "condition": "product_qualification",
                "title": "Qualified for the product line, "
                "with the special qualification of the state",
                "evidence": ["qualification", "special_product_permit"],
                "per_product": True,
            },
            {
                "condition": "product_qualification",
                "title": "Qualified to sell or use the product line",
                "evidence": ["qualification"],
                "per_product": True,
            },
        ],
        marks=pytest.mark.rule("AD-06"),
    ),
    pytest.param(
        "medical",
        "blacklist_authority",
        "AD-14",
        [{"roles": ["department_head"]}],
        marks=pytest.mark.rule("AD-14"),
    ),
    pytest.param(
        "medical",
        "blacklist_grounds",
        "AD-14",
        [
            {
                "reasons": [
                    "breach_of_contract",
                    "overdue_payment",
                    "major_loss",
                    "reputational_damage",
                ]
            }
        ],
        marks=pytest.mark.rule("AD-14"),
    ),
    pytest.param(
        "bu-control",
        "communication_steps",
        "VS-31",
        [
            {
                "kind": "work_record",
                "stage": "Development and daily operation",
                "workflow": "Answering and solving problems",
                "responsible": ["business_unit_manager", "marketing_manager", "project_manager"],
                "operation": "Answer and solve problems in time, collect opinions on our services",
                "record": "Work record",
                "checker": "business_unit_manager",
                "frequency": "at_occurrence",
            }
        ],
        marks=pytest.mark.rule("VS-31"),
    ),
    pytest.param(
        "bu-control",
        "communication_steps",
        "VS-32",
        [
            {
                "kind": "executive_meeting",
                "stage": "Upkeep by executives",
                "workflow": "Communication of executives",
                "responsible": ["company_executive"],
                "operation": "Learn how key projects progress and run",
                "record": "Communication and return-visit record",
                "checker": "marketing_manager",
                "frequency": "self",
            }
        ],
        marks=pytest.mark.rule("VS-32"),
    ),
    pytest.param(
        "bu-control",
        "file_self_check",
        "CF-42",
        [{"required": True}],
        marks=pytest.mark.rule("CF-42"),
    ),
]


@pytest.mark.parametrize(("pack", "section", "rule", "said"), SAID)
def test_a_pack_says_what_the_text_says(pack, section, rule, said):
    assert said == values(pack, section, rule)


@pytest.mark.rule("CF-42")
def test_the_registration_form_must_name_the_company_and_where_it_works():
    asked = values("bu-control", "file_fields", "CF-42")

    assert [
        "name",
        "address",
        "contacts",
        "legal_representative",
        "business_scope",
        "industry",
        "region",
    ] == [one["field"] for one in asked if one.get("required")]


@pytest.mark.rule("CF-21")
def test_the_profile_has_its_66_questions_in_their_order():
    assert [
        "m01_called_name",
        "m02_nickname",
        "m03_title",
        "m04_company_name",
        "m05_company_address",
        "m06_home_address",
        "m07_business_phone",
        "m08_home_phone",
        "m09_birth_date",
        "m10_birth_place",
        "m11_home_town",
        "m12_height",
        "m13_weight_and_build",
        "m14_school",
        "m15_college",
        "m16_degrees_and_honours",
        "m17_student_clubs",
        "m18_sports_at_college",
        "m19_years_at_college",
        "m20_own_view_of_education",
        "m21_military_service",
        "m22_marital_status",
        "m23_spouse_name",
        "m24_spouse_education",
        "m25_spouse_interests",
        "m26_wedding_anniversary",
        "m27_children_names",
        "m28_children_ages",
        "m29_children_education",
        "m30_children_interests",
        "m31_previous_employer",
        "m32_previous_position",
        "m33_offices_held",
        "m34_status_symbols",
        "m35_professional_clubs",
        "m36_mentors",
        "m37_attitude_to_own_company",
        "m38_long_term_goal",
        "m39_immediate_goal",
        "m40_main_concern",
        "m41_thinks_of_now_or_future",
        "m42_clubs",
        "m43_political_activity",
        "m44_community_activity",
        "m45_faith",
        "m46_taboo_topics",
        "m47_strong_feelings",
        "m48_health",
        "m49_drinks",
        "m50_smokes",
        "m51_favourite_lunch",
        "m52_favourite_dinner",
        "m53_favourite_dishes",
        "m54_objects_to_being_treated",
        "m55_hobbies",
        "m56_holiday_habits",
        "m57_spectator_sports",
        "m58_cars",
        "m59_conversation_topics",
        "m60_whom_to_impress",
        "m61_moral_considerations",
        "m62_feels_obliged_to_us",
        "m63_proposal_needs_change",
        "m64_key_problems",
        "m65_can_we_help_with_problems",
        "m66_better_answer_of_competitor",
    ] == [one["field"] for one in values("retail", "file_fields", "CF-21")]
