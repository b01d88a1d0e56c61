"""Publishers and consumers are held against the same committed contracts and examples."""

import importlib
import inspect
import json
import pkgutil
import subprocess
from dataclasses import fields
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from shared.asyncapi import document, schemas
from shared.envelope import Event, is_private
from shared.subscriptions import Subscription
from shared.testing import contract, examples
from shared.topology import SERVICES, subscribers

ROOT = Path(__file__).parents[2]
EVENTS = ROOT / "shared" / "contracts" / "events"
CONTRACTS = schemas()
# Names of fields that hold, or are likely to hold, personal data (security S28).
PERSONAL = {
    "name",
    "full_name",
    "phone",
    "telephone",
    "mobile",
    "email",
    "address",
    "addresses",
    "birthday",
    "id_card",
    "contact",
    "complainant_name",
    "agent_name",
    "signature",
    "remarks",
    "reason_text",
}
NAMES_OF_UNITS = {"dispatch.org_unit_changed.v1": {"name"}}


def event_classes(service: str) -> dict[str, type[Any]]:
    return {
        one.type: one
        for module in event_modules(service)
        for _, one in inspect.getmembers(module, inspect.isclass)
        if one.__module__ == module.__name__ and hasattr(one, "type") and hasattr(one, "subject")
    }


def event_modules(service: str) -> list[ModuleType]:
    """``domain/events.py``, or the modules of the package of that name."""
    found = importlib.import_module(f"{service}.domain.events")
    below = pkgutil.iter_modules(getattr(found, "__path__", ()), f"{found.__name__}.")
    return [found, *(importlib.import_module(one.name) for one in below)]


def subscriptions(service: str) -> dict[str, Subscription]:
    return dict(importlib.import_module(f"{service}.consumers").SUBSCRIPTIONS)


PUBLISHED = {type_: cls for service in SERVICES for type_, cls in event_classes(service).items()}
READ = [(service, type_) for service in SERVICES for type_ in sorted(subscriptions(service))]


@pytest.mark.parametrize("type_", CONTRACTS)
def test_a_contract_is_a_schema_that_its_own_examples_meet(type_: str) -> None:
    Draft202012Validator.check_schema(CONTRACTS[type_])
    assert f"urn:huiyin:event:{type_}" == CONTRACTS[type_]["$id"]
    assert type_.partition(".")[0] == CONTRACTS[type_]["x-publisher"]
    assert CONTRACTS[type_]["description"]
    assert examples(type_)
    for example in examples(type_):
        contract(type_).validate(example)


def test_what_is_published_and_what_is_agreed_are_the_same_types() -> None:
    assert sorted(CONTRACTS) == sorted(PUBLISHED)


@pytest.mark.parametrize("type_", PUBLISHED)
def test_an_event_class_has_the_fields_of_its_contract(type_: str) -> None:
    cls: type[Event] = PUBLISHED[type_]
    agreed = CONTRACTS[type_]

    assert sorted(agreed["properties"]) == sorted(field.name for field in fields(cls))
    assert cls.subject == agreed["x-subject"]
    assert is_private(cls) == bool(agreed.get("x-private", False))  # type: ignore[arg-type]


@pytest.mark.parametrize(("service", "type_"), READ)
def test_a_consumer_can_read_every_example_of_what_it_subscribes_to(
    service: str, type_: str
) -> None:
    private = bool(CONTRACTS[type_].get("x-private"))
    assert service in subscribers(type_, private=private)
    for example in examples(type_):
        unknown = {**example, "a_field_of_next_year": 1}
        assert subscriptions(service)[type_].reads.load(unknown)


@pytest.mark.parametrize("type_", CONTRACTS)
def test_an_event_has_somebody_who_hears_it(type_: str) -> None:
    assert subscribers(type_, private=bool(CONTRACTS[type_].get("x-private")))


@pytest.mark.parametrize("type_", [one for one in CONTRACTS if not CONTRACTS[one]["x-private"]])
def test_a_public_event_carries_ids_and_no_personal_data(type_: str) -> None:
    named = set(_names(CONTRACTS[type_])) - NAMES_OF_UNITS.get(type_, set())

    assert set() == named & PERSONAL


@pytest.mark.parametrize("type_", CONTRACTS)
def test_every_example_ever_committed_still_meets_the_contract(type_: str) -> None:
    path = EVENTS / f"{type_}.json"
    for version in _versions(path):
        for example in version["examples"]:
            contract(type_).validate(example)


@pytest.mark.parametrize("type_", CONTRACTS)
def test_the_contract_of_the_last_release_is_only_added_to(type_: str) -> None:
    released = _at_last_tag(EVENTS / f"{type_}.json")
    if released is None:
        assert CONTRACTS[type_]["type"] == "object"
        return
    assert set(released["required"]) <= set(CONTRACTS[type_]["required"])
    for name, old in released["properties"].items():
        assert old.get("type") == CONTRACTS[type_]["properties"].get(name, {}).get("type"), name


def test_asyncapi_names_every_type_once_with_its_listeners() -> None:
    made = document(CONTRACTS)

    assert sorted(CONTRACTS) == sorted(made["channels"])
    assert sorted(f"publish.{type_}" for type_ in CONTRACTS) == sorted(made["operations"])
    assert made["channels"]["complaint.filed.v1"]["x-subscribers"] == [
        "customer",
        "dispatch",
        "notify",
    ]


def _names(schema: Any) -> list[str]:
    """Every property name anywhere in a schema."""
    if isinstance(schema, list):
        return [name for part in schema for name in _names(part)]
    if not isinstance(schema, dict):
        return []
    own = list(schema.get("properties", {}))
    parts = [part for key, part in schema.items() if key not in ("examples", "description")]
    return own + [name for part in parts for name in _names(part)]


def _git(*arguments: str) -> str:
    ended = subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return ended.stdout if ended.returncode == 0 else ""


def _versions(path: Path) -> list[dict[str, Any]]:
    """Every version of a contract that the history holds."""
    relative = path.relative_to(ROOT).as_posix()
    commits = _git("log", "--format=%H", "--", relative).split()
    texts = (_git("show", f"{commit}:{relative}") for commit in commits)
    return [json.loads(text) for text in texts if text]


def _at_last_tag(path: Path) -> dict[str, Any] | None:
    tag = _git("describe", "--tags", "--abbrev=0").strip()
    text = _git("show", f"{tag}:{path.relative_to(ROOT).as_posix()}") if tag else ""
    return json.loads(text) if text else None
