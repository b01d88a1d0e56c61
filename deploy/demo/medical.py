"""A department that follows the regulation of the medical business: whom it admits, how it grades,
whom it bars, and what a customer looks like from all sides."""

from typing import Any

from demo.cast import Cast
from demo.medical_desk import (
    CARD,
    LAST_DAY,
    PAPERS,
    SCHEME,
    UNIT,
    admit,
    collect,
    complain,
    enter,
    grade,
    proposal,
    refusal,
    register,
    remedy,
    survey,
)

OWN_STATIONS = ("East", "West", "North", "South")  # With a clinic more, 30 % of all are one.


def business_is_taken_up(cast: Cast) -> None:
    """All that happens in the department on one day."""
    department_follows_the_pack(cast)
    admitted = clinic_is_admitted(cast)
    barred = clinics_are_graded(cast, admitted)
    clinic_is_barred(cast, barred)
    overviews_are_read(cast, admitted, barred)


def department_follows_the_pack(cast: Cast) -> None:
    """From today on the department works by the regulation, with a scorecard of its own."""
    tell = cast.telling
    tell.chapter("A department takes up the medical business")
    cast.until("2026-02-25 09:10")
    path = f"/customer/v1/units/{UNIT}/policies"
    editor = cast.acts("policy_administrator")
    packs = {"packs": [SCHEME, "generic"], "effective_from": "2026-02-25"}
    editor.put(path, packs, version='"0"')
    head = cast.person("department_head", UNIT)
    cast.acts(head.role, UNIT).post(f"/customer/v1/units/{UNIT}/scorecards", CARD)
    tell.say(head.name, "defines the scorecard of medical sales", at=cast.now())
    for number, place in enumerate(OWN_STATIONS, start=1):
        station = register(cast, f"M-{number}", f"{place} health station", kind="related_party")
        enter(cast, station)
    tell.say(head.name, f"enters {len(OWN_STATIONS)} stations of the group", at=cast.now())


def clinic_is_admitted(cast: Cast) -> str:
    """Documents, steps and conditions, then the decision. Returns the path of the clinic."""
    tell = cast.telling
    tell.chapter("A clinic is admitted and graded")
    cast.until("2026-02-25 09:30")
    clinic = register(cast, "M-10", "River clinic", kind="institution", annual_amount="80")
    code = refusal(cast, f"{clinic}/contracts", {"unit": UNIT, "contract_no": "K-10"}).get("code")
    tell.expect("no contract before the admission", "not_admitted", code)
    for kind in PAPERS:
        collect(cast, clinic, kind)
    decided = admit(cast, clinic)
    head = cast.person("department_head", UNIT)
    tell.say(head.name, "admits River clinic", at=cast.now(), because=decided["because"])
    tell.expect("admitted", "admitted", decided["state"])
    tell.expect("as long as its documents hold", LAST_DAY, decided["valid_until"])
    return clinic


def clinics_are_graded(cast: Cast, clinic: str) -> str:
    """The first one takes the only place of its grade; the second has to be content with less.
    Returns the path of the second."""
    tell = cast.telling
    code = refusal(cast, f"{clinic}/gradings", proposal("preferred")).get("code")
    tell.expect("no grade before the survey form", "form_missing", code)
    graded = grade(cast, clinic, "preferred")
    head = cast.person("department_head", UNIT)
    tell.say(
        head.name,
        f"grades River clinic: {graded['grade']}, {graded['score']} points of 100",
        at=cast.now(),
        because=graded["because"],
    )
    tell.expect("the grade holds", "active", graded["state"])
    enter(cast, clinic)
    second = register(cast, "M-11", "Hill clinic", kind="institution", annual_amount="70")
    survey(cast, second)
    refused = refusal(cast, f"{second}/gradings", proposal("preferred"))
    tell.say(
        "customer",
        "has no second place: 30 % of five customers is one",
        at=cast.now(),
        because=refused.get("because"),
    )
    tell.expect("the cap refuses it", "cap_reached", refused.get("code"))
    less = grade(cast, second, "qualified")
    tell.expect("Hill clinic is qualified", "active", less["state"])
    return second


def clinic_is_barred(cast: Cast, clinic: str) -> None:
    """Nothing new is begun with it in the department; what it complained of is still remedied."""
    tell = cast.telling
    tell.chapter("A clinic is barred, and its complaint is remedied all the same")
    cast.until("2026-02-25 10:20")
    complaint = complain(cast, clinic)
    head = cast.person("department_head", UNIT)
    entry = cast.acts(head.role, UNIT).post(
        f"{clinic}/blacklist-entries",
        {
            "reason_code": "overdue_payment",
            "reason": "Three invoices are open since summer.",
            "evidence": "Invoices 17, 21 and 23",
        },
    )
    cast.settle()
    tell.say(
        head.name,
        f"bars Hill clinic until {entry['valid_until']}",
        at=cast.now(),
        because=entry["details"]["because"],
    )
    talk = {"unit": UNIT, "subject": "Ultrasound", "expected_on": "2026-04-01"}
    code = refusal(cast, f"{clinic}/negotiations", talk).get("code")
    tell.expect("nothing new is negotiated", "customer_blacklisted", code)
    asked = {"unit": UNIT}
    code = refusal(cast, f"{clinic}/admissions", asked).get("code")
    tell.expect("nor is it admitted", "customer_blacklisted", code)
    remedy(cast, complaint)


def overviews_are_read(cast: Cast, admitted: str, barred: str) -> None:
    """Both clinics from all sides."""
    tell = cast.telling
    tell.chapter("Two customers from all sides")
    cast.settle()
    head, seller = cast.person("department_head", UNIT), cast.person("sales_team", UNIT)
    good = cast.acts(head.role, UNIT).get(f"{admitted}/overview")
    (admission,) = good["admissions"]
    tell.expect("River clinic is admitted", "admitted", admission["state"])
    tell.expect("it is preferred", ["preferred"], _grades(good))
    tell.expect("on no blacklist", [], good["blacklist"])
    tell.expect("with four documents", len(PAPERS), len(good["documents"]))
    first = good["due_next"][0]
    tell.say(
        "the overview",
        f"next is a {first['kind']} by {cast.named(first['by'])} on {first['due_on']}",
        at=cast.now(),
    )
    tell.expect("the salesman visits it next", ("visit", seller.id), (first["kind"], first["by"]))
    begun = cast.acts(head.role, UNIT).get(f"{admitted}/timeline")["items"][0]
    tell.expect("its history begins", "customer.registered.v1", begun["kind"])
    bad = cast.acts(head.role, UNIT).get(f"{barred}/overview")
    (listed,) = bad["blacklist"]
    tell.expect("Hill clinic is barred", ("department", "listed"), _state(listed))
    tell.expect("it is qualified", ["qualified"], _grades(bad))
    handling = bad["complaint_handling"]
    tell.expect("it complained once", 1, handling["complaints"])
    (order,) = handling["open_work_orders"]
    tell.expect("the work was done", "completed", order["state"])
    tell.expect(
        "the history tells of it",
        {"complaint_filed", "customer.blacklisted.v1", "work_order_completed"},
        {"complaint_filed", "customer.blacklisted.v1", "work_order_completed"} & {*_history(bad)},
    )


def _grades(overview: dict[str, Any]) -> list[str]:
    return [one["grade"] for one in overview["grades"] if one["scheme"] == SCHEME]


def _state(listed: dict[str, Any]) -> tuple[str, str]:
    return listed["scope"], listed["state"]


def _history(overview: dict[str, Any]) -> list[str]:
    return [item["kind"] for item in overview["timeline"]]
