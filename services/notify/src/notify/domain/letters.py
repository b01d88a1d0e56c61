"""Letters and cards: messages on paper, in the order in which a reader finds things."""

from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from notify.domain.contacts import Contact
from notify.domain.delivery import PRINT
from notify.domain.messages import COURTESIES, Message


class Layout(StrEnum):
    """A letter for an envelope with a window (DIN 5008 B), or a card with the address on its
    back."""

    LETTER = "letter"
    CARD = "card"


@dataclass(frozen=True)
class Letter:
    """A message as it is printed for its recipient, in the zone where he is."""

    message: Message
    contact: Contact

    @property
    def layout(self) -> Layout:
        """What is said for courtesy is a card."""
        return Layout.CARD if self.message.purpose in COURTESIES else Layout.LETTER

    @property
    def day(self) -> str:
        """The day on which it was planned, as it stands on the paper."""
        planned = self.message.planned_at.astimezone(ZoneInfo(self.contact.zone))
        if (self.message.language or "").startswith("zh"):
            return f"{planned.year}年{planned.month}月{planned.day}日"
        return f"{planned:%Y-%m-%d}"

    @property
    def address(self) -> list[str]:
        """The lines that show through the window: the name, and where he is."""
        lines = (self.contact.address_on(PRINT) or "").splitlines()
        return [self.contact.name, *(line.strip() for line in lines if line.strip())]

    @property
    def paragraphs(self) -> list[str]:
        """What is said, without the lines that are empty."""
        return [line for line in (self.message.body or "").splitlines() if line.strip()]
