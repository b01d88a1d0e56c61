"""The calendars that the tests of working time share."""

from typing import Any

import pytest

from shared.working_time import Calendar

OFFICE = [["09:00", "12:00"], ["13:00", "18:00"]]

# The holidays and make-up days of the State Council's notice for 2026. Days that fall on a weekend
# anyway are left out where the notice does not name them.
COMPANY: dict[str, Any] = {
    "zone": "Asia/Shanghai",
    "week": {str(weekday): OFFICE for weekday in range(5)},
    "holidays": {
        "2026-01-01": "New Year's Day",
        "2026-01-02": "New Year's Day",
        "2026-02-16": "Spring Festival",
        "2026-02-17": "Spring Festival",
        "2026-02-18": "Spring Festival",
        "2026-02-19": "Spring Festival",
        "2026-02-20": "Spring Festival",
        "2026-02-23": "Spring Festival",
        "2026-04-05": "Tomb-Sweeping Day",
        "2026-04-06": "Tomb-Sweeping Day",
        "2026-05-01": "Labour Day",
        "2026-05-02": "Labour Day",
        "2026-05-04": "Labour Day",
        "2026-05-05": "Labour Day",
        "2026-06-19": "Dragon Boat Festival",
        "2026-09-25": "Mid-Autumn Festival",
        "2026-10-01": "National Day",
        "2026-10-02": "National Day",
        "2026-10-03": "National Day",
        "2026-10-05": "National Day",
        "2026-10-06": "National Day",
        "2026-10-07": "National Day",
    },
    "workdays": {
        "2026-01-04": None,
        "2026-02-14": None,
        "2026-02-28": None,
        "2026-05-09": None,
        "2026-09-20": None,
        "2026-10-10": None,
    },
    "published": [2025, 2026],
}


@pytest.fixture(scope="session")
def company_data() -> dict[str, Any]:
    """The plain data of the company's calendar."""
    return COMPANY


@pytest.fixture(scope="session")
def company() -> Calendar:
    """Open 09:00 to 12:00 and 13:00 to 18:00 from Monday to Friday, in Shanghai, in 2026."""
    return Calendar.from_data(COMPANY)


@pytest.fixture(scope="session")
def night_shift() -> Calendar:
    """Open from 22:00 to 06:00, beginning from Sunday to Thursday evening, in New York."""
    nights = {str(weekday): [["22:00", "06:00"]] for weekday in (6, 0, 1, 2, 3)}
    return Calendar.from_data({"zone": "America/New_York", "week": nights, "published": [2026]})
