"""The office keeps the forms of partners, shows what stands in them, and organises inspections
(AD-29)."""

import pytest

from customer.domain.partners import Cell, FormItem, Result, shown_cells
from customer.use_cases import partners
from shared.rules import WrongState

from .desk import HQ, PEOPLE, at
from .test_partners import Way

PLAN = {
    "purpose": "His new yard",
    "planned_on": "2026-03-16",
    "units": ["region-south", "shop-01", "region-south"],
}


@pytest.fixture
def partner(desk):
    """A partner who was admitted."""
    made = Way(desk)
    made.checked()
    made.decide()
    return made


@pytest.fixture
def office(as_):
    return as_("joint_venture_office")


@pytest.fixture
def form(partner):
    return f"/v1/customers/{partner.customer.id}/partner-form"


@pytest.fixture
def inspections(partner):
    return f"/v1/customers/{partner.customer.id}/inspections"


def code(answer):
    return answer.status_code, answer.json["code"]


def archive(caller, form, number="JV-2026/1"):
    return caller.post(f"{form}/archivings", {"archive_number": number})


@pytest.mark.rule("AD-29")
def test_the_office_archives_a_form_once(desk, partner, office, form):
    kept = archive(office, form)

    assert (200, "JV-2026/1") == (kept.status_code, kept.json["archive_number"])
    assert kept.json["archived_at"] is not None
    (told,) = desk.told("partner_archived")
    assert ("JV-2026/1", kept.json["form_id"]) == (told["archive_number"], told["form_id"])
    assert (409, "form_archived") == code(archive(office, form, "JV-2026/2"))
    assert "JV-2026/1" == office.get(form).json["archive_number"]


@pytest.mark.rule("AD-29")
@pytest.mark.parametrize("role", ["contracting_unit", "admission_board", "department_head"])
def test_nobody_else_archives_a_form(as_, form, role):
    assert (403, "role_missing") == code(archive(as_(role), form))


@pytest.mark.rule("AD-29")
def test_what_is_archived_stays_as_it_is(partner, office, form, as_):
    archive(office, form)
    before = office.get(f"{form}/contents").json

    with pytest.raises(WrongState):
        partner.fill()
    with pytest.raises(WrongState):
        partner.found(personnel=Result.FALSE)

    assert before == office.get(f"{form}/contents").json


@pytest.mark.rule("AD-29")
def test_a_form_that_is_not_decided_is_not_archived(desk, office):
    partner = Way(desk)
    partner.open()

    refused = archive(office, f"/v1/customers/{partner.customer.id}/partner-form")

    assert (409, "wrong_state") == code(refused)


@pytest.mark.rule("AD-29")
def test_no_two_forms_lie_under_one_number(desk, office, form):
    other = Way(desk, "F-2")
    other.open()
    other.run(partners.submit_form)
    other.run(partners.screen_form, explanation="No permit.", caller=HQ)
    archive(office, form)

    second = f"/v1/customers/{other.customer.id}/partner-form"
    assert (409, "archive_number_taken") == code(archive(office, second))
    assert 200 == archive(office, second, "JV-2026/2").status_code


@pytest.mark.rule("AD-29")
@pytest.mark.parametrize(
    "role", ["joint_venture_office", "contracting_unit", "admission_board", "auditor"]
)
def test_what_stands_in_the_form_is_shown_masked_where_it_is_personal(as_, form, role):
    shown = as_(role).get(f"{form}/contents").json["cells"]

    values = {(one["part"], one["item"]): one["value"] for one in shown}
    assert {"x"} == {values["main", "partner_name"], values["company", "address"]}
    personal = {("main", "legal_person"), ("main", "contact"), ("personnel", "person")}
    assert personal == {(one["part"], one["item"]) for one in shown if one["personal"]}
    assert {"****"} == {values[place] for place in personal}
    assert "Legal person" in [one["title"] for one in shown]
    assert "jv:" not in str(shown)


def test_what_a_pack_asks_for_no_longer_comes_last_and_masked():
    items = [FormItem("main", "bank", "Bank"), FormItem("main", "region", "Region")]
    cells = [Cell("main", 0, name, name) for name in ("hobby", "region", "bank")]

    shown = shown_cells(items, cells)

    assert ["bank", "region", "hobby"] == [one.item for one in shown]
    assert [False, False, True] == [one.personal for one in shown]


def test_a_partner_does_not_read_his_form_himself(as_, form):
    assert (403, "role_missing") == code(as_("customer_portal").get(f"{form}/contents"))


