"""How the values of dispatch's policy sections are read, and what is refused in them; a module an
area."""

from collections.abc import Mapping

from dispatch.api.policies import assignment, books, daily_checks, printing, sign_offs, work_orders
from dispatch.domain.roles import Role
from shared.policy import Section
from shared.web.penalty_packs import penalty_roles

PACKS = ("property",)
SECTIONS: Mapping[str, Section] = {
    **work_orders.SECTIONS,
    **printing.SECTIONS,
    **books.SECTIONS,
    **penalty_roles(Role, by_hand=False),
    **sign_offs.SECTIONS,
    **daily_checks.SECTIONS,
    **assignment.SECTIONS,
}
