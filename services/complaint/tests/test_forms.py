"""What the form has to tell of the matter before the complainant is told a result (CP-23)."""

import pytest

from complaint.domain.form_rules import DetailsMissing
from complaint.domain.intake import Complainant, Subject
from complaint.use_cases import handling

ASKED = ["cause", "occurred_at", "other_contacts", "place", "shop_and_persons"]
OF_PRODUCTS = ["product", "product_code"]


def contacted(desk, **facts):
    """A complaint of which nobody has asked more than reason and course."""
    complaint = desk.file(**facts)
    learnt = {"reason": "a seam is open", "course": "on Tuesday"}
    by = desk.caller("assistant-north")
    return desk.do(handling.make_first_contact, complaint.id, by=by, learnt=learnt)


def learn(desk, complaint, **changes):
    with desk.open() as tx:
        taken = tx.complaints.take(complaint.id, unit="hq")
        handling.amend_form(tx, taken, by=desk.caller("assistant-north"), changes=changes)


@pytest.mark.rule("CP-23")
@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        ({"about": Subject.PRODUCT_QUALITY}, [*ASKED, *OF_PRODUCTS]),
        ({"about": Subject.SHOP_SERVICE}, ASKED),
        ({"complainant": Complainant.FRANCHISEE, "about": Subject.DELIVERY}, ASKED),
    ],
)
def test_no_result_is_told_while_the_form_lacks_what_the_policy_asks(desk, facts, asked):
    complaint = contacted(desk, **facts)

    with pytest.raises(DetailsMissing) as refused:
        desk.tell(complaint)

    assert refused.value.extra == {"missing": sorted(asked)}
    assert (refused.value.because.rule, refused.value.because.clause) == ("CP-23", "001-P4 L180")
    assert desk.read(complaint).state == "contacted"
    learn(desk, complaint, **{name: "known" for name in asked if name != "occurred_at"})
    learn(desk, complaint, occurred_at=desk.now)
    assert desk.tell(complaint).state == "result_told"


@pytest.mark.rule("CP-23")
def test_a_detail_that_is_cleared_again_is_missing(desk):
    complaint = desk.contact(desk.file())
    learn(desk, complaint, cause=None)

    with pytest.raises(DetailsMissing) as refused:
        desk.tell(complaint)

    assert refused.value.extra == {"missing": ["cause"]}
