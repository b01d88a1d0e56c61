"""To whom a complaint goes at a level (CP-09..CP-11, CP-18..CP-20)."""

from collections.abc import Collection, Sequence
from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.cases import Case
from complaint.domain.chain import Chain, Team, Tier
from complaint.domain.complaint import Complaint
from complaint.domain.intake import Intake
from complaint.domain.staff import Caller, Role, TierEmpty, check_roles
from shared.rules import Ruling


def chain_of(tx: ComplaintTransaction, case: Case) -> Chain:
    """The chain that holds for a case today."""
    complainant = case.intake.complainant if isinstance(case, Complaint) else None
    return tx.chain(case.unit, complainant)


def team_of(
    tx: ComplaintTransaction, intake: Intake, *, level: int, heir: UUID | None = None
) -> Team:
    """The persons of ``level`` who are nearest to the unit: the handler, whoever else the tier
    calls upon, who is told, and the leader who supervises where packs name one (CP-53). Of several
    who are equally near ``heir`` goes first: the successor of one of them who left (E-38).

    Raises LevelUnknown, TierEmpty, UnitUnknown.
    """
    chain = tx.chain(intake.org_unit, intake.complainant)
    step = chain.step(level)
    tiers = chain.tiers()
    called = _called(tx, tiers[step.value.tier], intake, heir=heir)
    told = [p for number in step.value.told for p in _called(tx, tiers[number], intake)]
    leader = leader_of(tx, intake)
    if leader:
        told.append(leader.value)
    return Team(
        level=level,
        tier=step.value.tier,
        handler_id=called[0],
        person_ids=tuple(dict.fromkeys([*called, *told])),
        because=step.because,
    )


def leader_of(tx: ComplaintTransaction, intake: Intake) -> Ruling[UUID] | None:
    """The leader who supervises such complaints and is nearest to the unit, where packs ask for his
    being told (CP-53). Raises TierEmpty."""
    unit, day = intake.org_unit, tx.day_of(intake.org_unit, tx.now)
    facts = {"complainant": intake.complainant}
    rules = tx.policies.rulings("leader_reports", unit=unit, on=day, **facts)
    if not rules:
        return None
    rule = rules[0]
    found = tx.staff.nearest(rule.value.roles, unit=unit)
    if not found:
        roles = [role.value for role in rule.value.roles]
        raise TierEmpty(f"No leader is there for {unit}.", because=rule.because, roles=roles)
    return Ruling(found[0], rule.because)


def supervisors(tx: ComplaintTransaction, case: Case, *, tier: int | None) -> tuple[UUID, ...]:
    """All of ``tier`` who are nearest to the case; nobody, or no such tier in the chain followed
    today, is no error: a breach is told anyway."""
    found = chain_of(tx, case).tiers().get(tier) if tier else None
    return tuple(tx.staff.nearest(found.roles, unit=case.unit)) if found else ()


def superiors(
    tx: ComplaintTransaction, person_id: UUID, *, roles: Collection[Role], unit: str
) -> tuple[UUID, ...]:
    """Whom a person reports to, or else the nearest of ``roles``; nobody is no error."""
    superior = tx.staff.superior_of(person_id)
    if superior and tx.staff.posts_of(superior):
        return (superior,)
    return tuple(tx.staff.nearest(roles, unit=unit))


def check_caller(
    tx: ComplaintTransaction, complaint: Complaint, *, by: Caller, first_tier: bool = False
) -> None:
    """Let only the tier of the present level act and whoever is assigned; with ``first_tier`` also
    those who hear a complaint first. Raises NotOfThisTier, LevelUnknown."""
    if by.id not in complaint.assigned_ids:
        chain = chain_of(tx, complaint)
        found = chain.handlers(complaint.level)
        roles = found.value | chain.first_tier() if first_tier else found.value
        check_roles(by, roles=roles, because=found.because)


def check_of_chain(tx: ComplaintTransaction, complaint: Complaint, *, by: Caller) -> None:
    """Let only those act who are of any tier, or assigned. Raises NotOfThisTier."""
    if by.id not in complaint.assigned_ids:
        check_roles(by, roles=chain_of(tx, complaint).roles())


def _called(
    tx: ComplaintTransaction, tier: Tier, intake: Intake, *, heir: UUID | None = None
) -> list[UUID]:
    """One person of each role of the tier, or one of any role. Raises TierEmpty."""
    if tier.owner_first:
        return [_owner(tx, tier, intake)]
    wanted = [[role] for role in tier.roles] if tier.every else [list(tier.roles)]
    return [_nearest(tx, tier, roles, unit=intake.org_unit, heir=heir) for roles in wanted]


def _owner(tx: ComplaintTransaction, tier: Tier, intake: Intake) -> UUID:
    """Whoever cares for the customer, or stands in for him (CP-41). Raises TierEmpty."""
    owner = tx.account_managers.of(intake.customer_id) if intake.customer_id else None
    for person in (owner, tx.staff.superior_of(owner) if owner else None):
        if person and {role for _, role in tx.staff.posts_of(person)}.intersection(tier.roles):
            return person
    for role in tier.roles[:-1]:
        found = tx.staff.nearest([role], unit=intake.org_unit)
        if found:
            return found[0]
    return _nearest(tx, tier, tier.roles[-1:], unit=intake.org_unit)


def _nearest(
    tx: ComplaintTransaction,
    tier: Tier,
    roles: Sequence[Role],
    *,
    unit: str,
    heir: UUID | None = None,
) -> UUID:
    found = tx.staff.nearest(roles, unit=unit)
    if not found:
        raise TierEmpty(
            f"Nobody of tier {tier.number} is there for {unit}.",
            tier=tier.number,
            roles=[role.value for role in roles],
        )
    return heir if heir in found else found[0]
