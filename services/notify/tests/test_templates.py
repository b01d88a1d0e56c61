"""What a template may hold, and how its words are put in (S36)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notify.adapters.templates import HOME_LANGUAGE, Templates, builtin
from notify.domain.template_words import SAMPLES, TEMPLATES
from notify.domain.templates import (
    BODY_LENGTH,
    TITLE_LENGTH,
    TemplateInvalid,
    Wording,
    check,
    render,
)
from notify.use_cases.templates import add_template
from shared.placeholders import PASSAGE_LENGTH, VALUE_LENGTH

GOOD = Wording(title="Hello {name}", body="Dear {name}")


@pytest.mark.parametrize(
    "body",
    [
        "{{7*7}}",
        "{name.__class__}",
        "{name!r:>999999999}",
        "{name:>10}",
        "{name[0]}",
        "{0}",
        "{}",
        "{ name }",
        "{Name}",
        "{name",
        "name}",
        "{{name}}",
        "{level}",
        "{%n%}",
        "   ",
        "x" * (BODY_LENGTH + 1),
    ],
)
def test_a_body_with_anything_but_its_own_placeholders_is_refused(body):
    with pytest.raises(TemplateInvalid) as refused:
        check("birthday_greeting", Wording(title="t", body=body))

    assert ["body"] == list(refused.value.extra["errors"])


@pytest.mark.parametrize("title", ["a\r\nBcc: x", "a\u2028b", "a\x00b", "x" * (TITLE_LENGTH + 1)])
def test_a_title_is_one_short_line(title):
    with pytest.raises(TemplateInvalid) as refused:
        check("birthday_greeting", Wording(title=title, body="b"))

    assert ["title"] == list(refused.value.extra["errors"])


@pytest.mark.parametrize("value", ["x\r\nBcc: y@example.com", "x\u2028y", "x\x00", "x\u202ey"])
def test_no_value_puts_a_line_or_a_header_into_a_title(value):
    """SMTP takes the title as its subject; S36."""
    said = render(GOOD, {"name": value})

    assert not {"Cc", "Cf", "Zl", "Zp"} & {unicodedata.category(one) for one in said.title}


@given(st.text(max_size=80))
def test_no_template_reads_anything_but_words(text):
    """Whatever somebody saves is shown as it is, or refused: never worked out."""
    wording = Wording(title="t", body=f"a{text}")
    try:
        check("birthday_greeting", wording)
    except TemplateInvalid:
        return
    said = render(wording, {"name": "N"})
    assert f"a{text}".replace("{name}", "N") == said.body


def test_an_unknown_kind_of_message_has_no_template():
    with pytest.raises(TemplateInvalid) as refused:
        check("no_such_kind", Wording(title="t", body="b"))

    assert ["code"] == list(refused.value.extra["errors"])


def test_a_value_is_put_in_as_it_is_and_only_once():
    said = render(GOOD, {"name": "{name} %n {level} \\1"})

    assert "Hello {name} %n {level} \\1" == said.title


@given(st.text())
def test_no_value_can_break_out_of_its_line(name):
    said = render(GOOD, {"name": name})

    assert 1 == len(said.title.splitlines())
    assert len(said.title) <= len("Hello ") + VALUE_LENGTH


@pytest.mark.parametrize("code", sorted(TEMPLATES))
def test_every_kind_of_message_has_words_in_both_languages_that_can_be_rendered(code):
    for language in (HOME_LANGUAGE, "en"):
        said = render(builtin()[code, language].wording, SAMPLES)
        assert "{" not in said.title + said.body


@pytest.mark.parametrize(
    ("asked", "found"),
    [("zh-CN", "zh-CN"), ("zh-TW", "zh-CN"), ("EN-gb", "en"), ("fr", "zh-CN"), ("e", "zh-CN")],
)
def test_the_nearest_language_is_used(office, asked, found):
    with office.open() as tx:
        assert found == Templates(tx.session).best("birthday_greeting", asked).language


def test_a_new_version_is_used_from_then_on_and_the_old_one_is_kept(office):
    with office.open() as tx:
        added = [
            add_template(tx, code="birthday_greeting", language="en", wording=GOOD)
            for _ in range(2)
        ]
    with office.open() as tx:
        best = tx.templates.best("birthday_greeting", "en")
        versions = tx.templates.versions("birthday_greeting", "en")

    assert [1, 2] == [one.version for one in added]
    assert (2, GOOD) == (best.version, best.wording)
    assert [0, 1, 2] == [one.version for one in versions]


def test_a_message_keeps_the_version_that_it_was_written_by(office):
    with office.open() as tx:
        add_template(tx, code="birthday_greeting", language="zh-CN", wording=GOOD)
    office.contact({"month": 3, "day": 2})
    office.fire(at=office.clock.at)

    message = office.only()
    assert ("birthday_greeting", 1, "Hello 李华") == (
        message.template,
        message.template_version,
        message.title,
    )


def test_a_passage_keeps_its_lines_in_the_body_alone_and_has_an_end():
    words = {"number": "shop-01-7", "name": "a", "text": "one\ntwo\r\x00three" + "x" * 5000}
    said = render(Wording(title="{text}", body="{name}: {text}"), words)

    assert "\n" not in said.title
    assert said.body.startswith("a: one\ntwo  three")
    assert len(said.body) == len("a: ") + PASSAGE_LENGTH
