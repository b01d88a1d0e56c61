"""Which events are worth telling somebody about, and what of their data is used for it.

The packs choose from this who is told, in which words and how: see ``notice_rules``.
"""

from collections.abc import Mapping

from notify.domain.catalogue import (
    books,
    care,
    cases,
    customer,
    department_work,
    dispatch,
    files,
    reports,
    shift_ends,
    standings,
    subscriptions,
)
from notify.domain.catalogue.entry import NONE, ONCE, Entry, occurrence, persons, text

CATALOGUE: Mapping[str, Entry] = {
    **customer.CATALOGUE,
    **standings.CATALOGUE,
    **files.CATALOGUE,
    **cases.CATALOGUE,
    **department_work.CATALOGUE,
    **reports.CATALOGUE,
    **dispatch.CATALOGUE,
    **shift_ends.CATALOGUE,
    **books.CATALOGUE,
    **subscriptions.CATALOGUE,
    **care.CATALOGUE,
}
FACTS = frozenset({"event"}.union(*(entry.facts for entry in CATALOGUE.values())))

__all__ = ["CATALOGUE", "FACTS", "NONE", "ONCE", "Entry", "occurrence", "persons", "text"]
