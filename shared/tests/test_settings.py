"""Settings are read once, from the environment or from files, and every fault is named."""

from pathlib import Path
from typing import ClassVar

import pytest

from shared.encryption import fresh_key
from shared.settings import ServiceSettings, SettingsFault

NEEDED = {
    "DATABASE_URL": "sqlite://",
    "BROKER_URL": "memory://",
    "JWKS": "keys.json",
    "ISSUER": "huiyin",
}


@pytest.fixture(autouse=True)
def needed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in NEEDED.items():
        monkeypatch.setenv(f"CUSTOMER_{name}", value)


def test_what_is_not_set_has_a_default() -> None:
    settings = ServiceSettings.read("customer")

    assert ("sqlite://", "memory://") == (settings.setup_url, settings.publish_url)
    assert (1, "INFO", "127.0.0.1:9000") == (
        settings.appliers,
        settings.log_level,
        settings.side_bind,
    )


def test_a_secret_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("postgresql://huiyin@localhost/customer\n")
    monkeypatch.delenv("CUSTOMER_DATABASE_URL")
    monkeypatch.setenv("CUSTOMER_DATABASE_URL_FILE", str(secret))

    assert ServiceSettings.read("customer").database_url == "postgresql://huiyin@localhost/customer"


def test_all_faults_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CUSTOMER_ISSUER")
    monkeypatch.setenv("CUSTOMER_HTTP_WORKERS", "many")

    with pytest.raises(SettingsFault) as fault:
        ServiceSettings.read("customer")
    assert "CUSTOMER_ISSUER" in str(fault.value)
    assert "CUSTOMER_HTTP_WORKERS" in str(fault.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("APPLIERS", "0"),
        ("HTTP_WORKERS", "-3"),
        ("HTTP_THREADS", "0"),
        ("OUTBOX_AGE_LIMIT", "0"),
        ("LOG_LEVEL", "loud"),
        ("SIDE_BIND", "foo"),
        ("HTTP_BIND", "127.0.0.1"),
        ("FIELD_KEYS", "secret"),
        ("INDEX_KEY", "c2hvcnQ="),
    ],
)
def test_a_value_that_cannot_work_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"CUSTOMER_{name}", value)

    with pytest.raises(SettingsFault, match=f"CUSTOMER_{name}"):
        ServiceSettings.read("customer")


class Encrypting(ServiceSettings):
    """Those of a service that keeps fields encrypted."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("field_keys", "index_key")


# S33
def test_who_encrypts_does_not_start_without_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsFault, match=r"CUSTOMER_FIELD_KEYS: .*CUSTOMER_INDEX_KEY: "):
        Encrypting.read("customer")

    monkeypatch.setenv("CUSTOMER_FIELD_KEYS", keys := f"2026:{fresh_key()}")
    monkeypatch.setenv("CUSTOMER_INDEX_KEY", fresh_key())
    settings = Encrypting.read("customer")
    assert keys == settings.field_keys
    assert keys not in repr(settings)


def test_each_service_has_its_own_prefix() -> None:
    with pytest.raises(SettingsFault, match="NOTIFY_DATABASE_URL"):
        ServiceSettings.read("notify")
