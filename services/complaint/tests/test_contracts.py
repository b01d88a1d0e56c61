"""Every event of complaint has a contract with an example; none tells of a person in public."""

import json
from dataclasses import fields

import pytest

from complaint.domain import events
from shared.testing import CONTRACTS, contract

PERSONAL = {"name", "phone", "telephone", "email", "address", "birthday", "other_contacts"}
WRITTEN = {"place", "content", "requirements", "description", "remarks"}
SUBJECTS = (
    events.OfAction,
    events.OfAnalysis,
    events.OfCallBack,
    events.OfCase,
    events.OfComplaint,
    events.OfHold,
    events.OfPenalty,
    events.OfTraining,
    events.PatternDetected,
    events.PhraseFlagged,
    events.WeeklyReportGenerated,
)
CLASSES = [
    found
    for found in vars(events).values()
    if isinstance(found, type) and issubclass(found, SUBJECTS) and hasattr(found, "type")
]


@pytest.mark.parametrize("event", CLASSES, ids=lambda event: event.type)
def test_an_event_has_the_fields_of_its_contract_and_a_valid_example(event):
    schema = json.loads((CONTRACTS / f"{event.type}.json").read_text())

    assert set(schema["properties"]) == {field.name for field in fields(event)}
    assert (schema["x-publisher"], schema["x-subject"], schema["x-private"]) == (
        "complaint",
        event.subject,
        getattr(event, "private", False),
    )
    for example in schema["examples"]:
        contract(event.type).validate(example)
    assert schema["x-private"] or not (PERSONAL | WRITTEN) & set(schema["properties"])


def test_every_contract_of_complaint_has_its_event():
    described = {path.stem for path in CONTRACTS.glob("complaint.*.json")}

    assert described == {event.type for event in CLASSES}
