"""The packs that come with a service: YAML files in its folder ``policy``, one file a pack.

The YAML is read as JSON would be: no aliases, no tags, no key twice; ``on`` and ``no`` are words,
``10:30`` and ``2026-01-01`` are text. So one document means the same in a file and in a request.
"""

import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from shared.policy.packs import Fault, Pack, PackFault, Section
from shared.policy.parsing import parse

MOST_BYTES = 256 * 1024
MOST_LEVELS = 20


def load_builtin(package: str, sections: Mapping[str, Section]) -> tuple[Pack, ...]:
    """The packs in ``<package>/policy/*.yaml``, by file name.

    Raises PackFault, naming the file, for whatever is wrong in one, and when two files hold the
    same version of the same pack.
    """
    found: dict[tuple[str, str], Pack] = {}
    for file in _yaml_files(files(package) / "policy"):
        pack = parse(read_yaml(file.read_bytes(), source=file.name), sections, source=file.name)
        if (pack.pack, pack.version) in found:
            fault = Fault("version", "Another file holds this version of the pack.")
            raise PackFault([fault], source=file.name)
        found[pack.pack, pack.version] = pack
    return tuple(found.values())


def load_house(sections: Mapping[str, Section]) -> tuple[Pack, ...]:
    """The packs of the house (``shared/policy/house/*.yaml``) of which all sections are known: what
    they say holds in every service that knows it. Raises PackFault as load_builtin does."""
    found = []
    for file in _yaml_files(files("shared.policy") / "house"):
        document = read_yaml(file.read_bytes(), source=file.name)
        if set(document["sections"]) <= set(sections):
            found.append(parse(document, sections, source=file.name))
    return tuple(found)


def _yaml_files(folder: Traversable) -> Iterator[Traversable]:
    yield from sorted(
        (file for file in folder.iterdir() if file.name.endswith(".yaml")),
        key=lambda file: file.name,
    )


def read_yaml(raw: bytes, *, source: str = "") -> Any:
    """The document in ``raw``: UTF-8, at most 256 KiB, at most 20 levels deep.

    Raises PackFault, whose path is the line.
    """
    if len(raw) > MOST_BYTES:
        raise PackFault([Fault("", f"Larger than {MOST_BYTES} bytes.")], source=source)
    try:
        loader = _PlainLoader(raw.decode())
        return loader.get_single_data()
    except UnicodeDecodeError as error:
        raise PackFault([Fault("", "Not UTF-8.")], source=source) from error
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise PackFault([Fault(line, error.problem or "Not YAML.")], source=source) from error
    except yaml.YAMLError as error:
        raise PackFault([Fault("", str(error))], source=source) from error


class _PlainLoader(yaml.SafeLoader):
    """YAML without what JSON has not, so that no small file can grow into a large document."""

    _level = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: yaml.NodeEvent = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent):
            raise _refused("an alias", event.start_mark)
        if getattr(event, "tag", None):
            raise _refused("a tag", event.start_mark)
        if self._level >= MOST_LEVELS:
            raise _refused(f"more than {MOST_LEVELS} levels", event.start_mark)
        self._level += 1
        node = super().compose_node(parent, index)
        self._level -= 1
        return node

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _refused("a key that is no scalar", key.start_mark)
            if key.value in seen:
                raise _refused(f"the key {key.value!r} a second time", key.start_mark)
            seen.add(key.value)
        return {str(key.value): self.construct_object(value, deep) for key, value in node.value}


def _refused(what: str, mark: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=f"A pack may not hold {what}.", problem_mark=mark)


_PlainLoader.yaml_implicit_resolvers = {}
for _tag, _form, _first in (
    ("bool", r"true|false", "tf"),
    ("null", r"null|~|", ["n", "~", ""]),
    ("int", r"-?(?:0|[1-9][0-9]{0,17})", "-0123456789"),
    ("float", r"-?[0-9]{1,17}\.[0-9]{1,17}", "-0123456789"),
):
    _PlainLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_form})\Z"), list(_first)
    )
