"""The settings of dispatch."""

import pytest

from dispatch.settings import Settings
from shared.settings import SettingsFault
from shared.testing import KEYS

NEEDED = {
    "DATABASE_URL": "sqlite://",
    "BROKER_URL": "memory://",
    "JWKS": "keys.json",
    "ISSUER": "x",
    **{name.upper(): value for name, value in KEYS.items()},
}


@pytest.fixture
def read(monkeypatch):
    def read_with(**given):
        for name, value in {**NEEDED, **given}.items():
            monkeypatch.setenv(f"DISPATCH_{name}", value)
        return Settings.read("dispatch")

    return read_with


def test_links_lead_to_the_public_address(read):
    assert "http://127.0.0.1:8080/dispatch" == read().public_url
    assert "https://sign.example.com" == read(PUBLIC_URL="https://sign.example.com").public_url


# S39
@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "ftp://sign.example.com",
        "sign.example.com",
        "https://",
        "https://somebody@sign.example.com",
        "https://sign.example.com/",
        "https://sign.example.com?x=1",
        "https://sign.example.com#x",
        "https://sign.example.com/a b",
    ],
)
def test_an_address_that_is_no_plain_http_address_is_refused(read, address):
    with pytest.raises(SettingsFault, match="DISPATCH_PUBLIC_URL"):
        read(PUBLIC_URL=address)


def test_fonts_are_those_of_debian_unless_others_are_named(read):
    assert "/usr/share/fonts/opentype/noto" == read().font_paths
    assert "/fonts:/more" == read(FONT_PATHS="/fonts:/more").font_paths