@pytest.mark.rule("AD-29")
def test_units_inspect_a_partner_together(desk, office, inspections, as_):
    planned = office.post(inspections, PLAN)
    assert 201 == planned.status_code
    one = f"/v1/inspections/{planned.json['inspection_id']}"
    assert ["region-south", "shop-01"] == [unit["unit"] for unit in planned.json["invited"]]
    assert "AD-29" == planned.json["because"]["rule"]
    held = office.post(f"{one}/holdings", {"held_on": "2026-03-02"})
    assert ("held", "2026-03-02") == (held.json["state"], held.json["held_on"])

    south = as_("department_head", unit="region-south", who="head-south")
    found = south.post(f"{one}/findings", {"unit": "region-south", "finding": "All there."})

    (first, second) = found.json["invited"]
    assert ("All there.", str(PEOPLE["head-south"])) == (first["finding"], first["inspector_id"])
    assert second["finding"] is None
    early = office.post(f"{one}/conclusions", {"conclusion": "Fit."})
    assert (409, "findings_missing") == code(early)
    assert ["shop-01"] == early.json["units"]
    foreign = south.post(f"{one}/findings", {"unit": "shop-01", "finding": "I was not there."})
    assert (404, "not_found") == code(foreign)
    own = as_("contracting_unit", unit="shop-01")
    own.post(f"{one}/findings", {"unit": "shop-01", "finding": "Two cranes."})
    ended = office.post(f"{one}/conclusions", {"conclusion": "Fit."})
    assert ("concluded", "Fit.") == (ended.json["state"], ended.json["conclusion"])
    assert ["planned", "held", "concluded"] == [
        one["state"] for one in desk.told("inspection_moved")
    ]
    assert "inspection.remind" not in {kind for kind, _ in desk.timers()}


@pytest.mark.rule("AD-29")
def test_the_office_reminds_three_days_before(desk, office, inspections):
    made = office.post(inspections, PLAN).json
    subject = f"inspection/{made['inspection_id']}"

    assert at(2026, 3, 13, 9) == desk.timers()["inspection.remind", subject]
    while desk.fire() != "inspection.remind":
        pass
    (told,) = desk.told("inspection_due")
    assert ("2026-03-16", ["region-south", "shop-01"]) == (told["planned_on"], told["units"])


@pytest.mark.rule("AD-29")
def test_an_inspection_that_is_called_off_reminds_nobody(desk, office, inspections):
    made = office.post(inspections, PLAN).json
    path = f"/v1/inspections/{made['inspection_id']}/cancellations"

    called_off = office.post(path, {"reason": "He declined."})

    assert ("cancelled", "He declined.") == (
        called_off.json["state"],
        called_off.json["cancelled_for"],
    )
    assert "inspection.remind" not in {kind for kind, _ in desk.timers()}


@pytest.mark.rule("AD-29")
@pytest.mark.parametrize("role", ["contracting_unit", "department_head", "market_development"])
def test_nobody_else_organises_an_inspection(as_, inspections, role):
    assert (403, "role_missing") == code(as_(role).post(inspections, PLAN))


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"planned_on": "2026-03-01"}, (422, "invalid")),
        ({"units": ["shop-99"]}, (422, "unit_unknown")),
        ({"units": []}, (422, "invalid")),
    ],
)
def test_a_plan_that_is_not_whole_is_refused(desk, office, inspections, changed, refusal):
    assert refusal == code(office.post(inspections, {**PLAN, **changed}))

    assert [] == desk.told("inspection_moved")


def test_an_inspection_is_not_held_before_its_day_and_not_by_a_stranger(office, inspections, as_):
    made = office.post(inspections, PLAN).json
    one = f"/v1/inspections/{made['inspection_id']}"

    assert (422, "invalid") == code(office.post(f"{one}/holdings", {"held_on": "2026-03-03"}))
    office.post(f"{one}/holdings", {"held_on": "2026-03-02"})
    body = {"unit": "shop-02", "finding": "Nothing."}
    assert (404, "not_found") == code(office.post(f"{one}/findings", body))


def test_who_is_invited_sees_an_inspection_and_others_do_not(office, inspections, as_):
    made = office.post(inspections, {**PLAN, "units": ["shop-01"]}).json
    one = f"/v1/inspections/{made['inspection_id']}"
    both = office.post(inspections, PLAN).json
    south = as_("department_head", unit="region-south")

    assert [both] == south.get("/v1/inspections?state=planned").json["items"]
    assert (404, "not_found") == code(south.get(one))
    query = f"/v1/inspections?customer_id={made['customer_id']}"
    assert [made, both] == as_("auditor", unit="shop-01").get(query).json["items"]
    assert [] == office.get("/v1/inspections?state=held").json["items"]
