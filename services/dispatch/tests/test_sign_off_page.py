"""The page on which clients sign."""

from hashlib import sha256
from importlib import resources

import pytest
import yaml

from dispatch.api import sign_off_page
from dispatch.api.sign_off_page import FILES, LANGUAGES, SAID


@pytest.fixture
def page(app):
    def read(path="", **headers):
        return app.test_client().get(f"/v1/sign-off{path}", headers=headers)

    return read


@pytest.mark.parametrize(
    ("asked", "language", "title"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN", "服务签字确认"),
        ("en-GB,en;q=0.9", "en", "Sign for the service"),
        ("fr", "zh-CN", "服务签字确认"),
        ("", "zh-CN", "服务签字确认"),
    ],
)
def test_the_page_speaks_as_the_reader_prefers(page, asked, language, title):
    answer = page(**{"Accept-Language": asked})

    assert (200, language) == (answer.status_code, answer.headers["Content-Language"])
    assert f"<h1>{title}</h1>" in answer.text
    assert f'<html lang="{language}">' in answer.text
    assert "<noscript>" in answer.text


# S34, S35, S44: it loads nothing from elsewhere, and tells nobody where it was.
def test_the_page_loads_its_own_files_alone(page):
    answer = page()
    policy = dict(
        part.strip().partition(" ")[::2]
        for part in answer.headers["Content-Security-Policy"].split(";")
    )

    assert ("'none'", "'self'", "'self'") == (
        policy["default-src"],
        policy["script-src"],
        policy["connect-src"],
    )
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "'none'" == policy["frame-ancestors"]
    assert "no-referrer" == answer.headers["Referrer-Policy"]
    assert "no-store" == answer.headers["Cache-Control"]
    assert "nosniff" == answer.headers["X-Content-Type-Options"]
    for outside in ("http://", "https://", "//", "onclick", "<script>", "style="):
        assert outside not in answer.text
    for name in FILES:
        assert f"sign-off/{name}" in answer.text
        assert 200 == page(f"/{name}").status_code


@pytest.mark.parametrize("name", ["page.html", "words.en.yaml", "..%2f__init__.py", "x"])
def test_nothing_else_is_given_out(page, name):
    assert 404 == page(f"/{name}").status_code


def test_the_script_of_others_is_what_its_licence_says(page):
    told = resources.files(sign_off_page).joinpath("signature_pad.LICENSE").read_text()
    content = page("/signature_pad.js").data

    assert f"SHA-256 {sha256(content).hexdigest()}\n" in told
    assert "signature_pad 5.1.4" in told
    assert "MIT License" in told


def test_both_languages_say_the_same_things():
    spoken = [
        yaml.safe_load(resources.files(sign_off_page).joinpath(f"words.{one}.yaml").read_bytes())
        for one in LANGUAGES
    ]
    first, second = ({*words, *words["lines"], *words["relations"]} for words in spoken)

    assert first == second
    assert set(SAID) <= first
