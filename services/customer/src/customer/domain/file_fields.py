"""What a customer's file asks for beyond his master data: fields that packs declare (CF-01..)."""

from dataclasses import dataclass
from enum import StrEnum


class FieldType(StrEnum):
    """What a field holds. ``texts`` is a list of texts, ``table`` a list of rows of texts."""

    TEXT = "text"
    TEXTS = "texts"
    TABLE = "table"
    NUMBER = "number"
    YES_NO = "yes_no"
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True)
class FileField:
    """One field of a file. ``group`` is the part of the file or the form that it stands in.

    A file stays a draft until each ``required`` field is filled; a change of a ``major`` one has a
    deadline; ``personal`` ones are masked and never told.
    """

    field: str
    group: str
    type: FieldType
    required: bool = False
    major: bool = False
    personal: bool = False
    choices: tuple[str, ...] = ()
