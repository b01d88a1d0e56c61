"""The queue of commands of a device that works where no network reaches.

A device numbers its commands from 1 without gaps. They are carried out in that order, each once,
however often and in whatever order they arrive; a command before which others are missing waits.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.rules import Forbidden, RuleBroken


class DeviceOfAnother(Forbidden):
    """A device belongs to the person who used it first."""

    code = "device_of_another"


class DeviceRevoked(Forbidden):
    """The device was lost, or given back: nothing that it sends counts."""

    code = "device_revoked"


class QueueFull(RuleBroken):
    """Too many commands of the device wait for one that is missing; nothing was taken."""

    code = "queue_full"


class TooManyDevices(RuleBroken):
    """The person has too many devices; one that is out of use is to be revoked first."""

    code = "too_many_devices"


@dataclass(eq=False, kw_only=True)
class CommandQueue:
    """The queue of one device, which belongs to one person. ``answered`` is the sequence up to
    which all commands were answered."""

    id: UUID
    person_id: UUID
    first_used_at: datetime
    last_used_at: datetime
    answered: int = 0
    revoked_at: datetime | None = None
    revoked_by: UUID | None = None

    @property
    def next_sequence(self) -> int:
        """The sequence of the command that is carried out next."""
        return self.answered + 1

    def check_owner(self, person_id: UUID) -> None:
        """Raises DeviceOfAnother."""
        if person_id != self.person_id:
            raise DeviceOfAnother("this device belongs to somebody else")

    def check_in_use(self) -> None:
        """Raises DeviceRevoked."""
        if self.revoked_at is not None:
            raise DeviceRevoked("this device was revoked")
