"""Bad goods: shipping stops, the plan is approved, and what comes again and again is acted on."""

from typing import Any

from demo.cast import Cast
from embedded.client import Client, Refused

PROBLEMS = "/complaint/v1/problems"
HOLDS = "/complaint/v1/shipment-holds"
UNIT = "general-service"
PACKS = {
    "packs": ["problem", "service", "oversight", "franchise", "generic"],
    "effective_from": "2026-02-24",
}
GOODS = {"product": "Cabinet K-7", "batch": "2026-01"}
MATTER = {
    "org_unit": UNIT,
    "channel": "telephone",
    "matter": "The hinge broke on the first day.",
    "type": "quality",
    "source": "after_sales_service",
    **GOODS,
}


def bad_goods_are_held(cast: Cast) -> None:
    """Tuesday afternoon: one problem from its registration to its closing, and two more like it."""
    tell = cast.telling
    tell.chapter("Bad goods are shipped no more")
    cast.until("2026-02-24 15:10")
    path = f"/complaint/v1/units/{UNIT}/policies"
    editor = cast.acts("policy_administrator")
    editor.put(path, PACKS, version=editor.version(path))
    problem = cast.acts("regional_service_assistant").post(PROBLEMS, MATTER)
    tell.say("customer service", f"takes problem {problem['number']} in", at=cast.now())
    _step(cast, problem, "registrations", {})
    (hold,) = _held(cast)
    leader = cast.person("department_leader")
    tell.say(leader.name, "is to stop the shipping", at=cast.now(), because=hold["because"])
    told = cast.was_told(leader.id, f"shipment_hold/{hold['id']}", "shipment_hold_requested")
    tell.expect("he was told once", 1, len(told))
    stopped = cast.acts(leader.role).post(f"{HOLDS}/{hold['id']}/confirmations", {})
    tell.expect("nothing is shipped", "in_force", stopped["state"])
    _is_solved(cast, problem, hold)
    _recurs(cast)


def _is_solved(cast: Cast, problem: dict[str, Any], hold: dict[str, Any]) -> None:
    tell, supervisor = cast.telling, cast.person("general_service_supervisor")
    manager = cast.person("general_service_manager")
    director = cast.acts("sales_centre_director")
    looks = {"departments": ["workshop"], "investigator_ids": [manager.id]}
    _step(cast, problem, "verifications", looks)
    cause = {"findings": "The hinges of the batch are brittle.", "root_cause": "product_quality"}
    _step(cast, problem, "findings", cause)
    release = f"{HOLDS}/{hold['id']}/releases"
    tell.expect("no release without a plan", "plan_missing", _code(director, release))
    plan = {
        "remedy": "replace",
        "solution": "New hinges for all who have the batch.",
        "feasibility": "There are enough in stock.",
        "owner_id": supervisor.id,
        "due_at": "2026-02-27T18:00:00+08:00",
    }
    _step(cast, problem, "plans", plan)
    work = {
        "place": "shop-01",
        "content": "Change the hinges of the cabinet.",
        "requirements": "Hinges of the new batch, under warranty.",
        "reply_due_at": "2026-02-26T18:00:00+08:00",
    }
    _step(cast, problem, "field-work-requests", work)
    _step(cast, problem, "solutions", {"result": "The hinges are changed."})
    said = {"method": "telephone", "satisfied": True, "evidence": "recording 4714"}
    _step(cast, problem, "return-visits", said)
    closing = f"{PROBLEMS}/{problem['id']}/closings"
    closer = cast.acts("regional_service_assistant")
    tell.expect("not closed while goods are held", "hold_stands", _code(closer, closing, {}))
    released = director.post(release, {"opinion": "New hinges hold."})
    tell.expect("the plan is approved", "released", released["state"])
    _step(cast, problem, "closings", {})
    cast.settle()
    found = cast.acts("general_service_manager").get(f"{PROBLEMS}/{problem['id']}")
    tell.expect("the problem is closed", "closed", found["state"])
    tell.expect(
        "dispatch opened a work order for it",
        ["opened"],
        [work["progress"] for work in found["field_works"]],
    )


def _recurs(cast: Cast) -> None:
    tell = cast.telling
    for _ in range(2):
        cast.acts("regional_service_assistant").post(PROBLEMS, MATTER)
    cast.settle()
    manager = cast.acts("general_service_manager")
    patterns = list(cast.listed("general_manager", "/complaint/v1/patterns", open=True))
    tell.expect("three alike are one pattern", [3], [one["cases"] for one in patterns])
    pattern = patterns[0]
    action = cast.acts("general_manager").get(
        f"/complaint/v1/corrective-actions/{pattern['action_id']}"
    )
    tell.say(
        cast.named(action["owner_id"]),
        f"is to act on {pattern['product']}",
        at=cast.now(),
        because=pattern["because"],
    )
    tell.expect("the action follows from it", "pattern", action["source"])
    open_ones = manager.get("/complaint/v1/cases")["items"]
    tell.expect("the two others are open still", 2, _alike(open_ones))


def _alike(cases: list[dict[str, Any]]) -> int:
    return sum(case["kind"] == "problem" for case in cases)


def _held(cast: Cast) -> list[dict[str, Any]]:
    leader = cast.person("department_leader")
    return list(cast.listed(leader.role, HOLDS, standing=True, **GOODS))


def _step(cast: Cast, problem: dict[str, Any], command: str, body: dict[str, Any]) -> None:
    """Whoever answers for the stage does it."""
    path = f"{PROBLEMS}/{problem['id']}"
    handler = cast.holder(cast.acts("general_service_manager").get(path)["handler_id"])
    cast.acts(handler.role).post(f"{path}/{command}", body)


def _code(client: Client, path: str, body: dict[str, Any] | None = None) -> str:
    try:
        client.post(path, {"opinion": "New hinges hold."} if body is None else body)
    except Refused as refused:
        return str(refused.code)
    return "taken"
