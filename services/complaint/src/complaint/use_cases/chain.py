"""To whom a complaint goes at a level (CP-09..CP-11, CP-18..CP-20)."""

from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.chain import Team, Tier
from complaint.domain.complaint import Complaint
from complaint.domain.staff import Caller, TierEmpty, check_roles


def team_of(tx: ComplaintTransaction, *, unit: str, level: int) -> Team:
    """The persons of ``level`` who are nearest to ``unit``: the handler, whoever else the tier
    calls upon, and who is told.

    Raises LevelUnknown, TierEmpty, UnitUnknown.
    """
    chain = tx.chain(unit)
    step = chain.step(level)
    tiers = chain.tiers()
    called = _called(tx, tiers[step.value.tier], unit=unit)
    told = [p for number in step.value.told for p in _called(tx, tiers[number], unit=unit)]
    return Team(
        level=level,
        tier=step.value.tier,
        handler_id=called[0],
        person_ids=tuple(dict.fromkeys([*called, *told])),
        because=step.because,
    )


def supervisors(tx: ComplaintTransaction, *, unit: str, tier: int | None) -> tuple[UUID, ...]:
    """All of ``tier`` who are nearest to ``unit``; nobody, or no such tier in the chain followed
    today, is no error: a breach is told anyway."""
    found = tx.chain(unit).tiers().get(tier) if tier else None
    return tuple(tx.staff.nearest(found.roles, unit=unit)) if found else ()


def check_caller(
    tx: ComplaintTransaction, complaint: Complaint, *, by: Caller, first_tier: bool = False
) -> None:
    """Let only the tier of the present level act and whoever is assigned; with ``first_tier`` also
    those who hear a complaint first. Raises NotOfThisTier, LevelUnknown."""
    if by.id not in complaint.assigned_ids:
        chain = tx.chain(complaint.intake.org_unit)
        found = chain.handlers(complaint.level)
        roles = found.value | chain.first_tier() if first_tier else found.value
        check_roles(by, roles=roles, because=found.because)


def check_of_chain(tx: ComplaintTransaction, complaint: Complaint, *, by: Caller) -> None:
    """Let only those act who are of any tier, or assigned. Raises NotOfThisTier."""
    if by.id not in complaint.assigned_ids:
        check_roles(by, roles=tx.chain(complaint.intake.org_unit).roles())


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
