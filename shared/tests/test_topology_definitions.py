"""definitions.json: every user has the rights of his work and no more."""

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest

from shared.definitions import USERS, definitions, hashed, printed
from shared.topology import EVENTS, EXCHANGES, LOG, PRIVATE, QUEUES, SERVICES

COMMITTED = Path(__file__).parents[2] / "deploy" / "rabbitmq" / "definitions.json"
NAMES = [
    *(exchange.name for exchange in EXCHANGES),
    *(queue.name for queue in QUEUES),
    "amq.default",
]


def allowed(user: str, right: str) -> list[str]:
    """The names of the topology, and the default exchange, that ``user`` may touch so."""
    [permission] = [p for p in definitions({})["permissions"] if p["user"] == user]
    return [name for name in NAMES if re.search(permission[right], name)]


def test_the_committed_file_is_the_generated_one() -> None:
    assert printed() == COMMITTED.read_text()


def test_without_passwords_the_file_holds_no_secret_and_nobody_can_log_in() -> None:
    assert {""} == {user["password_hash"] for user in definitions({})["users"]}


def test_there_is_no_guest_and_nobody_has_a_tag() -> None:
    users = definitions({})["users"]
    assert "guest" not in [user["name"] for user in users]
    assert [[]] * len(USERS) == [user["tags"] for user in users]


@pytest.mark.parametrize("service", SERVICES)
def test_a_relay_may_write_to_the_two_exchanges_and_nothing_else(service: str) -> None:
    user = f"{service}-relay"
    assert ([EVENTS, PRIVATE], [], []) == tuple(
        allowed(user, right) for right in ("write", "read", "configure")
    )


@pytest.mark.parametrize("service", SERVICES)
def test_a_relay_may_publish_only_under_the_name_of_its_service(service: str) -> None:
    rights = [p for p in definitions({})["topic_permissions"] if p["user"] == f"{service}-relay"]
    keys = [f"{other}.happened.v1" for other in (*SERVICES, f"{service}2", f"x.{service}")]
    assert [EVENTS, PRIVATE] == [right["exchange"] for right in rights]
    for right in rights:
        assert [f"{service}.happened.v1"] == [k for k in keys if re.search(right["write"], k)]


@pytest.mark.parametrize("service", SERVICES)
def test_a_consumer_may_read_its_own_queues_and_the_log_and_nothing_else(service: str) -> None:
    user = f"{service}-consumer"
    assert ([f"{service}.inbox", f"{service}.dlq", LOG], [], []) == tuple(
        allowed(user, right) for right in ("read", "write", "configure")
    )


def test_other_systems_may_read_the_log_and_nothing_else() -> None:
    assert ([LOG], [], []) == tuple(
        allowed("huiyin-log-reader", right) for right in ("read", "write", "configure")
    )


def test_only_setup_may_configure_and_not_what_is_not_ours() -> None:
    assert NAMES[:-1] == allowed("huiyin-setup", "configure")
    configuring = [p["user"] for p in definitions({})["permissions"] if p["configure"] != "^$"]
    assert ["huiyin-setup"] == configuring


def test_a_password_is_stored_as_a_salted_sha256() -> None:
    [user] = [u for u in definitions({"notify-relay": "s3cret"})["users"] if u["password_hash"]]
    raw = base64.b64decode(user["password_hash"])
    assert "notify-relay" == user["name"]
    assert hashlib.sha256(raw[:4] + b"s3cret").digest() == raw[4:]


def test_two_users_with_one_password_have_different_hashes() -> None:
    same = definitions(dict.fromkeys(USERS, "same"))["users"]
    assert len(USERS) == len({user["password_hash"] for user in same})


def test_the_hash_is_the_one_of_the_manual_of_rabbitmq() -> None:
    salt = bytes.fromhex("908DC60A")
    assert "kI3GCqW5JLMJa4iX1lo7X4D6XbYqlLgxIs30+P6tENUV2POR" == hashed("test12", salt)


def test_a_password_for_a_stranger_is_refused() -> None:
    with pytest.raises(KeyError, match="guest"):
        definitions({"guest": "guest"})


def test_the_passwords_are_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "passwords.json"
    file.write_text(json.dumps({"huiyin-setup": "s3cret"}))
    made = json.loads(printed(str(file)))
    assert ["huiyin-setup"] == [u["name"] for u in made["users"] if u["password_hash"]]
    assert definitions({})["bindings"] == made["bindings"]
