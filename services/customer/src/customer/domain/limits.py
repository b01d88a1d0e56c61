"""How long the texts of a customer's file may be, and the forms that some of them have.

The same for what comes as JSON and what comes as a file.
"""

import re
from decimal import Decimal

NAME = 120
INDUSTRY = 80
REGION = 80
UNIT = 60
PHONE = 40
ZONE = 60
REPORT = 4000
DOCUMENT_NUMBER = 80
PRODUCT = 60
JOB = 80
HABITS = 1000
OLDEST = 130
REASON = 300
DAY_DIGITS = 4

NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,39}")
# Deliberately loose: only sending proves an address; this keeps out what is plainly none.
EMAIL = re.compile(r"(?=.{3,254}\Z)[^@\s\x00-\x1f]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")

LARGEST_AMOUNT = Decimal(10**10)
SMALLEST_STEP = Decimal("0.0001")


def is_amount(value: Decimal) -> bool:
    """Whether ``value`` is an amount in 10,000 yuan: not negative, exact to the yuan."""
    if not value.is_finite() or not 0 <= value <= LARGEST_AMOUNT:
        return False
    return value == value.quantize(SMALLEST_STEP)
