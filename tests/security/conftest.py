"""The four services with rows in two sibling departments; each test finds them as they were."""

from collections.abc import Iterator

import pytest

from shared.web.testing import Issuer

from .seeds import seed
from .served import SERVICES, Served, serve


@pytest.fixture(scope="session")
def issuer() -> Issuer:
    return Issuer()


@pytest.fixture(scope="session")
def house(issuer: Issuer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Served]]:
    """All services, seeded once."""
    made = {name: serve(name, issuer, tmp_path_factory.mktemp(name)) for name in SERVICES}
    for served in made.values():
        seed(served)
    yield made
    for served in made.values():
        served.parts.engine.dispose()


@pytest.fixture
def restored(house: dict[str, Served]) -> Iterator[dict[str, Served]]:
    """The house; what the test changes is put back after it."""
    yield house
    for served in house.values():
        served.restore()
