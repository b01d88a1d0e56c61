"""The pack that comes with dispatch, and packs that cannot work."""

from copy import deepcopy

import pytest

from dispatch.api.policies import PACKS
from dispatch.domain.work_order_rules import IntakeRule, NumberRule
from shared.policy import PackFault, Policies, activate, add_pack, parse


@pytest.fixture
def document(rulebook):
    return deepcopy(dict(rulebook.of_builtin("property", "1").document))


def test_every_section_has_a_rule_in_the_built_in_pack(rulebook, session, company, now):
    policies = Policies(rulebook, session)
    facts = {
        "clocks": {"awaited": "issue"},
        "articles": {"duty": "completion"},
        "printing": {"part": "stub"},
        "response_times": {"category": "repair"},
    }
    of = {"unit": "shop-01", "on": now.date()}
    rules = {
        section: policies.ruling(section, **of, **facts.get(section, {})).because.rule
        for section in rulebook.sections
    }

    assert rules == {
        "dispatching": "WO-04",
        "receiving": "WO-05",
        "issuing": "WO-07",
        "numbering": "WO-19",
        "accepting": "WO-08",
        "completing": "WO-14",
        "closing": "WO-15",
        "intake": "WO-23",
        "deciding": "WO-10",
        "clocks": "WO-01",
        "paper_mode": "WO-09",
        "books": "WO-03",
        "book_issuing": "WO-18",
        "breaches": "WO-09",
        "printing": "WO-02",
        "articles": "WO-20",
        "penalty_roles": "WO-22",
        "sign_off": "WO-14",
        "daily_check": "WO-17",
        "handover": "WO-17",
        "offline": "WO-12",
        "priority": "WO-24",
        "assignment": "WO-26",
        "response_times": "WO-25",
    }
    assert PACKS == rulebook.default


def test_the_values_of_the_built_in_pack(rulebook, session, company, now):
    policies = Policies(rulebook, session)

    def value(section):
        return policies.ruling(section, unit="hq", on=now.date()).value

    assert NumberRule(width=6) == value("numbering")
    assert IntakeRule(("dispatcher", "dispatch_supervisor"), 60) == value("intake")


@pytest.mark.parametrize(
    ("section", "name", "broken", "path"),
    [
        ("dispatching", "roles", [], "value.roles"),
        ("dispatching", "roles", ["magician"], "value.roles.0"),
        ("receiving", "roles", ["engineer", "engineer"], "value.roles"),
        ("issuing", "mandatory", ["place", "mood"], "value.mandatory.1"),
        ("issuing", "mandatory", ["dispatcher", "reply_due_at"], "value.mandatory"),
        ("numbering", "width", 0, "value.width"),
        ("numbering", "width", "6", "value.width"),
        ("accepting", "precision", "hour", "value.precision"),
        ("completing", "needs", ["luck"], "value.needs.0"),
        ("closing", "roles", ["magician"], "value.roles.0"),
        ("closing", "steps", ["sign", "call_back", "archive"], "value.steps"),
        ("closing", "steps", ["call_back", "sign"], "value.steps"),
        ("closing", "call_back_by", [], "value.call_back_by"),
        ("intake", "search_again_minutes", 0, "value.search_again_minutes"),
        ("deciding", "roles", [], "value.roles"),
        ("clocks", "within", 60, "value.within"),
        ("clocks", "again", 0, "value.again"),
        ("clocks", "warn", 5, "value.warn"),
        ("clocks", "unit", "week", "value.unit"),
        ("paper_mode", "allowed", "maybe", "value.allowed"),
        ("breaches", "code", "Item Blank", "value.code"),
        ("breaches", "code", "item_unclear", "value.roles"),
        ("breaches", "roles", ["dispatcher"], "value.roles"),
        ("breaches", "amount", "0", "value.amount"),
        ("breaches", "liable", "everybody", "value.liable"),
        ("priority", "preferred_by", [], "value.preferred_by"),
        ("priority", "preferred_by", ["grade", "grade"], "value.preferred_by"),
        ("priority", "preferred_by", ["charm"], "value.preferred_by.0"),
        ("assignment", "criteria", ["luck"], "value.criteria.0"),
        ("assignment", "criteria", ["load"], "value.skills"),
        ("assignment", "most_open", 0, "value.most_open"),
        ("assignment", "levels_up", -1, "value.levels_up"),
        ("assignment", "skills", [{"category": "a", "needs": []}], "value.skills.0.needs"),
        ("assignment", "skills", [{"category": "a", "needs": ["b"]}] * 2, "value.skills"),
        ("response_times", "within", 0, "value.within"),
        ("response_times", "unit", "week", "value.unit"),
        ("breaches", "per", "page", "value.per"),
        ("books", "roles", ["magician"], "value.roles.0"),
        ("books", "pages", 0, "value.pages"),
        ("books", "reorder_at", -1, "value.reorder_at"),
        ("books", "again", 0, "value.again"),
        ("book_issuing", "held", 0, "value.held"),
    ],
)
def test_a_pack_that_cannot_work_is_refused_with_the_path(
    rulebook, document, section, name, broken, path
):
    document["sections"][section]["rules"][0]["value"][name] = broken
    with pytest.raises(PackFault) as refused:
        parse(document, rulebook.sections)

    assert f"sections.{section}.rules.0.{path}" == refused.value.extra["path"]


