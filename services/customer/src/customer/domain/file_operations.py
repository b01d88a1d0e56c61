"""Who may do what with the files of a department (CF-04, CF-26, CF-31)."""

from dataclasses import dataclass

from shared.rules import Forbidden, RuleBroken

OPERATIONS = ("create", "consult", "transfer", "change", "void", "archive")


class OperationRefused(Forbidden):
    """The packs of the unit let other roles do that with its files."""

    code = "file_operation_refused"


@dataclass(frozen=True)
class FileOperation:
    """Which roles may do ``operation`` with the files of a unit."""

    operation: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class SelfCheck:
    """Whether whoever fills a file in has to have checked it himself (CF-42)."""

    required: bool


class SelfCheckMissing(RuleBroken):
    """Whoever fills a file in here says that he has checked it (CF-42)."""

    code = "self_check_missing"


@dataclass(frozen=True)
class FileReview:
    """Every how many months a file is reviewed (CF-06)."""

    months: int
