"""What is closed stays as it is."""

from complaint.domain.cases import Case
from shared.rules import RuleBroken


class CaseClosed(RuleBroken):
    """Nothing is added to a case that is closed, and nobody is to be written to about it."""

    code = "case_closed"


def check_open(case: Case) -> None:
    """Raises CaseClosed."""
    if case.closed:
        raise CaseClosed("The case is closed.")