@pytest.mark.rule("WO-01")
@pytest.mark.parametrize("missing", range(5))
def test_a_pack_that_lets_an_order_wait_for_ever_is_refused(rulebook, document, missing):
    del document["sections"]["clocks"]["rules"][missing]
    with pytest.raises(PackFault) as refused:
        parse(document, rulebook.sections)

    assert "sections.clocks.rules" == refused.value.extra["path"]


def test_a_pack_that_does_not_say_by_when_to_decide_is_refused(rulebook, document):
    decision = document["sections"]["clocks"]["rules"][3]
    assert "decision" == decision["when"]["awaited"]
    del decision["value"]["within"]
    with pytest.raises(PackFault) as refused:
        parse(document, rulebook.sections)

    assert "sections.clocks.rules.3.value.within" == refused.value.extra["path"]


def test_a_response_time_of_no_category_is_refused(rulebook, document):
    del document["sections"]["response_times"]["rules"][0]["when"]
    with pytest.raises(PackFault) as refused:
        parse(document, rulebook.sections)

    assert "sections.response_times.rules.0.when" == refused.value.extra["path"]


def test_a_firm_may_do_without_the_call_back(rulebook, document, opened, cast):
    document |= {"pack": "quick", "version": "1"}
    document["sections"]["closing"]["rules"][0]["value"]["steps"] = ["sign", "archive"]
    with opened() as tx:
        add_pack(tx, document, rulebook)
        activate(tx, "dispatch-centre", ["quick"], tx.now.date(), rulebook=rulebook)
    with opened() as tx:
        steps = tx.ruling("closing", unit="dispatch-centre").value.steps
        elsewhere = tx.ruling("closing", unit="shop-01").value.steps

    assert steps == ("sign", "archive")
    assert elsewhere == ("call_back", "sign", "archive")


def test_a_pack_comes_into_force_at_the_units_midnight(rulebook, document, begin, cast, now):
    document |= {"version": "2", "effective_from": "2026-02-14"}
    document["history"].append({**document["history"][0], "version": "2"})
    document["sections"]["numbering"]["rules"][0]["value"]["width"] = 3
    with begin(now=now) as tx:
        add_pack(tx, document, rulebook)

    widths = []
    for hour in (15, 16):  # 23:00 and 24:00 in Shanghai
        with begin(now=now.replace(hour=hour, minute=0, second=0)) as tx:
            widths.append(tx.ruling("numbering", unit="shop-01").value.width)

    assert widths == [6, 3]
