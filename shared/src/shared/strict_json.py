"""JSON as it must be to be believed: what parsers disagree about is refused."""

import json
import math
from collections.abc import Iterable
from typing import Any, NoReturn

MAX_BYTES = 1_048_576
MAX_DEPTH = 20


class Unreadable(Exception):
    """The bytes are not what was agreed. The text is a short code, without a word of them."""


def decode(raw: bytes) -> tuple[str, Any]:
    """``raw`` as text and as the JSON value that it is; raises Unreadable.

    At most 1 MiB and 20 levels, no key twice, no NaN and no infinity, nothing that a database
    cannot keep.
    """
    if len(raw) > MAX_BYTES:
        raise Unreadable("too_large")
    try:
        text = raw.decode("utf-8")
        value = DECODER.decode(text)
    except UnicodeDecodeError:
        raise Unreadable("not_utf8") from None
    except RecursionError:
        raise Unreadable("too_deep") from None
    except ValueError:
        raise Unreadable("not_json") from None
    _check_depth(value)
    if "\\u" in text:
        _check_characters(value)
    return text, value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Unreadable("duplicate_key")
    return found


def _no_constant(_name: str) -> NoReturn:
    raise Unreadable("not_a_number")


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise Unreadable("not_a_number")
    return value


def _check_depth(value: Any) -> None:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [item for one in level for item in _items(one) if isinstance(item, dict | list)]
        if not level:
            return
    raise Unreadable("too_deep")


def _items(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _check_characters(value: Any) -> None:
    """Refuse what a database cannot keep: lone surrogates and the character NUL."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise Unreadable("lone_surrogate") from None
    if "\\u0000" in text.replace("\\\\", ""):
        raise Unreadable("nul_character")


DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_constant=_no_constant, parse_float=_finite
)
