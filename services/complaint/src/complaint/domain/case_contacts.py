"""Whom to write to about a case: the complainant, or the agent who stands for him (PT-26)."""

from dataclasses import dataclass
from typing import Self
from uuid import UUID
from zoneinfo import ZoneInfo

from complaint.domain.cases import Case
from complaint.domain.events.case_contacts import (
    CaseContactDescribed,
    CaseContactErased,
    ContactAddress,
)

MAIL = "smtp"  # The channel of notify that an e-mail address belongs to.
HOME_LANGUAGE = "zh-CN"


@dataclass(frozen=True)
class RetentionRule:
    """For how many days after its end a case still knows whom to write to."""

    keep_days: int


@dataclass(frozen=True, kw_only=True)
class NamedContact:
    """How somebody wants to be addressed, where he is written to, and in which language (a BCP 47
    tag)."""

    name: str
    email: str
    language: str = HOME_LANGUAGE


@dataclass(eq=False, kw_only=True)
class CaseContact:
    """Whom a case names; ``id`` is that of the case."""

    id: UUID
    name: str
    email: str
    language: str

    @classmethod
    def of(cls, case: Case, named: NamedContact) -> Self:
        """Keep ``named`` for a case."""
        return cls(id=case.id, name=named.name, email=named.email, language=named.language)

    @property
    def named(self) -> NamedContact:
        """How he is written to, whatever case it is."""
        return NamedContact(name=self.name, email=self.email, language=self.language)


def describe(case: Case, contact: NamedContact | None, *, zone: ZoneInfo) -> CaseContactDescribed:
    """What notify has to know to write to somebody; with None the case names nobody, and whoever
    is known of its customer is written to."""
    return CaseContactDescribed(
        **case.told_of(),
        customer_id=case.customer,
        name=contact.name if contact else "",
        language=contact.language if contact else HOME_LANGUAGE,
        zone=zone.key,
        addresses=(ContactAddress(MAIL, contact.email),) if contact else (),
    )


def erased(case: Case) -> CaseContactErased:
    """Nobody is written to about the case any more."""
    return CaseContactErased(**case.told_of())
