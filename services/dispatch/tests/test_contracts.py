"""Every event that dispatch can tell is described, with examples that are what the page says."""

from dataclasses import MISSING, fields, is_dataclass

import pytest

from dispatch.consumers import SUBSCRIPTIONS
from dispatch.domain import events
from shared.testing import contract, examples

TOLD = [one for one in vars(events).values() if is_dataclass(one)]
PERSONAL = {"name", "phone", "email", "address", "addresses", "birthday", "remarks", "result"}


def test_there_is_something_to_tell():
    assert len(TOLD) == 34


@pytest.mark.parametrize("event", TOLD, ids=lambda event: event.type)
def test_an_event_has_the_fields_that_its_contract_requires(event):
    schema = contract(event.type).schema

    assert [one.name for one in fields(event)] == list(schema["properties"])
    added = {one.name for one in fields(event) if one.default is not MISSING}
    assert set(schema["required"]) == set(schema["properties"]) - added
    assert schema["x-subject"] == event.subject
    assert schema["x-private"] is getattr(event, "private", False)


@pytest.mark.parametrize("event", TOLD, ids=lambda event: event.type)
def test_the_examples_are_valid(event):
    for example in examples(event.type):
        contract(event.type).validate(example)


@pytest.mark.parametrize("event", [e for e in TOLD if not getattr(e, "private", False)])
def test_public_events_hold_no_personal_data(event):
    told = {one.name for one in fields(event)}

    # The name of a unit is nobody's.
    assert told & PERSONAL <= ({"name"} if event is events.OrgUnitChanged else set())


@pytest.mark.parametrize("type_", SUBSCRIPTIONS)
def test_what_is_listened_to_can_be_read(type_):
    for example in examples(type_):
        read = SUBSCRIPTIONS[type_].reads.load(example)
        assert read.keys() <= example.keys()
        assert read.get("org_unit", example["org_unit"]) == example["org_unit"]
