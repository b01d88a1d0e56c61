"""Whether packs work together: what a section of one names has to be there in those beside it."""

from collections.abc import Iterator, Sequence

from complaint.domain.chain import Tier
from shared.policy import Pack


def misfits(packs: Sequence[Pack]) -> Iterator[str]:
    """What keeps ``packs``, highest rank first, from being followed together: a first-contact time
    whose breach is told to a tier that the chain in force does not have (CP-17)."""
    chains = (pack.sections["chain"].rules for pack in packs if "chain" in pack.sections)
    chain = next(chains, None)
    if chain is None:
        return
    tiers = {rule.value.number for rule in chain if isinstance(rule.value, Tier)}
    for pack in packs:
        for rule in (
            pack.sections["first_contact"].rules if "first_contact" in pack.sections else ()
        ):
            if rule.value.supervisor_tier not in tiers:
                yield f"{pack.pack} {rule.clause}: there is no tier {rule.value.supervisor_tier}."
