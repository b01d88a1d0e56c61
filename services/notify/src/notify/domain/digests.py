"""What can wait is said once a day, in one message with a list (CM-18)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from notify.domain.decency import ONE_DAY, instants
from notify.domain.message_states import Command, State
from notify.domain.templates import Wording
from shared.placeholders import PASSAGE_LENGTH

DIGEST = "digest"  # the reason of such a message
DIGEST_TEMPLATES = ("digest",)
MOST_OF_ONE = 1000  # characters of one message in a list
NUMBERING = 8  # characters before and behind each: room for five digits
# What becomes of what stands in a digest when the digest itself comes to a state, in this order of
# preference: a command that the state of a line does not take is passed over.
FOLLOWS: Mapping[State, tuple[Command, ...]] = {
    State.SENT: (Command.CARRY, Command.DELIVER),
    State.DELIVERED: (Command.CONFIRM,),
    State.FAILED: (Command.DROP, Command.BOUNCE),
    State.UNKNOWN: (Command.DOUBT,),
    State.SUPPRESSED: (Command.SUPPRESS,),
    State.CANCELLED: (Command.CANCEL,),
}


@dataclass(frozen=True, kw_only=True)
class DigestRule:
    """What is collected is said at ``at`` by the clock of the recipient, over these channels;
    ``valid_hours`` later it is not worth saying any more."""

    at: time
    template: str
    channels: tuple[str, ...]
    valid_hours: int

    def next(self, now: datetime, zone: str) -> datetime:
        """The first instant (UTC) later than ``now`` at which what was collected is said."""
        here = ZoneInfo(zone)
        today = now.astimezone(here).date()
        days = (today, today + ONE_DAY, today + 2 * ONE_DAY)
        return min(one for day in days for one in instants(day, self.at, here) if one > now)

    def expires(self, now: datetime) -> datetime:
        """Until when a digest of ``now`` is worth saying."""
        return now.astimezone(UTC) + timedelta(hours=self.valid_hours)


def line_of(wording: Wording, *, name: str) -> str:
    """A message as it stands in a digest; what greets ``name`` stands at its head alone."""
    lines = wording.body.strip().splitlines()
    said = lines[1:] if lines and name in lines[0] and len(lines) > 1 else lines
    text = "\n   ".join((wording.title, *said))
    return text if len(text) <= MOST_OF_ONE else f"{text[: MOST_OF_ONE - 1]}…"


def portions(lines: Sequence[str]) -> Iterator[Sequence[int]]:
    """Which lines stand together in one message, so that none is cut off."""
    some: list[int] = []
    room = PASSAGE_LENGTH
    for index, line in enumerate(lines):
        needed = len(line) + NUMBERING
        if some and needed > room:
            yield some
            some, room = [], PASSAGE_LENGTH
        some.append(index)
        room -= needed
    if some:
        yield some


def numbered(lines: Sequence[str]) -> str:
    """The lines of a digest one below the other."""
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))
