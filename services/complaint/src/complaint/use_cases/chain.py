"""To whom a complaint goes at a level (CP-09..CP-11, CP-18..CP-20)."""

from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.chain import Team, Tier
from complaint.domain.staff import TierEmpty


def team_of(tx: ComplaintTransaction, *, unit: str, level: int) -> Team:
    """The persons of ``level`` who are nearest to ``unit``: the handler, whoever else the tier
    calls upon, and who is told.

    Raises LevelUnknown, TierEmpty, UnitUnknown.
    """
    chain = tx.chain(unit)
    step = chain.step(level)
    called = _called(tx, chain.tier(step.value.tier), unit=unit)
    told = [p for number in step.value.told for p in _called(tx, chain.tier(number), unit=unit)]
    return Team(
        level=level,
        tier=step.value.tier,
        handler_id=called[0],
        person_ids=tuple(dict.fromkeys([*called, *told])),
        because=step.because,
    )


def supervisors(tx: ComplaintTransaction, *, unit: str, tier: int) -> tuple[UUID, ...]:
    """All of ``tier`` who are nearest to ``unit``; nobody is no error, a breach is told anyway."""
    return tuple(tx.staff.nearest(tx.chain(unit).tier(tier).roles, unit=unit))


def _called(tx: ComplaintTransaction, tier: Tier, *, unit: str) -> list[UUID]:
    """One person of each role of the tier, or one of any role. Raises TierEmpty."""
    wanted = [[role] for role in tier.roles] if tier.every else [list(tier.roles)]
    called = []
    for roles in wanted:
        found = tx.staff.nearest(roles, unit=unit)
        if not found:
            raise TierEmpty(
                f"Nobody of tier {tier.number} is there for {unit}.",
                tier=tier.number,
                roles=[role.value for role in roles],
            )
        called.append(found[0])
    return called
