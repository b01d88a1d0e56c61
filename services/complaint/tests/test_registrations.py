"""Complaints of a unit of IT service: reported to the leader, and their registration (F-05)."""

import pytest

from complaint.domain.intake import Complainant, Details, RespondentMissing, Subject
from complaint.domain.staff import TierEmpty
from shared.ids import new_id

SERVICE = {"complainant": Complainant.CUSTOMER, "about": Subject.SERVICE_QUALITY}
WORKER = {"complainant": Complainant.CUSTOMER, "about": Subject.WORKER_CONDUCT}


@pytest.fixture
def unit(desk):
    """The sample company follows the pack of IT service."""
    desk.follow("hq", "itservice", "franchise", "generic")
    return desk


def filed(desk, about, **facts):
    given = {"customer_id": new_id(), **facts}
    return desk.file(by="reception", **about, **given)


@pytest.mark.rule("CP-53")
def test_a_complaint_is_reported_to_the_leader_as_it_comes_in(unit):
    complaint = filed(unit, SERVICE)

    (told,) = unit.told("complaint.reported_to_leader.v1")
    leader = unit.people["leader"]
    assert (told["leader_id"], told["reported_by"]) == (
        str(leader),
        str(unit.people["reception"]),
    )
    assert told["because"]["rule"] == "CP-53"
    assert leader in complaint.assigned_ids
    assert complaint.handler_id != leader


@pytest.mark.rule("CP-53")
@pytest.mark.parametrize(("about", "level"), [(SERVICE, 1), (WORKER, 2)])
def test_it_is_about_the_service_or_about_a_worker(unit, about, level):
    named = {"details": Details(respondent_person="Liu Yang")}

    assert filed(unit, about, **named).level == level


@pytest.mark.rule("CP-53")
def test_who_complains_about_a_worker_names_him(unit):
    department = Details(respondent_department="operations")

    with pytest.raises(RespondentMissing) as refused:
        filed(unit, WORKER, details=department)
    assert refused.value.because.rule == "CP-53"
    assert filed(unit, SERVICE, details=Details()).level == 1


@pytest.mark.rule("CP-53")
def test_only_what_the_pack_names_is_complained_about_by_a_known_customer(unit, as_):
    body = {"org_unit": "shop-01", "complainant": "customer", "channel": "email"}
    clerk = as_("reception")
    wrong = [{"about": "delivery", "customer_id": str(new_id())}, {"about": "service_quality"}]

    codes = [clerk.post("/v1/complaints", {**body, **one}).json["code"] for one in wrong]

    assert codes == ["subject_not_allowed", "customer_missing"]


def test_where_there_is_no_leader_nothing_is_taken_in(unit):
    with unit.open() as tx:
        tx.staff.keep(unit.people["leader"], active=False, superior_id=None, posts=[])

    with pytest.raises(TierEmpty):
        filed(unit, SERVICE)
    assert unit.types() == []


def test_the_leader_follows_a_complaint_to_whatever_level_it_goes(unit):
    complaint = filed(unit, SERVICE)
    unit.contact(complaint, by="leader")
    for step in ("investigation", "responsibility", "solution"):
        unit.record(complaint, step)
    unit.tell(complaint)
    unit.answer(complaint, 5)

    raised = unit.read(complaint)
    assert (raised.level, unit.people["leader"] in raised.assigned_ids) == (2, True)
    assert len(unit.told("complaint.reported_to_leader.v1")) == 1


def test_other_packs_report_to_no_leader(desk, as_):
    complaint = desk.file()

    shown = as_("clerk").get(f"/v1/complaints/{complaint.id}/registration").json
    assert (shown["leader_report"], shown["procedure"]) == (None, None)
    assert desk.told("complaint.reported_to_leader.v1") == []


@pytest.mark.rule("CP-53", "CP-57")
def test_the_registration_tells_of_a_complaint_from_its_receipt_to_its_end(unit, as_):
    details = Details(reason="he was rude", respondent_person="Liu Yang")
    complaint = filed(unit, WORKER, details=details, complainant_name="Li Hua")
    unit.contact(complaint, by=unit.handler(complaint))
    for step in ("investigation", "responsibility", "solution"):
        unit.record(complaint, step)
    unit.tell(complaint)
    page = f"/v1/complaints/{complaint.id}/registration"
    before = as_("clerk").get(page).json
    unit.answer(complaint, 1)

    shown = as_("clerk").get(page).json
    assert (before["resolved_at"], shown["resolved_at"]) == (
        None,
        "2026-02-13T09:00:00+00:00",
    )
    assert (shown["number"], shown["receiver_id"], shown["about"]) == (
        complaint.number,
        str(unit.people["reception"]),
        "worker_conduct",
    )
    assert shown["against"]["person"] != "Liu Yang"
    assert shown["leader_report"]["leader_id"] == str(unit.people["leader"])
    assert [one["step"] for one in shown["handling_records"]] == [
        "investigation",
        "responsibility",
        "solution",
    ]
    assert (shown["procedure"]["number"], shown["procedure"]["title"]) == (
        "XX-ITSMS-QR-19-02",
        "客户投诉处理程序",
    )
    assert shown["procedure"]["because"]["clause"] == "004-T13 L293-L295"
    assert [one["from_person_id"] for one in shown["transfers"]] == [None]


def test_a_corrective_action_stands_in_the_registration(unit, as_):
    complaint = filed(unit, SERVICE)
    handler = unit.handler(complaint)
    unit.contact(complaint, by=handler)
    wanted = {"kind": "corrective", "department": "admin-centre", "reason": "nobody answered"}
    made = as_(handler).post(f"/v1/complaints/{complaint.id}/corrective-actions", wanted)
    assert made.status_code == 201, made.text

    shown = as_("clerk").get(f"/v1/complaints/{complaint.id}/registration").json
    assert len(shown["corrective_action_ids"]) == 1
