"""The decision table of the levels, through the built-in pack."""

import pytest

from complaint.domain.intake import (
    Complainant,
    Details,
    ReceivedInFuture,
    RespondentMissing,
    Subject,
    SubjectNotAllowed,
)
from complaint.domain.levels import LevelReasonMissing, LevelTooLow
from complaint.use_cases.filing import RepeatUnknown
from shared.ids import new_id

CONSUMER, FRANCHISEE = Complainant.CONSUMER, Complainant.FRANCHISEE


def suggested(complaint):
    first = complaint.suggestion.reasons[0]
    return complaint.level, first.because.rule, first.because.clause


@pytest.mark.rule("CP-13")
@pytest.mark.parametrize(
    ("complainant", "about"),
    [(CONSUMER, Subject.PRODUCT_QUALITY), (FRANCHISEE, Subject.DELIVERY)],
)
def test_a_concrete_matter_is_of_level_1(desk, complainant, about):
    complaint = desk.file(complainant=complainant, about=about)

    assert suggested(complaint) == (1, "CP-13", "001-P4 L152")


@pytest.mark.rule("CP-14")
@pytest.mark.parametrize(
    ("complainant", "about"),
    [
        (CONSUMER, Subject.SHOP_ATTITUDE),
        (FRANCHISEE, Subject.REGIONAL_SERVICE),
        (FRANCHISEE, Subject.POLICY),
    ],
)
def test_a_matter_with_feeling_is_of_level_2(desk, complainant, about):
    complaint = desk.file(complainant=complainant, about=about)

    assert suggested(complaint) == (2, "CP-14", "001-P4 L154")


@pytest.mark.rule("CP-14")
@pytest.mark.rule("CP-62")
@pytest.mark.parametrize("complainant", [CONSUMER, FRANCHISEE])
def test_a_second_complaint_about_the_same_event_is_of_level_2(desk, complainant):
    first = desk.file()
    second = desk.file(complainant=complainant, repeat_of=first.id)

    assert suggested(second) == (2, "CP-14", "001-P4 L154")


def test_a_repeat_of_an_unknown_complaint_is_refused(desk):
    with pytest.raises(RepeatUnknown):
        desk.file(repeat_of=new_id())


@pytest.mark.rule("CP-15")
@pytest.mark.parametrize(
    ("complainant", "facts"),
    [
        (CONSUMER, {"reported_to_12315": True}),
        (FRANCHISEE, {"about": Subject.BATCH_NEW_PRODUCT_QUALITY}),
        (FRANCHISEE, {"about": Subject.DEPARTMENT_INACTION}),
    ],
)
def test_what_touches_the_company_is_of_level_3(desk, complainant, facts):
    complaint = desk.file(complainant=complainant, **facts)

    assert suggested(complaint) == (3, "CP-15", "001-P4 L156")


def test_of_several_rows_the_highest_level_wins_and_all_reasons_are_told(desk):
    complaint = desk.file(about=Subject.SHOP_ATTITUDE, reported_to_12315=True)

    assert complaint.level == 3
    assert [reason.reason for reason in complaint.suggestion.reasons] == [
        "reported_to_12315",
        "shop_attitude",
        "concrete_matter",
    ]


@pytest.mark.rule("CP-63")
def test_an_intake_below_the_level_of_the_rules_is_refused(desk):
    with pytest.raises(LevelTooLow) as refused:
        desk.file(about=Subject.SHOP_ATTITUDE, level=1)

    assert refused.value.extra == {"suggested": 2}
    assert refused.value.because.rule == "CP-14"


@pytest.mark.rule("CP-63")
def test_an_intake_above_the_level_of_the_rules_needs_a_reason(desk):
    with pytest.raises(LevelReasonMissing):
        desk.file(level=2)

    assert desk.file(level=2, level_reason="three children are ill").level == 2


@pytest.mark.rule("CP-12")
def test_there_are_three_levels(desk):
    with desk.open() as tx:
        assert tx.chain("shop-01", None).levels() == [1, 2, 3]


@pytest.mark.rule("CP-07")
@pytest.mark.parametrize("about", [Subject.PRODUCT_QUALITY, Subject.SHOP_SERVICE])
def test_a_consumer_complains_about_products_and_service(desk, about):
    assert desk.file(about=about).intake.about == about


@pytest.mark.rule("CP-07")
@pytest.mark.parametrize("about", [Subject.FREIGHT, Subject.POLICY])
def test_a_consumer_does_not_complain_about_freight_or_policy(desk, about):
    with pytest.raises(SubjectNotAllowed) as refused:
        desk.file(about=about)

    assert refused.value.extra["allowed"] == ["product_quality", "shop_attitude", "shop_service"]


FRANCHISEE_SUBJECTS = {
    "product_quality",
    "batch_new_product_quality",
    "regional_service",
    "delivery",
    "freight",
    "policy",
    "department_inaction",
    "other",
}


@pytest.mark.rule("CP-06")
@pytest.mark.rule("CP-07")
@pytest.mark.rule("CP-08")
@pytest.mark.parametrize(
    ("complainant", "subjects", "clause"),
    [
        (CONSUMER, {"product_quality", "shop_attitude", "shop_service"}, "001-P4 L138"),
        (FRANCHISEE, FRANCHISEE_SUBJECTS, "001-P4 L140"),
    ],
)
def test_consumers_and_franchisees_each_have_their_subjects(desk, complainant, subjects, clause):
    with desk.open() as tx:
        day = tx.day_of("shop-01", tx.now)
        rule = tx.policies.ruling("intake", unit="shop-01", on=day, complainant=complainant)

    assert (rule.value.subjects, rule.because.clause) == (subjects, clause)


@pytest.mark.rule("CP-08")
def test_a_franchisee_says_whom_he_complains_about(desk):
    with pytest.raises(RespondentMissing):
        desk.file(complainant=FRANCHISEE, about=Subject.FREIGHT, details=Details(place="shop-01"))

    person = Details(respondent_person="the driver")
    complaint = desk.file(complainant=FRANCHISEE, about=Subject.FREIGHT, details=person)

    assert complaint.form.details.respondent_person == "the driver"


def test_a_complaint_received_in_the_future_is_refused(desk):
    with pytest.raises(ReceivedInFuture):
        desk.file(received_at=desk.now.replace(hour=18))
