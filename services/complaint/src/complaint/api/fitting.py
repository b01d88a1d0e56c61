"""Whether packs work together: what a section of one names has to be there in those beside it."""

from collections.abc import Iterator, Mapping, Sequence

from complaint.domain.awaited import AWAITED, PARTLY_AWAITED
from complaint.domain.call_back_rules import PROMISING
from complaint.domain.chain import Step, Tier
from complaint.domain.clocks import ClockName
from complaint.domain.kinds import FLOWS
from complaint.domain.states import ENDS, State
from shared.policy import Pack, Rule

FACTS_OF_CLOCKS = {"clock", "level", "complainant"}


def misfits(packs: Sequence[Pack]) -> Iterator[str]:
    """What keeps ``packs``, highest rank first, from being followed together: a breach that is told
    to a tier that the chain in force does not have (CP-17), a state in which nothing is due, or a
    script that promises a call which is nobody's (K-24)."""
    yield from _unfit_flows(packs)
    yield from _unkept_promises(packs)
    timed = [held for section in _sections(packs, "clocks") for held in section]
    steps = [held for section in _sections(packs, "flow_clocks") for held in section]
    for chain, complainants in _chains(packs):
        links = [rule.value for rule in chain]
        tiers = {link.number for link in links if isinstance(link, Tier)}
        levels = {str(link.level) for link in links if isinstance(link, Step)}
        holding = [(pack, rule) for pack, rule in timed if _concerns(rule, complainants)]
        of_flows = steps if complainants is None else []
        for pack, rule in (*holding, *of_flows):
            if rule.value.supervisor_tier not in {None, *tiers}:
                yield f"{pack.pack} {rule.clause}: there is no tier {rule.value.supervisor_tier}."
        yield from _untimed([rule for _, rule in holding], levels, complainants)


def _chains(packs: Sequence[Pack]) -> Iterator[tuple[list[Rule], frozenset[str] | None]]:
    """The chains in force, each with the complainants for whom it holds; the last one, with None,
    holds for all others (CP-41)."""
    for section in _sections(packs, "chain"):
        rules = [rule for _, rule in section]
        named = rules[0].when.get("complainant")
        yield rules, None if named is None else frozenset(map(str, named))
        if named is None:
            return


def _concerns(rule: Rule, complainants: frozenset[str] | None) -> bool:
    """Whether a clock rule may hold for such complainants."""
    named = frozenset(map(str, rule.when.get("complainant", ())))
    return not (named and complainants and named.isdisjoint(complainants))


def _unkept_promises(packs: Sequence[Pack]) -> Iterator[str]:
    """The scripts in force that promise a call for which no rule says whose it is (K-24)."""
    ruled = [rule.when for _, rule in next(iter(_sections(packs, "call_backs")), [])]
    for _, rule in next(iter(_sections(packs, "scripts")), []):
        said = rule.value.situation
        if said in PROMISING and not any(said in when.get("situation", (said,)) for when in ruled):
            yield f"{rule.value.code} promises a call, and no rule says whose it is."


def _unfit_flows(packs: Sequence[Pack]) -> Iterator[str]:
    """The kinds of case that the packs let in with a stage for which nobody answers, or a state in
    which nothing is due, whatever is true of the case (PT-19)."""
    stages = [rule.when for section in _sections(packs, "stages") for _, rule in section]
    timed = [rule.when for section in _sections(packs, "flow_clocks") for _, rule in section]
    for kind, flow in FLOWS.items():
        of_kind = [when for when in stages if kind in when.get("kind", (kind,))]
        if not of_kind:
            continue
        for state, stage in flow.stages.items():
            if not any(stage in when.get("stage", (stage,)) for when in of_kind):
                yield f"Nobody answers for {stage} of a {kind}."
            names = [name for name in flow.lasting if state in flow.awaited[name]]
            if not any(_times(kind, name, when) for name in names for when in timed):
                yield f"Nothing is due while a {kind} is {state}."


def _times(kind: str, name: ClockName, when: Mapping[str, Sequence[object]]) -> bool:
    return (
        name in when.get("clock", ())
        and kind in when.get("kind", (kind,))
        and set(when) <= {"clock", "kind"}
    )


def _sections(packs: Sequence[Pack], name: str) -> list[list[tuple[Pack, Rule]]]:
    found = (pack for pack in packs if name in pack.sections)
    return [[(pack, rule) for rule in pack.sections[name].rules] for pack in found]


def _untimed(
    rules: Sequence[Rule], levels: set[str], complainants: frozenset[str] | None
) -> Iterator[str]:
    """The states in which a complaint could wait for ever: no clock runs there at every level."""
    held = set(AWAITED) - PARTLY_AWAITED
    always = {name for name in held if _levels_of(name, rules, levels, complainants) >= levels}
    for state in State:
        if state not in ENDS and not any(state in AWAITED[name] for name in always):
            yield f"Nothing is due while a complaint is {state}: no clock runs at every level."


def _levels_of(
    name: ClockName,
    rules: Sequence[Rule],
    levels: set[str],
    complainants: frozenset[str] | None,
) -> set[str]:
    """At which levels a rule times that clock whatever else is true of the complaint."""
    timed: set[str] = set()
    for rule in rules:
        named = frozenset(map(str, rule.when.get("complainant", ())))
        always = not named or (complainants is not None and named >= complainants)
        if name in rule.when.get("clock", ()) and always and set(rule.when) <= FACTS_OF_CLOCKS:
            timed |= {str(one) for one in rule.when["level"]} if "level" in rule.when else levels
    return timed
