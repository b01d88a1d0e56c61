"""Read a pack's document. Each fault is told with its path; one fault refuses the whole pack."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from shared.envelope import plain
from shared.policy.faults import load
from shared.policy.forms import PackForm, RuleForm, SectionForm
from shared.policy.packs import Fault, Merge, Pack, PackFault, PackSection, Rule, Section


def parse(document: object, sections: Mapping[str, Section], *, source: str = "") -> Pack:
    """The pack that ``document`` describes: mappings, lists and scalars, as YAML or JSON give them.

    Raises PackFault with the path of every fault. ``source``, a file name, is put before the first.
    """
    faults: list[Fault] = []
    data = _as_json(document, source)
    head = load(PackForm(), data, "", faults)
    if head is None:
        raise PackFault(faults, source=source)
    faults.extend(_history_faults(head))
    read = {
        name: _section(f"sections.{name}", raw, sections.get(name), faults)
        for name, raw in head["sections"].items()
    }
    if faults:
        raise PackFault(faults, source=source)
    return Pack(
        pack=head["pack"],
        version=head["version"],
        title=head["title"],
        effective_from=head["effective_from"],
        sections={name: section for name, section in read.items() if section},
        document=data,
    )


def _as_json(document: object, source: str) -> Any:
    try:
        return plain(document)
    except TypeError as error:
        raise PackFault([Fault("", str(error))], source=source) from error


def _history_faults(head: Mapping[str, Any]) -> Iterator[Fault]:
    """The history runs forward in time and ends with the version that the pack is (XC-04)."""
    history = head["history"]
    last = len(history) - 1
    if history[last]["version"] != head["version"]:
        yield Fault(f"history.{last}.version", "The last revision is not this version.")
    for index in range(1, len(history)):
        if history[index]["on"] < history[index - 1]["on"]:
            yield Fault(f"history.{index}.on", "Lies before the revision above it.")


def _section(
    path: str, raw: Any, section: Section | None, faults: list[Fault]
) -> PackSection | None:
    if section is None:
        faults.append(Fault(path, "There is no such section."))
        return None
    form = load(SectionForm(), raw, path, faults)
    if form is None:
        return None
    faults.extend(_merge_faults(path, form["merge"], section))
    rules = [
        _rule(f"{path}.rules.{index}", one, section, faults)
        for index, one in enumerate(form["rules"])
    ]
    good = tuple(rule for rule in rules if rule)
    if section.check and len(good) == len(rules):
        faults.extend(_below(f"{path}.rules", section.check(good)))
    return PackSection(merge=form["merge"], rules=good)


def _merge_faults(path: str, merge: Merge, section: Section) -> Iterator[Fault]:
    if merge not in section.merges:
        yield Fault(f"{path}.merge", f"This section cannot be merged as {merge}.")
    elif merge is Merge.STRICTEST and section.strictness is None:
        yield Fault(f"{path}.merge", "This section knows no order of strictness.")


def _rule(path: str, raw: Any, section: Section, faults: list[Fault]) -> Rule | None:
    form = load(RuleForm(), raw, path, faults)
    if form is None:
        return None
    faults.extend(
        Fault(f"{path}.when.{name}", "This section knows no such fact.")
        for name in form["when"]
        if section.facts is not None and name not in section.facts
    )
    before = len(faults)
    value = load(section.schema, form["value"], f"{path}.value", faults)
    if len(faults) > before:
        return None
    return Rule(
        rule=form["rule"],
        clause=form["clause"],
        when=form["when"],
        value=value,
        data=form["value"],
    )


def _below(path: str, faults: Iterable[Fault]) -> Iterator[Fault]:
    for fault in faults:
        yield Fault(f"{path}.{fault.path}" if fault.path else path, fault.message)
