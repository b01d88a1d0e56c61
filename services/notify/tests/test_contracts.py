"""Every event of notify has a contract with an example, and carries no personal data."""

import json
from dataclasses import fields

import pytest

from notify.adapters.subscriptions.event_types import event_types
from notify.domain.events import (
    CareSent,
    CareTaskMoved,
    ContactUnreachable,
    CustomerUnreached,
    MessageFailed,
    NewsletterMoved,
    WebhookDisabled,
    WebhookTested,
)
from shared.asyncapi import public, schemas
from shared.testing import CONTRACTS, contract

PERSONAL = {"name", "phone", "email", "address", "birthday", "title", "body", "words"}
CLASSES = [
    CareSent,
    CareTaskMoved,
    ContactUnreachable,
    CustomerUnreached,
    MessageFailed,
    NewsletterMoved,
    WebhookDisabled,
    WebhookTested,
]


@pytest.mark.parametrize("event", CLASSES, ids=lambda event: event.type)
def test_an_event_has_the_fields_of_its_contract_and_a_valid_example(event):
    schema = json.loads((CONTRACTS / f"{event.type}.json").read_text())

    names = {field.name for field in fields(event)}
    assert (names, names) == (set(schema["properties"]), set(schema["required"]))
    assert ("notify", event.subject, False) == (
        schema["x-publisher"],
        schema["x-subject"],
        schema["x-private"],
    )
    for example in schema["examples"]:
        contract(event.type).validate(example)
    assert not PERSONAL & names


def test_every_contract_of_notify_has_its_event():
    assert {event.type for event in CLASSES} == {
        path.stem for path in CONTRACTS.glob("notify.*.json")
    }


def test_other_systems_may_have_every_event_without_personal_data():
    assert public(schemas()) == event_types()
