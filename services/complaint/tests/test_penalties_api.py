"""Penalties and their ledgers over HTTP: what is shown to whom, and what is refused."""

import pytest

from complaint.domain.staff import Role

IGNORED = "authority_or_guide_ignored"


@pytest.fixture
def handled(as_, filed):
    """A complaint that the assistant of the north handles."""
    learnt = {"reason": "a seam is open", "course": "it opened"}
    as_("assistant-north").post(f"/v1/complaints/{filed['id']}/first-contacts", learnt)
    return filed


def proposed(as_, complaint, **given):
    body = {
        "code": IGNORED,
        "person_id": complaint["handler_id"],
        "occurred_on": "2026-02-13",
        "evidence": "recording 4712",
        **given,
    }
    return as_("manager").post(f"/v1/complaints/{complaint['id']}/penalties", body)


def confirmed(as_, penalty, **given):
    body = {"amount": "62.50", "reason": "the second time", **given}
    return as_("manager").post(f"/v1/penalties/{penalty['id']}/confirmations", body)


def posted(as_, month="2026-02"):
    return as_("clerk").post(f"/v1/penalty-ledgers/{month}/postings", {})


@pytest.mark.rule("ST-30")
def test_a_penalty_goes_from_the_proposal_into_the_ledger(as_, handled):
    penalty = proposed(as_, handled).json
    assert (penalty["lowest"], penalty["highest"], penalty["amount"]) == ("30.00", "100.00", None)
    assert (penalty["state"], penalty["allowed"]) == ("proposed", ["confirm", "waive"])

    assert confirmed(as_, penalty).json["amount"] == "62.50"
    assert posted(as_).json == {"month": "2026-02", "count": 1, "amount": "62.50"}
    assert posted(as_).json == {"month": "2026-02", "count": 0, "amount": "0.00"}
    shown = as_("manager").get(f"/v1/penalties/{penalty['id']}").json
    assert (shown["state"], shown["month"], shown["allowed"]) == ("posted", "2026-02", [])


@pytest.mark.rule("ST-32")
@pytest.mark.parametrize("amount", ["120", "29", "50.005", "0", "-50", "much", "NaN"])
def test_an_amount_that_cannot_be_due_is_refused_and_changes_nothing(as_, handled, amount):
    path = f"/v1/penalties/{proposed(as_, handled).json['id']}"
    before = as_("manager").get(path).json

    assert confirmed(as_, before, amount=amount).status_code == 422

    assert as_("manager").get(path).json == before


@pytest.mark.rule("RP-15")
def test_the_ledger_adds_up_by_person_and_rule(as_, handled, filed):
    other = as_("assistant-south").post(
        "/v1/complaints",
        {
            "org_unit": "shop-03",
            "complainant": "consumer",
            "channel": "telephone",
            "about": "product_quality",
        },
    )
    for given in ({}, {"code": "satisfaction_not_asked"}):
        confirmed(as_, proposed(as_, handled, **given).json)
    confirmed(as_, proposed(as_, other.json).json, amount="30")
    posted(as_)

    ledger = as_("clerk").get("/v1/penalty-ledgers/2026-02").json
    north, south = handled["handler_id"], other.json["handler_id"]
    lines = [(one["person_id"], one["rule"], one["amount"]) for one in ledger["items"]]
    assert sorted(lines) == sorted(
        [(north, "CP-34", "62.50"), (north, "CP-35", "62.50"), (south, "CP-34", "30.00")]
    )
    assert ledger["total"] == {"count": 3, "amount": "155.00"}
    below = as_("manager", unit="region-south").get("/v1/penalty-ledgers/2026-02").json
    assert below["total"] == {"count": 1, "amount": "30.00"}
    first = as_("clerk").get("/v1/penalty-ledgers/2026-02?limit=2").json
    rest = as_("clerk").get(f"/v1/penalty-ledgers/2026-02?cursor={first['next_cursor']}").json
    assert first["items"] + rest["items"] == ledger["items"]


def test_an_empty_month_has_an_empty_ledger_and_what_is_no_month_has_none(as_, filed):
    empty = as_("clerk").get("/v1/penalty-ledgers/2026-01").json
    assert (empty["items"], empty["total"]) == ([], {"count": 0, "amount": "0.00"})
    wrong = as_("clerk").get("/v1/penalty-ledgers/2026-13")
    assert (wrong.status_code, wrong.json["code"]) == (422, "month_invalid")


def test_everybody_sees_his_own_penalties_and_managers_those_of_their_units(as_, handled):
    penalty = proposed(as_, handled).json

    own = as_("assistant-north", unit="region-south").get("/v1/penalties/mine").json
    assert [one["id"] for one in own["items"]] == [penalty["id"]]
    assert as_("assistant-south").get("/v1/penalties/mine").json["items"] == []
    assert as_("assistant-north").get("/v1/penalties").status_code == 403
    for unit, seen in (("hq", [penalty["id"]]), ("region-south", [])):
        listed = as_("manager", unit=unit).get("/v1/penalties").json["items"]
        assert [one["id"] for one in listed] == seen


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("state=proposed", 1),
        ("state=posted", 0),
        ("month=2026-02", 1),
        ("month=2026-03", 0),
        ("person_id=00000000-0000-7000-8000-0000000000ff", 0),
        ("state=proposed&month=2026-02&limit=1", 1),
    ],
)
def test_penalties_are_listed_by_state_person_and_month(as_, handled, asked, found):
    proposed(as_, handled)

    assert len(as_("manager").get(f"/v1/penalties?{asked}").json["items"]) == found


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_no_role_makes_up_for_what_the_packs_do_not_name(as_, handled, role):
    penalty = proposed(as_, handled).json
    person = as_("secretary", roles=[role])

    answer = person.post(f"/v1/penalties/{penalty['id']}/waivers", {"reason": "so it is"})

    deciders = {"general_service_manager", "general_manager"}
    deciders |= {"sales_centre_director", "administration_centre_director"}
    expected = (200, None) if role in deciders else (403, "penalty_role_unfit")
    assert (answer.status_code, answer.json.get("code") if expected[1] else None) == expected
