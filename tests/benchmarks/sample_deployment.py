"""The four services on real servers, with the sample company loaded, as benchmarks need them."""

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from loading import Target

sys.path.insert(0, str(Path(__file__).parents[1] / "integration"))
sys.path.insert(0, str(Path(__file__).parents[2] / "deploy"))

from complaint.domain.intake import Channel, Complainant, Details, Intake, Subject
from complaint.domain.staff import Caller
from complaint.use_cases.filing import file_complaint
from deployment import PARTS, Deployment, deployment_on, parts_of
from embedded.reconciling import reconcile
from embedded.sample import Company, Person
from processes import end_all
from server_admin import wait_until
from servers import Servers
from shared.clock import SystemClock
from shared.runtime import Parts
from shared.topology import SERVICES

TOP, UNIT = "hq", "general-service"
UNITS = ("general-service", "region-north", "region-south", "shop-01", "shop-02", "shop-03")
HANDLER = "regional_service_assistant"
SETTLING = 120.0
JSON = {"Content-Type": "application/json"}
CLOCK = SystemClock()
COMPLAINT = {
    "org_unit": UNIT,
    "complainant": "consumer",
    "channel": "telephone",
    "about": "product_quality",
    "complainant_name": "邹平",
    "complainant_phone": "+8613912345678",
    "details": {
        "reason": "The door fell off its hinges.",
        "course": "Delivered on Monday, hung on Tuesday, down on Wednesday.",
        "place": "shop-01",
        "product": "Kitchen cabinet",
        "product_code": "KC-17",
        "respondent_department": "Logistics",
    },
}


@dataclass(frozen=True)
class Sample:
    """A deployment whose services know the sample company."""

    made: Deployment
    parts: dict[str, Parts]
    company: Company

    @property
    def handler(self) -> Person:
        """Who takes complaints in."""
        return self.company.one(HANDLER)


@contextmanager
def loaded(servers: Servers, *needed: str) -> Iterator[Sample]:
    """Load the company through processes of all services, then keep the ``needed`` ones alone."""
    with (
        tempfile.TemporaryDirectory(prefix="huiyin-bench-") as folder,
        deployment_on(servers, Path(folder)) as made,
        parts_of(made) as parts,
    ):
        made.set_up()
        try:
            sample = Sample(made, parts, Company(made.keys))
            _load(sample)
            made.restart(*needed)
            yield sample
        finally:
            for process in made.processes.values():
                process.clear()


def _load(sample: Sample) -> None:
    loading = [
        "dispatch web",
        *(f"{name} {part}" for name in SERVICES for part in PARTS if part != "web"),
    ]
    sample.made.restart(*loading)
    sample.company.load_people(sample.made.bases)
    wait_until(lambda: reconcile(sample.parts).clean, seconds=SETTLING, what="the sample company")
    end_all({name: sample.made.processes[name] for name in loading})


def complaint_target(sample: Sample, *units: str) -> Target:
    """The POST of complaints of each unit in turn, sent by a handler who sees the whole company."""
    web, who = sample.made.processes["complaint web"], sample.handler
    token = sample.made.keys.token(who.id, roles=[who.role], unit=TOP, audience=SERVICES)
    return Target(
        "complaint, one unit" if len(units) == 1 else "complaint",
        web.address.removeprefix("http://"),
        "/v1/complaints",
        [json.dumps({**COMPLAINT, "org_unit": unit}).encode() for unit in units],
        {**JSON, "Authorization": f"Bearer {token}"},
        web.running,
    )


def take_in(sample: Sample, parts: Parts) -> UUID:
    """Commit a complaint in this process, by the use case itself; returns its id."""
    now, who = CLOCK.now(), sample.handler
    intake = Intake(
        UNIT, Complainant.CONSUMER, Channel.TELEPHONE, Subject.PRODUCT_QUALITY, received_at=now
    )
    by = Caller(UUID(who.id), frozenset({who.role}), who.unit)
    with parts.begin(now=now) as tx:
        filed: UUID = file_complaint(tx, by=by, intake=intake, details=Details()).id
    return filed


def plain(url: str) -> str:
    """The URL of a database as psycopg reads it."""
    return "postgresql://" + url.partition("://")[2]
