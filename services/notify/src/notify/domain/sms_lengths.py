"""How long a text is as a short message: in which alphabet, and in how many segments it travels.

A text whose characters all stand in the GSM alphabet (3GPP TS 23.038) takes 7 bits each and 160 of
them fit into one message; any other text takes 16 bits and 70 fit. What is longer is cut into
segments that each lose some room to the header by which the telephone joins them: 153 and 67
remain. Neither an escaped character nor a surrogate pair is cut in two.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
ESCAPED = frozenset("\f^{}\\[~]|€")  # Two places each: an escape goes before them.
BRACKETS = "【】"  # Gateways put the name of the firm between them before each text.
ANY = "中"


class Alphabet(StrEnum):
    GSM = "gsm_7bit"
    UCS2 = "ucs2"


ROOM = {Alphabet.GSM: (160, 153), Alphabet.UCS2: (70, 67)}  # Alone, and as one of several.


@dataclass(frozen=True)
class SmsLimit:
    """Into how many ``segments`` a text may go, the ``signature`` included: the characters of the
    name of the firm with its brackets, 0 where the gateway puts none before a text."""

    segments: int
    signature: int


@dataclass(frozen=True)
class SmsLength:
    """``places`` are what the alphabet counts: an escaped character and one beyond 16 bits take
    two."""

    alphabet: Alphabet
    places: int
    segments: int


def signed(text: str, limit: SmsLimit) -> str:
    """``text`` with a name before it that is as long as that of the firm."""
    if not limit.signature:
        return text
    name = ANY * max(limit.signature - len(BRACKETS), 0)
    return f"{BRACKETS[0]}{name}{BRACKETS[1]}{text}"


def measured(text: str) -> SmsLength:
    """How long ``text`` is; an empty one travels in one segment."""
    alphabet = Alphabet.GSM if set(text) <= GSM | ESCAPED else Alphabet.UCS2
    sizes = [_places(one, alphabet) for one in text]
    alone, joined = ROOM[alphabet]
    places = sum(sizes)
    return SmsLength(alphabet, places, 1 if places <= alone else _cuts(sizes, joined))


def fits(text: str, limit: SmsLimit) -> bool:
    """Whether ``text`` goes into as many segments as ``limit`` allows."""
    return measured(signed(text, limit)).segments <= limit.segments


def _places(one: str, alphabet: Alphabet) -> int:
    if alphabet is Alphabet.GSM:
        return 2 if one in ESCAPED else 1
    return len(one.encode("utf-16-le", "surrogatepass")) // 2


def _cuts(sizes: Iterable[int], room: int) -> int:
    segments, left = 1, room
    for size in sizes:
        if size > left:
            segments, left = segments + 1, room
        left -= size
    return segments
