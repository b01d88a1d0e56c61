"""The registration of a complaint (F-05): to which leader it is reported, and by which document it
is handled (CP-53, CP-57)."""

from dataclasses import dataclass

from complaint.domain.staff import Role


@dataclass(frozen=True)
class LeaderReportRule:
    """Of these roles one supervises, and is called upon until the complaint is filed away."""

    roles: tuple[Role, ...]


@dataclass(frozen=True)
class Procedure:
    """A document that is kept elsewhere."""

    number: str
    title: str
