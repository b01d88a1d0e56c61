"""Built-in packs: YAML read as plainly as JSON, and nothing in it that could grow."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shared.policy import PackFault, Rulebook, Section, load_builtin
from shared.policy.builtin import MOST_BYTES, MOST_LEVELS, load_house, read_yaml
from shared.policy.phrases import PHRASES

FRANCHISE = """\
pack: franchise
version: "1"
title: Franchise complaint handling
issuer: Sales centre
approver: General manager
owner: Customer service
effective_from: 2026-01-01
history: [{version: "1", change: First issue, by: Service, approved_by: GM, on: 2026-01-01}]
sections:
  first_contact:
    merge: strictest
    rules:
      - rule: CP-17
        clause: "5.1.1"
        when: {level: [1, 2, 3]}
        value: {within: 1, unit: working_day, hard: true}
"""

Write = Callable[..., str]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes an importable package whose folder ``policy`` holds the given files."""

    def write(name: str, **texts: str) -> str:
        folder = tmp_path / name / "policy"
        folder.mkdir(parents=True)
        (tmp_path / name / "__init__.py").write_text("")
        for stem, text in texts.items():
            (folder / f"{stem}.yaml").write_text(text)
        monkeypatch.syspath_prepend(tmp_path)
        return name

    return write


def test_the_files_of_a_package_are_its_packs(package: Write, sections: dict[str, Section]) -> None:
    name = package(
        "two_packs", franchise=FRANCHISE, retail=FRANCHISE.replace("franchise", "retail")
    )
    assert ["franchise", "retail"] == [pack.pack for pack in load_builtin(name, sections)]


def test_two_versions_of_a_pack_may_be_built_in(
    package: Write, sections: dict[str, Section]
) -> None:
    name = package("versions", a=FRANCHISE, b=FRANCHISE.replace('"1"', '"2"'))
    assert ["1", "2"] == [pack.version for pack in load_builtin(name, sections)]


def test_the_same_version_in_two_files_is_refused(
    package: Write, sections: dict[str, Section]
) -> None:
    name = package("twice", a=FRANCHISE, b=FRANCHISE)
    with pytest.raises(PackFault, match=r"^b\.yaml: version: Another file"):
        load_builtin(name, sections)


def test_a_fault_names_file_and_path(package: Write, sections: dict[str, Section]) -> None:
    name = package("faulty", franchise=FRANCHISE.replace("within: 1", "within: 0"))
    with pytest.raises(
        PackFault, match=r"^franchise\.yaml: .*rules\.0\.value\.within: "
    ) as refused:
        load_builtin(name, sections)
    assert "sections.first_contact.rules.0.value.within" == refused.value.extra["path"]


def test_a_package_without_packs_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sections: dict[str, Section]
) -> None:
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare" / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(FileNotFoundError):
        load_builtin("bare", sections)


def test_a_default_that_is_not_built_in_is_refused(
    package: Write, sections: dict[str, Section]
) -> None:
    name = package("defaults", franchise=FRANCHISE)
    assert ("franchise",) == Rulebook.load(name, sections, default=("franchise",)).default
    with pytest.raises(ValueError, match="not built in: retail"):
        Rulebook.load(name, sections, default=("retail",))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("on: off", {"on": "off"}),
        ("yes: no", {"yes": "no"}),
        ("opens: 10:30", {"opens": "10:30"}),
        ("day: 2026-01-01", {"day": "2026-01-01"}),
        ("octal: 010", {"octal": "010"}),
        ("many: 1_000", {"many": "1_000"}),
        ("endless: .inf", {"endless": ".inf"}),
        ("count: 12", {"count": 12}),
        ("below: -3", {"below": -3}),
        ("none: 0", {"none": 0}),
        ("share: 0.15", {"share": 0.15}),
        ("hard: true", {"hard": True}),
        ("hard: false", {"hard": False}),
        ("next: null", {"next": None}),
        ("next:", {"next": None}),
        ('code: "1"', {"code": "1"}),
        ("1: one", {"1": "one"}),
        ("<<: {a: 1}", {"<<": {"a": 1}}),
        ("名: 值", {"名": "值"}),
    ],
)
def test_yaml_means_what_json_would_mean(text: str, read: dict[str, Any]) -> None:
    assert read == read_yaml(text.encode())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &x [1]\nb: *x", "line 2: A pack may not hold an alias"),
        ("a: 1\nb: 2\na: 3", "line 3: A pack may not hold the key 'a' a second time"),
        ("a: !!python/object/apply:os.system [id]", "line 1: A pack may not hold a tag"),
        ("a: !!binary aGk=", "line 1: A pack may not hold a tag"),
        ("a: !!timestamp x", "line 1: A pack may not hold a tag"),
        ("? [1]\n: 2", "line 1: A pack may not hold a key that is no scalar"),
        ("[" * 5000, f"line 1: A pack may not hold more than {MOST_LEVELS} levels"),
        ("a: [1", "line 1: "),
        ("a: 1\n---\nb: 2", "line 2: "),
        ("a: \x00", "special characters are not allowed"),
    ],
)
def test_what_is_no_plain_yaml_is_refused_with_its_line(text: str, said: str) -> None:
    with pytest.raises(PackFault) as refused:
        read_yaml(text.encode())
    assert said in refused.value.detail


def test_a_bomb_of_aliases_is_refused_before_it_grows() -> None:
    lines = ['a0: &a0 ["x", "x", "x", "x", "x", "x", "x", "x", "x"]']
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    with pytest.raises(PackFault, match="line 2: A pack may not hold an alias"):
        read_yaml("\n".join(lines).encode())


def test_a_huge_file_is_refused_unread() -> None:
    assert "x" * (MOST_BYTES - 2) == read_yaml(b'"' + b"x" * (MOST_BYTES - 2) + b'"')
    with pytest.raises(PackFault, match=f"Larger than {MOST_BYTES} bytes"):
        read_yaml(b'"' + b"x" * (MOST_BYTES - 1) + b'"')


def test_a_file_in_another_encoding_is_refused() -> None:
    with pytest.raises(PackFault, match="Not UTF-8"):
        read_yaml("客户".encode("gb18030"))


def test_a_pack_of_the_house_is_read_where_its_sections_are_known(
    package: Write, sections: dict[str, Section]
) -> None:
    name = package("house", franchise=FRANCHISE)
    assert ((), ()) == (load_house(sections), Rulebook.load(name, sections).house)

    assert ["phrases"] == [pack.pack for pack in load_house(PHRASES)]
    known = {**sections, **PHRASES}
    assert ("phrases",) == Rulebook.load(name, known, default=("franchise",)).house
