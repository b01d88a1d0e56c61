"""The routes of what departments have to do about bad goods, weak staff and patterns, and what they
are about."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from complaint.use_cases import case_analyses, patterns

from .cast import ABOVE, NOW, person_id
from .departments import made
from .routes import Route, get, post
from .served import Served

HOLD = {"product": "sofa", "reason": "seams open"}
ONE_HOLD = "/v1/shipment-holds/{hold}"
SUBMITTED = {
    "channel": "telephone",
    "matter": "It came late",
    "type": "service",
}
CLERK = str(person_id("franchise_clerk", ABOVE))
VERIFIED = {"departments": ["workshop"], "investigator_ids": [CLERK]}
TRAINING = {"person_ids": [CLERK], "topic": "communication", "content": "how to listen"}
DAY = {"on": NOW.date().isoformat()}
HELD = {"attended_ids": [CLERK], "result": "they listen"}
FIELD_WORK = {
    "place": "at home",
    "content": "repair it",
    "requirements": "under warranty",
    "reply_due_at": (NOW + timedelta(days=2)).isoformat(),
}
ACTION = {"kind": "preventive", "department": "{region}", "reason": "a thread broke"}
ANALYSED = {"findings": "seams open", "measures": "another thread"}
ONE_TRAINING = "/v1/trainings/{training}"
ROUTES: dict[str, Route] = {
    "shipment_holds.request_shipment_hold": post(
        "/v1/problems/{registered}/shipment-holds", {**HOLD, "product": "chair"}
    ),
    "shipment_holds.list_shipment_holds": get("/v1/shipment-holds", lists="hold"),
    "shipment_holds.get_shipment_hold": get(ONE_HOLD),
    "shipment_holds.confirm_shipment_hold": post(f"{ONE_HOLD}/confirmations", {}),
    "shipment_holds.release_shipment_hold": post(f"{ONE_HOLD}/releases", {"opinion": "it holds"}),
    "shipment_holds.refuse_shipment_hold": post(f"{ONE_HOLD}/refusals", {"reason": "one seam"}),
    "patterns.list_patterns": get("/v1/patterns", lists="pattern"),
    "patterns.get_pattern": get("/v1/patterns/{pattern}"),
    "corrective_actions.open_problem_action": post(
        "/v1/problems/{planned}/corrective-actions", ACTION
    ),
    "case_analyses.list_case_analyses": get("/v1/case-analyses", lists="analysis"),
    "case_analyses.get_case_analysis": get("/v1/case-analyses/{analysis}"),
    "case_analyses.count_analysed_cases": get("/v1/case-analyses/{analysis}/cases"),
    "case_analyses.finish_case_analysis": post("/v1/case-analyses/{analysis}/results", ANALYSED),
    "problems.request_problem_field_work": post(
        "/v1/problems/{planned}/field-work-requests", FIELD_WORK
    ),
    "trainings.request_training": post("/v1/problems/{weak}/trainings", TRAINING),
    "trainings.list_trainings": get("/v1/trainings", lists="training"),
    "trainings.get_training": get(ONE_TRAINING),
    "trainings.schedule_training": post(f"{ONE_TRAINING}/schedules", DAY),
    "trainings.hold_training": post("/v1/trainings/{training_scheduled}/results", HELD),
    "trainings.decline_training": post(f"{ONE_TRAINING}/refusals", {"reason": "they left"}),
    "shipment_holds.cancel_shipment_hold": post(f"{ONE_HOLD}/cancellations", {"reason": "a slip"}),
}


def quality(served: Served, unit: str, rows: dict[str, Any]) -> dict[str, str]:
    """What follows from the problems of a unit."""
    manager = served.acts("general_service_manager", unit=ABOVE)
    hold = made(manager.post(f"/v1/problems/{rows['planned']}/shipment-holds", HOLD))
    found = {"hold": hold["id"], "pattern": pattern(served, unit)}
    return {**found, **trainings(served, unit), "analysis": analysis(served, unit)}


def analysis(served: Served, unit: str) -> str:
    """The cases of the unit in the period before, as the timer of a unit would have them seen."""
    with served.parts.begin(now=NOW) as tx:
        case_analyses.open_due(tx, unit, NOW)
        tx.flush()
        (found,) = tx.session.scalars(tx.case_analyses.listed(unit=unit))
        return str(found.id)


def trainings(served: Served, unit: str) -> dict[str, str]:
    """A problem that comes from service, and training in each state that the steps start from."""
    manager = served.acts("general_service_manager", unit=ABOVE)
    clerk = served.acts("regional_service_assistant", unit=ABOVE)
    weak = {**SUBMITTED, "source": "after_sales_service", "org_unit": unit}
    problem = made(clerk.post("/v1/problems", weak))["id"]
    path = f"/v1/problems/{problem}"
    made(clerk.post(f"{path}/registrations", {}))
    made(manager.post(f"{path}/verifications", VERIFIED))
    said = {"findings": "nobody listened", "root_cause": "service_operation"}
    made(manager.post(f"{path}/findings", said))
    found = {"weak": problem}
    for name in ("training", "training_scheduled"):
        found[name] = made(manager.post(f"{path}/trainings", TRAINING))["id"]
    leader = served.acts("department_leader", unit=ABOVE)
    made(leader.post(f"/v1/trainings/{found['training_scheduled']}/schedules", DAY))
    return found


def pattern(served: Served, unit: str) -> str:
    """Problems alike, of no known product, which the worker would have counted."""
    manager = served.acts("general_service_manager", unit=ABOVE)
    alike = {**SUBMITTED, "source": "logistics", "org_unit": unit}
    submitted = [made(manager.post("/v1/problems", alike))["id"] for _ in range(3)]
    with served.parts.begin(now=NOW) as tx:
        patterns.count(tx, UUID(submitted[-1]))
    (found,) = manager.get("/v1/patterns").json["items"][-1:]
    return str(found["id"])
