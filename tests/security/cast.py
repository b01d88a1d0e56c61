"""Who sends requests in these tests: one person for each role in each of three units."""

import json
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # Monday, 10:00 in Shanghai

CONTRACTS = Path(__file__).parents[2] / "shared" / "contracts"
ROLES: tuple[str, ...] = tuple(json.loads((CONTRACTS / "roles.json").read_text())["roles"])

NORTH, SOUTH, ABOVE = "region-north", "region-south", "hq"
PLACES = (NORTH, SOUTH, ABOVE)

# What must not be shown, told or logged. Each kind looks like what it stands for.
PHONE = "13912340987"
EMAIL = "canary.wang@canary.example.com"
PERSON = "Canarina Quillfeather"
CONTACT_PHONE = "13812347777"
PERSONAL = (PHONE, EMAIL, PERSON, CONTACT_PHONE)


def person_id(role: str, unit: str) -> UUID:
    """The id of the person who has ``role`` in ``unit``."""
    number = ROLES.index(role) * len(PLACES) + PLACES.index(unit) + 1
    return UUID(int=0x7000_8000 << 64 | number)


def staff() -> list[tuple[UUID, str, str]]:
    """Everybody, as id, role and unit."""
    return [(person_id(role, unit), role, unit) for unit in PLACES for role in ROLES]
