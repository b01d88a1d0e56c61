"""What a customer of the sales departments complains about, and whom he accuses (CP-46)."""

import pytest

from complaint.domain.intake import (
    AccusedIsComplainant,
    AccusedMissing,
    AccusedNotAsked,
    Complainant,
    CustomerMissing,
    Details,
    Subject,
    SubjectNotAllowed,
)
from shared.ids import new_id

BUYER, RIVAL = new_id(), new_id()
PROCEDURE = {"complainant": Complainant.CUSTOMER, "about": Subject.PROCEDURE_COMPLAINT}
FRAUD = {**PROCEDURE, "about": Subject.FRAUD_ACCUSATION}


@pytest.fixture(autouse=True)
def _medical(desk):
    desk.follow("hq", "medical", "franchise", "generic")


def because(complaint):
    first = complaint.suggestion.reasons[0]
    return complaint.level, first.because.rule, first.because.clause


@pytest.mark.rule("CP-46")
def test_a_complaint_about_the_sales_procedure_goes_to_the_company_or_to_a_department(desk):
    nobody, named = Details(), Details(respondent_department="sales south")

    for details in (nobody, named):
        filed = desk.file(**PROCEDURE, customer_id=BUYER, details=details)

        assert because(filed) == (2, "CP-46", "001-P10 L540-L542")
        assert desk.read(filed).form.details == details


@pytest.mark.rule("CP-46")
def test_a_customer_accuses_another_one_of_fraud(desk):
    filed = desk.file(**FRAUD, customer_id=BUYER, accused_customer_id=RIVAL)

    assert because(filed) == (3, "CP-46", "001-P10 L540-L542")
    assert desk.read(filed).intake.accused_customer_id == RIVAL
    assert str(RIVAL) not in str(desk.told())


@pytest.mark.rule("CP-46")
@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({**PROCEDURE}, CustomerMissing),
        ({**FRAUD, "accused_customer_id": RIVAL}, CustomerMissing),
        ({**FRAUD, "customer_id": BUYER}, AccusedMissing),
        ({**FRAUD, "customer_id": BUYER, "accused_customer_id": BUYER}, AccusedIsComplainant),
        ({**PROCEDURE, "customer_id": BUYER, "accused_customer_id": RIVAL}, AccusedNotAsked),
        ({**PROCEDURE, "customer_id": BUYER, "about": Subject.FREIGHT}, SubjectNotAllowed),
        ({"accused_customer_id": RIVAL}, AccusedNotAsked),
        ({"about": Subject.FRAUD_ACCUSATION, "accused_customer_id": RIVAL}, SubjectNotAllowed),
    ],
)
def test_what_the_kind_needs_has_to_be_said_and_nothing_else(desk, given, fault):
    with pytest.raises(fault) as refused:
        desk.file(**given)

    assert refused.value.because
    assert desk.types() == []


def test_over_http_the_accused_is_an_id(desk, as_):
    asked = {
        "org_unit": "shop-01",
        "complainant": "customer",
        "channel": "letter",
        "about": "fraud_accusation",
        "customer_id": str(BUYER),
    }
    assistant = as_("assistant-north")
    assert assistant.post("/v1/complaints", asked).json["code"] == "accused_missing"

    filed = assistant.post("/v1/complaints", {**asked, "accused_customer_id": str(RIVAL)})
    assert (filed.status_code, filed.json["accused_customer_id"]) == (201, str(RIVAL))
