"""What somebody does not want to be told, and over which channels not (CM-18)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from notify.domain.messages import Message, Purpose


@dataclass(frozen=True, kw_only=True)
class OptOut:
    """``about`` is a purpose or a reason, None everything; ``channel`` None is by whatever way."""

    about: str | None
    channel: str | None

    def concerns(self, message: Message) -> bool:
        """Whether the message is of that kind."""
        return self.about in (None, message.purpose.value, message.reason)


@dataclass(eq=False, kw_only=True)
class Preferences:
    """What one person opted out of. What serves work that goes on is said all the same, over
    another channel where there is one."""

    person_id: UUID
    opt_outs: tuple[OptOut, ...] = ()
    version: int | None = None

    def refuse(self, message: Message, ways: Collection[str]) -> bool:
        """Whether a message is not wanted; ``ways`` are the channels that reach the person."""
        if message.purpose is Purpose.SERVICE:
            return False
        if any(one.channel is None and one.concerns(message) for one in self.opt_outs):
            return True
        return bool(ways) and self.avoided(message).issuperset(ways)

    def avoided(self, message: Message) -> frozenset[str]:
        """The channels over which the message is not to go."""
        return frozenset(
            one.channel for one in self.opt_outs if one.channel and one.concerns(message)
        )

    def in_order(self, message: Message, ways: Sequence[str]) -> tuple[str, ...]:
        """``ways`` with what is avoided at the end, or left out where the message is no service."""
        avoided = self.avoided(message)
        last = ways if message.purpose is Purpose.SERVICE else ()
        return tuple(dict.fromkeys((*(one for one in ways if one not in avoided), *last)))
