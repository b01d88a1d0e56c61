"""What tells that a new customer may be one who is known already."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from customer.domain import limits
from shared.rules import RuleBroken

WORDS = re.compile(r"[^\W_]+")
# The forms of companies: they are written or left out as it comes.
FORMS = frozenset(
    {"co", "company", "corp", "corporation", "gmbh", "inc", "incorporated", "limited"}
    | {"llc", "ltd", "plc"}
)
# The longest first.
ENDINGS = ("股份有限公司", "有限责任公司", "有限責任公司", "有限公司", "公司")


class MarkKind(StrEnum):
    """By what a customer is told from others."""

    NAME = "name"
    PHONE = "phone"
    DOCUMENT = "document"


class Mark(NamedTuple):
    """What a customer is known by, in the form in which it is compared. ``document`` is the kind
    of document whose number it is, else empty."""

    kind: MarkKind
    value: str
    document: str = ""


@dataclass(frozen=True)
class DuplicateRule:
    """Two customers may not have that in common unless a reason is given; of documents the number
    of one of these kinds."""

    mark: MarkKind
    documents: tuple[str, ...] = ()

    def covers(self, mark: Mark) -> bool:
        """Whether the rule is about that mark."""
        if mark.kind is not self.mark:
            return False
        return mark.kind is not MarkKind.DOCUMENT or mark.document in self.documents


class DuplicateSuspected(RuleBroken):
    """The new customer may be known already; ``duplicate_reason`` says why he is another one."""

    code = "duplicate_suspected"


class Holders:
    """Which customers have which marks, of those marks that were asked for."""

    def __init__(self, found: Iterable[tuple[Mark, UUID]] = ()) -> None:
        self._of: dict[Mark, set[UUID]] = {}
        for mark, customer_id in found:
            self.add([mark], customer_id)

    def add(self, marks: Iterable[Mark], customer_id: UUID) -> None:
        """Let a customer have ``marks`` as well."""
        for mark in marks:
            self._of.setdefault(mark, set()).add(customer_id)

    def copy(self) -> "Holders":
        """The same, to be changed by itself."""
        return Holders((mark, one) for mark, ids in self._of.items() for one in ids)

    def having(
        self, marks: Iterable[Mark], rules: Collection[DuplicateRule]
    ) -> dict[UUID, list[MarkKind]]:
        """Who has some of ``marks`` that ``rules`` are about, and which."""
        suspects: dict[UUID, set[MarkKind]] = {}
        for mark in marks:
            if any(rule.covers(mark) for rule in rules):
                for customer_id in self._of.get(mark, ()):
                    suspects.setdefault(customer_id, set()).add(mark.kind)
        return {one: sorted(kinds) for one, kinds in sorted(suspects.items())}


def marks_of(
    name: str, contacts: Iterable[Mapping[str, Any]], documents: Sequence[Mapping[str, Any]] = ()
) -> list[Mark]:
    """What a customer of that name is known by; telephone numbers have their kept form."""
    phones = [Mark(MarkKind.PHONE, one["phone"]) for one in contacts if one.get("phone")]
    numbers = [Mark(MarkKind.DOCUMENT, number_key(one["number"]), one["kind"]) for one in documents]
    return [Mark(MarkKind.NAME, name_key(name)), *phones, *numbers]


def name_key(name: str) -> str:
    """``ＲＩＶＥＲ (Shanghai) Trading Co., Ltd.`` as ``rivershanghaitrading``: whoever differs in
    width, case, blanks, brackets or the form of the company alone has the same key."""
    words = WORDS.findall(unicodedata.normalize("NFKC", name).casefold())
    named = list(words)
    while len(named) > 1 and named[-1] in FORMS:
        named.pop()
    key = "".join(named)
    ending = next((one for one in ENDINGS if key.endswith(one)), "")
    if key != ending:
        key = key.removesuffix(ending)
    return (key or name)[: limits.NAME]


def number_key(number: str) -> str:
    """The number of a document without blanks and signs, whatever its width and case."""
    plain = "".join(WORDS.findall(unicodedata.normalize("NFKC", number).casefold()))
    return (plain or number)[: limits.DOCUMENT_NUMBER]
