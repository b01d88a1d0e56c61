"""Who calls a customer to whom a script promised it, and by when: the section ``call_backs`` of a
pack (SC-04..SC-07, K-24)."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from complaint.domain.clock_rules import ClockRule
from complaint.domain.scripts import Script, Situation
from complaint.domain.staff import Role
from shared.rules import Invalid, Ruling

# What is said there promises a call.
PROMISING = frozenset(
    {
        Situation.GUIDE_TO_SOLVER,
        Situation.NO_ANSWER_NOW,
        Situation.OTHER_DEPARTMENT,
        Situation.REPORT_NEEDED,
    }
)


class CalledBy(StrEnum):
    """Whose the call is: a colleague's, whom the speaker rings up himself, or the speaker's."""

    COLLEAGUE = "colleague"
    SPEAKER = "speaker"


class Asked(StrEnum):
    """Who is asked before an answer can be given."""

    NOBODY = "nobody"
    DEPARTMENT = "department"
    SUPERIOR = "superior"


@dataclass(frozen=True)
class CallBackRule:
    """Whose the call is, and who else is asked. ``owners`` are the roles that take such a call over
    where its person is gone, and that a department is asked through; ``supervisors`` hear that one
    is late, and call one off. ``time`` counts by the calendar of whoever calls."""

    called_by: CalledBy
    asked: Asked
    owners: tuple[Role, ...]
    supervisors: tuple[Role, ...]
    time: ClockRule

    @property
    def names_department(self) -> bool:
        """Whether the promise has to say which department it concerns."""
        return self.called_by is CalledBy.COLLEAGUE or self.asked is Asked.DEPARTMENT


class PromiseMissing(Invalid):
    """The script promises a call, and nobody is named who will make it (K-24)."""

    code = "promise_missing"


class NothingPromised(Invalid):
    """The script promises no call."""

    code = "nothing_promised"


class PromiseUnfit(Invalid):
    """What has to be said of a call that is promised is missing, or there is something that it has
    no use for; each is named."""

    code = "promise_unfit"


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What is said of a call when it is promised: what about, in which case or to whom, and which
    department or colleague it concerns."""

    matter: str
    case_id: UUID | None = None
    customer_id: UUID | None = None
    caller_name: str | None = None
    caller_phone: str | None = None
    department: str | None = None
    owner_id: UUID | None = None

    def check(self, rule: Ruling[CallBackRule]) -> None:
        """Raises PromiseUnfit."""
        errors = dict(self._errors(rule.value))
        if errors:
            raise PromiseUnfit(
                "So it cannot be promised.", because=rule.because, errors={"call_back": errors}
            )

    def _errors(self, rule: CallBackRule) -> Iterator[tuple[str, list[str]]]:
        if rule.names_department and not self.department:
            yield "department", ["Say which department it concerns."]
        if self.department and not rule.names_department:
            yield "department", ["This promise concerns no department."]
        if self.owner_id and rule.called_by is CalledBy.SPEAKER:
            yield "owner_id", ["Whoever says this calls back himself."]
        if not self.case_id and not self.caller_phone:
            yield "caller_phone", ["Without a case, say how the caller is reached."]


def check_promise(script: Ruling[Script], promised: Promise | None) -> None:
    """A script that promises a call goes with a promise, and no other does.

    Raises PromiseMissing, NothingPromised.
    """
    promises = script.value.situation in PROMISING
    if promises and promised is None:
        raise PromiseMissing("Say what the promised call is about.", because=script.because)
    if promised is not None and not promises:
        raise NothingPromised("This script promises no call.", because=script.because)
