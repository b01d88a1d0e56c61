"""As much of the events of others as notify makes use of.

A module for each subject, and one for what is kept of units and persons. ``NOTABLE`` are
the events of the catalogue of which nothing else is kept.
"""

from collections.abc import Mapping

from notify.consumers.readings import (
    books,
    cases,
    customer,
    department_work,
    dispatch,
    files,
    reports,
    shift_ends,
    standings,
)
from notify.consumers.readings.reading import Reading

NOTABLE: Mapping[str, type[Reading]] = {
    **customer.NOTABLE,
    **standings.NOTABLE,
    **files.NOTABLE,
    **cases.NOTABLE,
    **department_work.NOTABLE,
    **reports.NOTABLE,
    **dispatch.NOTABLE,
    **shift_ends.NOTABLE,
    **books.NOTABLE,
}
