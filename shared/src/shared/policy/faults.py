"""Turn what a schema says of a document into faults with exact paths."""

from collections.abc import Iterator
from typing import Any

from marshmallow import Schema, ValidationError

from shared.policy.packs import Fault
from shared.rules import Invalid


def load(schema: Schema, data: Any, path: str, faults: list[Fault]) -> Any:
    """What ``schema`` makes of ``data``, or None after adding to ``faults``."""
    try:
        return schema.load(data)
    except ValidationError as error:
        faults.extend(_flat(error.messages, path, data))
    except (ValueError, Invalid) as error:
        faults.append(Fault(path, str(error)))
    return None


def _flat(messages: Any, path: str, data: Any) -> Iterator[Fault]:
    """Nested error messages with the dotted path of each."""
    if not isinstance(messages, dict):
        said = messages if isinstance(messages, list) else [messages]
        yield from (Fault(path, str(message)) for message in said)
        return
    for name, inner in messages.items():
        if name == "_schema" or _is_wrapping(name, inner, data):
            yield from _flat(inner, path, data)
        else:
            yield from _flat(inner, f"{path}.{name}" if path else str(name), _inside(data, name))


def _is_wrapping(name: object, inner: Any, data: Any) -> bool:
    """Whether marshmallow put ``value`` between a key of a Dict field and what is wrong with it."""
    if name != "value" or (isinstance(data, dict) and name in data):
        return False
    return not isinstance(data, dict) or isinstance(inner, dict)


def _inside(data: Any, name: Any) -> Any:
    if isinstance(data, dict):
        return data.get(name)
    in_list = isinstance(data, list) and isinstance(name, int) and name < len(data)
    return data[name] if in_list else None
