"""What a pack of notify may not say."""

import copy

import pytest

from notify.api.policies import SECTIONS
from notify.main import RULEBOOK
from shared.policy import PackFault, parse

NOTICE = "sections.notices.rules.0"
PHRASE = "sections.phrases.rules.6"
GUARD = "sections.guards.rules.0"
QUIET = "sections.quiet_hours.rules.0"
DIGEST = "sections.digests.rules.0"
CAP = "sections.caps.rules.0"
GREETING = "sections.greetings.rules.0"


def document(pack):
    (found,) = [one for one in RULEBOOK.builtin if one.pack == pack]
    return copy.deepcopy(dict(found.document))


@pytest.mark.parametrize(
    ("pack", "path", "value"),
    [
        ("notices", f"{NOTICE}.when.event", "customer.registered.v1"),
        ("notices", f"{NOTICE}.value.audience", ["handler_id"]),
        ("notices", f"{NOTICE}.value.template", "work_order_issued"),
        ("notices", f"{NOTICE}.value.template", "no_such_kind"),
        ("notices", f"{NOTICE}.value.channels", ["pigeon"]),
        ("notices", f"{NOTICE}.value.channels", ["log", "log"]),
        ("notices", f"{NOTICE}.value.channels", []),
        ("notices", f"{NOTICE}.value.urgency", "soon"),
        ("notices", f"{NOTICE}.value.valid_hours", 0),
        ("notices", f"{NOTICE}.value.valid_hours", None),
        ("notices", f"{NOTICE}.when", {"event": "customer.visit_due.v1", "level": 2}),
        ("care", f"{GREETING}.when.occasion", "full moon"),
        ("care", f"{GREETING}.value.template", "visit_due"),
        ("care", f"{GREETING}.value.at", "25:00"),
        ("care", f"{GREETING}.value.grace_hours", 0),
        ("decency", f"{GUARD}.value.purposes", ["service"]),
        ("decency", f"{GUARD}.value.purposes", []),
        ("decency", f"{GUARD}.when", {"mood": "bad"}),
        ("decency", f"{QUIET}.value.from", "24:00"),
        ("decency", f"{QUIET}.value.until", None),
        ("decency", f"{QUIET}.value.until", "20:00"),
        ("decency", f"{QUIET}.value.rest_days", "yes"),
        ("decency", f"{QUIET}.value.breaks_through", ["at once"]),
        ("decency", f"{QUIET}.value.too_late", "shout"),
        ("decency", f"{DIGEST}.when.recipient", "customer"),
        ("decency", f"{DIGEST}.when", {"recipient": "staff"}),
        ("decency", f"{DIGEST}.value.template", "visit_due"),
        ("decency", f"{DIGEST}.value.channels", []),
        ("decency", f"{CAP}.value.most", 0),
        ("decency", f"{CAP}.value.over", "complain"),
        ("decency", f"{CAP}.value.purposes", ["care", "care"]),
        ("phrases", f"{PHRASE}.value.phrase", "*!"),
        ("phrases", f"{PHRASE}.value.unless.0", "!"),
    ],
)
def test_a_pack_that_cannot_work_is_refused_with_the_path_of_the_fault(pack, path, value):
    broken = document(pack)
    place = broken
    *way, last = (int(step) if step.isdigit() else step for step in path.split("."))
    for step in way:
        place = place[step]
    place[last] = value

    with pytest.raises(PackFault) as refused:
        parse(broken, SECTIONS)
    assert refused.value.extra["path"].startswith(path)


def test_an_operator_may_tell_the_supervisor_of_a_due_visit_in_an_overdue_one():
    changed = document("notices")
    changed["sections"]["notices"]["rules"][1]["value"]["audience"] = ["supervisor_id"]

    rule = parse(changed, SECTIONS).sections["notices"].rules[1]
    assert ("supervisor_id",) == rule.value.audience
