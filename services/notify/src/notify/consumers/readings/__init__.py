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
    reports,
    shift_ends,
)
from notify.consumers.readings.reading import Reading

NOTABLE: Mapping[str, type[Reading]] = {
    **customer.NOTABLE,
    **cases.NOTABLE,
    **department_work.NOTABLE,
    **reports.NOTABLE,
    **dispatch.NOTABLE,
    **shift_ends.NOTABLE,
    **books.NOTABLE,
}
