"""A complaint held against ISO 10002: each point with what shows it."""

from datetime import UTC

from complaint.domain.conformance import POINTS


def points(as_, complaint):
    answer = as_("manager").get(f"/v1/complaints/{complaint.id}/conformance").json
    assert answer["standard"] == "ISO 10002:2004"
    return {one["code"]: one for one in answer["points"]}


def test_a_complaint_that_was_only_filed_lacks_what_was_not_done(as_, desk):
    filed = desk.file()
    at = desk.now.astimezone(UTC).isoformat()

    found = points(as_, filed)

    assert found["receipt"] == {
        "code": "receipt",
        "clause": "7.2",
        "status": "evidenced",
        "by_design": None,
        "evidence": [{"kind": "complaint.filed.v1", "at": at, "times": 1}],
    }
    missing = {code for code, one in found.items() if one["status"] == "missing"}
    assert missing >= {"acknowledgement", "response", "closing", "objectivity"}
    assert found["charges"]["status"] == found["confidentiality"]["status"] == "by_design"
    assert not any(one["evidence"] for one in found.values() if one["status"] != "evidenced")


def test_a_complaint_that_was_archived_shows_every_step(as_, desk):
    filed = desk.file()
    desk.contact(filed)
    desk.tell_progress(filed)
    desk.tell_progress(filed)
    desk.tell(filed)
    desk.answer(filed, 1)
    desk.review(filed, "supervisor")
    desk.archive(filed, "clerk")

    found = points(as_, filed)

    missing = [code for code, one in found.items() if one["status"] == "missing"]
    assert missing == ["visibility", "continual_improvement", "investigation"]
    told = next(one for one in found["tracking"]["evidence"] if "progress" in one["kind"])
    assert told["times"] == 2


def test_each_point_stands_once_in_the_order_of_the_standard():
    clauses = [tuple(map(int, point.clause.split("."))) for point in POINTS]

    assert clauses == sorted(set(clauses))
