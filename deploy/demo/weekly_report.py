"""The report of the week that made itself on Monday morning, and who is told of it."""

from demo.cast import Cast

WEEK = "2026-W07"
REPORT = f"/complaint/v1/units/hq/weekly-reports/{WEEK}"


def managers_read_the_week(cast: Cast) -> None:
    """What the general manager reads, and that every manager has the numbers in a message."""
    tell = cast.telling
    tell.chapter("The week is reported")
    report = cast.acts("general_manager").get(REPORT)
    totals = report["figures"]["totals"]
    said = ", ".join(f"{totals[name]} {name}" for name in ("received", "closed", "open"))
    tell.say(
        "complaint", f"reports {WEEK}: {said}", at=report["made_at"], because=report["because"]
    )
    for one in report["notable"]:
        tell.say(
            "the report",
            f"names {one['number']}: {', '.join(one['reasons'])}",
            at=report["made_at"],
        )
    counted = {
        name: sum(told["received"] for told in by.values())
        for name, by in report["figures"]["by"].items()
    }
    tell.expect("each dimension counts all", {totals["received"]}, set(counted.values()))
    reasons = [one["reasons"] for one in report["notable"]]
    tell.expect("12315 is named first", "reported_to_12315", reasons[0][0])
    for role in ("general_service_manager", "general_manager"):
        told = cast.was_told(cast.person(role).id, f"weekly_report/hq/{WEEK}", "weekly_report")
        tell.expect(f"the {role} was told once", ["sent"], [one["state"] for one in told])
