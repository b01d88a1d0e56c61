"""A sound pack is read; a pack with a fault is refused with the exact path of each fault."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from shared.policy import Merge, PackFault, Section, parse
from shared.rules import Because

Change = Callable[[dict[str, Any]], object]
RULE = "sections.first_contact.rules.0"


def first_rule(pack: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = pack["sections"]["first_contact"]["rules"][0]
    return found


def put(name: str, value: Any) -> Change:
    return lambda pack: pack.__setitem__(name, value)


def drop(name: str) -> Change:
    return lambda pack: pack.pop(name)


def put_rule(name: str, value: Any) -> Change:
    return lambda pack: first_rule(pack).__setitem__(name, value)


def put_value(name: str, value: Any) -> Change:
    return lambda pack: first_rule(pack)["value"].__setitem__(name, value)


def put_section(name: str, value: Any) -> Change:
    return lambda pack: pack["sections"]["first_contact"].__setitem__(name, value)


def put_revision(name: str, value: Any) -> Change:
    return lambda pack: pack["history"][0].__setitem__(name, value)


def add_section(name: str, merge: str, *values: Any) -> Change:
    rules = [{"rule": "CP-20", "clause": "5.2", "value": value} for value in values]
    return lambda pack: pack["sections"].__setitem__(name, {"merge": merge, "rules": rules})


BROKEN: list[tuple[str, Change, str, str]] = [
    ("no name", drop("pack"), "pack", "Missing data"),
    ("a name that is none", put("pack", "Franchise Shop"), "pack", "does not match"),
    ("a name with a line end", put("pack", "franchise\n"), "pack", "does not match"),
    ("a version that is a number", put("version", 1), "version", "Not a valid string"),
    ("no issuer", drop("issuer"), "issuer", "Missing data"),
    ("no approver", drop("approver"), "approver", "Missing data"),
    ("no owner", drop("owner"), "owner", "Missing data"),
    ("an empty title", put("title", ""), "title", "Length must be between"),
    ("no date", drop("effective_from"), "effective_from", "Missing data"),
    ("a day that is none", put("effective_from", "2026-02-30"), "effective_from", "valid date"),
    ("no history", put("history", []), "history", "Shorter than minimum"),
    ("a revision nobody approved", put_revision("approved_by", ""), "history.0.approved_by", "Len"),
    ("a revision without a day", put_revision("on", None), "history.0.on", "may not be null"),
    ("a history of another version", put_revision("version", "2"), "history.0.version", "this ver"),
    ("an unknown member", put("author", "x"), "author", "Unknown field"),
    ("no section", put("sections", {}), "sections", "Shorter than minimum"),
    ("sections as a list", put("sections", []), "sections", "Not a valid mapping"),
    ("a section nobody knows", add_section("refunds", "replace", {}), "sections.refunds", "no suc"),
    ("a section that is null", lambda p: p["sections"].update(bands=None), "sections.bands", "Inv"),
    ("an unknown merge", put_section("merge", "loosest"), "sections.first_contact.merge", "one of"),
    ("no merge", lambda p: p["sections"]["first_contact"].pop("merge"),
     "sections.first_contact.merge", "Missing data"),
    ("a merge the section cannot do", add_section("bands", "additive", {"medium": 1, "large": 2}),
     "sections.bands.merge", "cannot be merged as additive"),
    ("strictest without an order", add_section("escalation", "strictest", {"tier": "shop"}),
     "sections.escalation.merge", "no order of strictness"),
    ("no rules", put_section("rules", []), "sections.first_contact.rules", "Shorter than minimum"),
    ("an unknown member of a section", put_section("value", 1), "sections.first_contact.value",
     "Unknown field"),
    ("a rule that is text", put_section("rules", ["CP-17"]), RULE, "Invalid input type"),
    ("a rule without an id", lambda p: first_rule(p).pop("rule"), f"{RULE}.rule", "Missing data"),
    ("an id that is none", put_rule("rule", "17"), f"{RULE}.rule", "does not match"),
    ("a clause read as a number", put_rule("clause", 5.1), f"{RULE}.clause", "Not a valid string"),
    ("no clause", put_rule("clause", ""), f"{RULE}.clause", "Length must be"),
    ("no value", lambda p: first_rule(p).pop("value"), f"{RULE}.value", "Missing data"),
    ("a value that is null", put_rule("value", None), f"{RULE}.value", "may not be null"),
    ("a value of another shape", put_rule("value", [1]), f"{RULE}.value", "Invalid input type"),
    ("facts as a list", put_rule("when", ["level"]), f"{RULE}.when", "Not a mapping"),
    ("an unknown fact", put_rule("when", {"levle": 1}), f"{RULE}.when.levle", "no such fact"),
    ("a fact that names the unit", put_rule("when", {"unit": "hq"}), f"{RULE}.when.unit", "Not th"),
    ("a fact that is a mapping", put_rule("when", {"level": {"min": 1}}), f"{RULE}.when.level",
     "A fact is text"),
    ("a fact that is a fraction", put_rule("when", {"level": 1.5}), f"{RULE}.when.level",
     "A fact is text"),
    ("a fact that never holds", put_rule("when", {"level": []}), f"{RULE}.when.level", "never"),
    ("a cadence of zero", put_value("within", 0), f"{RULE}.value.within", "greater than or equal"),
    ("a number written as text", put_value("within", "1"), f"{RULE}.value.within", "valid integer"),
    ("a unit of time nobody knows", put_value("unit", "moment"), f"{RULE}.value.unit", "one of"),
    ("an unknown member of a value", put_value("withn", 1), f"{RULE}.value.withn", "Unknown field"),
    ("thresholds that cross", add_section("bands", "replace", {"medium": 9, "large": 2}),
     "sections.bands.rules.0.value", "medium lies above large"),
    ("a fault below a key of the author's",
     add_section("bands", "replace", {"medium": 1, "large": 2, "names": {"gold": "x"}}),
     "sections.bands.rules.0.value.names.gold", "Not a valid integer"),
    ("a chain with a circle",
     add_section("escalation", "replace", {"tier": "a", "next": "b"}, {"tier": "b", "next": "a"},
                 {"tier": "c"}),
     "sections.escalation.rules.0.value.next", "circle"),
    ("a chain without a top", add_section("escalation", "replace", {"tier": "a", "next": "b"}),
     "sections.escalation.rules", "Nobody stands at the top"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "path", "said"), [row[1:] for row in BROKEN],
                         ids=[row[0] for row in BROKEN])  # fmt: skip
def test_a_broken_pack_is_refused_with_the_path_of_its_fault(
    sound: dict[str, Any],
    sections: dict[str, Section],
    change: Change,
    path: str,
    said: str,
) -> None:
    change(sound)
    with pytest.raises(PackFault) as refused:
        parse(sound, sections)
    assert path == refused.value.extra["path"]
    assert said in refused.value.extra["errors"][path][0]
    assert ("pack_invalid", 422) == (refused.value.code, refused.value.status)


@pytest.mark.parametrize("thing", [None, "franchise", [], 1])
def test_what_is_no_mapping_is_no_pack(thing: object, sections: dict[str, Section]) -> None:
    with pytest.raises(PackFault) as refused:
        parse(thing, sections)
    assert {"": ["Invalid input type."]} == refused.value.extra["errors"]


def test_bytes_in_a_pack_are_refused(sound: dict[str, Any], sections: dict[str, Section]) -> None:
    sound["title"] = b"Franchise"
    with pytest.raises(PackFault, match="no agreed JSON form for bytes"):
        parse(sound, sections)


def test_all_faults_are_told_at_once(sound: dict[str, Any], sections: dict[str, Section]) -> None:
    put_value("within", 0)(sound)
    put_section("merge", "strictest")(sound)
    add_section("bands", "additive", {"medium": 9, "large": 2})(sound)
    add_section("refunds", "replace", {})(sound)
    with pytest.raises(PackFault) as refused:
        parse(sound, sections)
    assert [
        f"{RULE}.value.within",
        "sections.bands.merge",
        "sections.bands.rules.0.value",
        "sections.refunds",
    ] == list(refused.value.extra["errors"])


def test_the_fault_of_a_later_rule_names_that_rule(
    sound: dict[str, Any], sections: dict[str, Section]
) -> None:
    rules = sound["sections"]["first_contact"]["rules"]
    rules.append({**rules[0], "value": {"within": 1, "unit": "moment"}})
    with pytest.raises(PackFault) as refused:
        parse(sound, sections)
    assert "sections.first_contact.rules.1.value.unit" == refused.value.extra["path"]


def test_the_source_stands_before_the_path(
    sound: dict[str, Any], sections: dict[str, Section]
) -> None:
    put_value("within", 0)(sound)
    with pytest.raises(PackFault, match=rf"^franchise\.yaml: {RULE}\.value\.within: Must be"):
        parse(sound, sections, source="franchise.yaml")


@pytest.mark.rule("XC-04")
def test_a_pack_carries_the_marks_of_a_controlled_document(
    sound: dict[str, Any], sections: dict[str, Section]
) -> None:
    sound["reviewer"] = "Legal"
    pack = parse(sound, sections)
    assert ("franchise", "1", date(2026, 1, 1)) == (pack.pack, pack.version, pack.effective_from)
    assert sound == pack.document
    for mark in ("issuer", "approver", "owner", "history"):
        with pytest.raises(PackFault) as refused:
            parse({name: said for name, said in sound.items() if name != mark}, sections)
        assert mark == refused.value.extra["path"]


@pytest.mark.rule("XC-04")
def test_the_history_runs_forward_and_ends_with_the_present_version(
    sound: dict[str, Any], sections: dict[str, Section]
) -> None:
    first = sound["history"][0]
    sound |= {"version": "2", "history": [first, {**first, "version": "2", "on": "2025-12-31"}]}
    with pytest.raises(PackFault) as refused:
        parse(sound, sections)
    assert "history.1.on" == refused.value.extra["path"]
    sound["history"][1]["on"] = "2026-01-01"
    assert "2" == parse(sound, sections).version


def test_a_sound_pack_gives_the_values_of_the_domain(
    sound: dict[str, Any], sections: dict[str, Section]
) -> None:
    pack = parse(sound, sections)
    section = pack.sections["first_contact"]
    (rule,) = section.rules
    assert Merge.STRICTEST == section.merge
    assert (1, "working_day", True) == (rule.value.within, rule.value.unit, rule.value.hard)
    assert {"within": 1, "unit": "working_day"} == rule.data
    assert {"level": (1, 2, 3)} == rule.when
    assert Because(pack="franchise", version="1", clause="5.1.1", rule="CP-17") == pack.because(
        rule
    )
