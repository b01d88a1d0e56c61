"""What may be asked about cases that follow a preset flow, and the queue over all kinds."""

from .cast import ABOVE, person_id
from .routes import get, post
from .seeded_work import (
    ANALYSED,
    ARRIVED,
    OPINION,
    PROGRESS,
    SUBMITTED,
    VERIFIED,
    solution,
)

ONE = "/v1/problems/{submitted}"
ROUTES = {
    "cases.list_cases": get("/v1/cases", lists="submitted"),
    "cases.get_case_transfers": get("/v1/cases/problem/{registered}/transfers"),
    "registrations.get_registration": get("/v1/complaints/{received}/registration"),
    "links.link_case": post(
        "/v1/cases/problem/{submitted}/links", {"relation": "related", "case_id": "{received}"}
    ),
    "links.list_case_links": get("/v1/cases/problem/{submitted}/links"),
    "links.convert_case": post(
        "/v1/cases/feedback/{recorded}/conversions", {"to": "request", "reason": "he needs it"}
    ),
    "problems.submit_problem": post("/v1/problems", {**SUBMITTED, "org_unit": "{unit}"}),
    "problems.get_problem": get(ONE),
    "problems.get_problem_timeline": get(f"{ONE}/timeline"),
    "problems.register_problem": post(f"{ONE}/registrations", {}),
    "problems.tell_problem_progress": post(f"{ONE}/progress-contacts", PROGRESS),
    "problems.call_in_participant": post(
        f"{ONE}/participants", {"person_id": str(person_id("franchise_clerk", ABOVE))}
    ),
    "problems.verify_problem": post("/v1/problems/{registered}/verifications", VERIFIED),
    "problems.record_problem_findings": post(
        "/v1/problems/{verifying}/findings", {"findings": "a thread broke"}
    ),
    "problems.plan_solution": post("/v1/problems/{found}/plans", solution()),
    "problems.log_handling_step": post(
        "/v1/problems/{planned}/handling-steps", {"content": "sewn"}
    ),
    "problems.solve_problem": post("/v1/problems/{solving}/solutions", {"result": "as new"}),
    "problems.call_problem_back": post(
        "/v1/problems/{solved}/return-visits",
        {"method": "telephone", "satisfied": True, "evidence": "recording 4711"},
    ),
    "problems.close_problem": post("/v1/problems/{asked}/closings", {}),
    "service_requests.file_service_request": post(
        "/v1/service-requests", {**ARRIVED, "org_unit": "{unit}"}
    ),
    "service_requests.get_service_request": get("/v1/service-requests/{asked_for}"),
    "service_requests.start_service_request": post("/v1/service-requests/{asked_for}/starts", {}),
    "service_requests.finish_service_request": post(
        "/v1/service-requests/{started}/results", {"result": "done"}
    ),
    "service_requests.answer_service_request": post(
        "/v1/service-requests/{finished}/answers", PROGRESS
    ),
    "feedback.record_feedback": post("/v1/feedback", {**OPINION, "org_unit": "{unit}"}),
    "feedback.list_feedback": get("/v1/feedback?topic=product_quality", lists="recorded"),
    "feedback.get_feedback": get("/v1/feedback/{recorded}"),
    "feedback.analyse_feedback": post("/v1/feedback/{recorded}/analyses", ANALYSED),
    "feedback.answer_feedback": post("/v1/feedback/{analysed}/answers", PROGRESS),
}
