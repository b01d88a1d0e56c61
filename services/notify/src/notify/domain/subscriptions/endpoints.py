"""An endpoint: where another system takes events, which ones, and with what it verifies them."""

from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from notify.domain.events import WebhookDisabled, WebhookTested
from shared.rules import Invalid, RuleBroken, WrongState

SECRETS = 4  # Secrets that sign at once; the oldest falls out.
KEY_BYTES = range(24, 65)  # Standard Webhooks


class EndpointState(StrEnum):
    ENABLED = "enabled"
    DISABLED = "disabled"


class Command(StrEnum):
    CHANGE = "change"
    ROTATE = "rotate"
    ENABLE = "enable"
    DISABLE = "disable"
    TEST = "test"
    REDELIVER = "redeliver"
    REMOVE = "remove"


class WhyDisabled(StrEnum):
    BY_HAND = "by_hand"
    GONE = "gone"  # it answered 410
    FAILING = "failing"  # it took nothing for as long as deliveries are tried


ALWAYS = frozenset({Command.CHANGE, Command.ROTATE, Command.REMOVE})
COMMANDS: Mapping[EndpointState, frozenset[Command]] = {
    EndpointState.ENABLED: ALWAYS | {Command.DISABLE, Command.TEST, Command.REDELIVER},
    EndpointState.DISABLED: ALWAYS | {Command.ENABLE},
}


class SubscriptionExists(RuleBroken):
    """The unit gets the same events at the same URL already; ``subscription_id`` tells where."""

    code = "subscription_exists"


class EventTypeUnknown(Invalid):
    """An event type that there is not, or that is not told to systems outside."""

    code = "event_type_unknown"


class UrlRefused(Invalid):
    """The URL is none that one may post to."""

    code = "url_refused"


class OwnerUnknown(Invalid):
    """The owner is nobody of the staff of whom notify was told."""

    code = "owner_unknown"


@dataclass(frozen=True)
class Secret:
    """A key of Standard Webhooks; ``until`` is None for the present one."""

    key: str
    until: datetime | None = None

    def signs(self, now: datetime) -> bool:
        return self.until is None or self.until > now


@dataclass(eq=False, kw_only=True)
class Endpoint:
    """``org_unit``: it gets the events of this unit and of those below it, and where it is a
    topmost one also those that name no unit. ``owner_id`` is told when it is disabled.

    ``failing_since`` (nothing was taken since) and ``served_at`` (it was last given something),
    both real time, and ``slow`` (it did not answer yet, or took long when it last did) serve the
    sender.
    """

    id: UUID
    url: str
    description: str
    event_types: tuple[str, ...]
    org_unit: str
    ordered: bool
    owner_id: UUID
    secrets: tuple[Secret, ...]
    created_at: datetime
    changed_at: datetime
    state: EndpointState = EndpointState.ENABLED
    state_reason: str | None = None
    failing_since: datetime | None = None
    served_at: datetime | None = None
    slow: bool = True
    version: int = 1

    @property
    def key(self) -> str:
        """The subject of its events and of its audit entries."""
        return f"subscription/{self.id}"

    def permit(self, command: Command) -> None:
        """Raises WrongState."""
        if command not in COMMANDS[self.state]:
            raise WrongState(f"The subscription is {self.state}.", state=self.state.value)

    def keys(self, now: datetime) -> tuple[str, ...]:
        """What signs at ``now``: the present secret first, then those that were replaced."""
        return tuple(one.key for one in self.secrets if one.signs(now))

    def change(self, now: datetime, **values: object) -> None:
        """Take over what is given of url, description, event_types, ordered, owner_id."""
        self.permit(Command.CHANGE)
        for name, value in values.items():
            setattr(self, name, value)
        self._changed(now)

    def rotate(self, key: str, *, now: datetime, overlap: timedelta) -> None:
        """Sign with ``key``; those before go on to sign for ``overlap``."""
        self.permit(Command.ROTATE)
        before = [one for one in self.secrets if one.signs(now) and one.key != key]
        ending = (replace(one, until=one.until or now + overlap) for one in before)
        self.secrets = (Secret(key), *ending)[:SECRETS]
        self._changed(now)

    def enable(self, now: datetime) -> None:
        """Go on with what waits."""
        self.permit(Command.ENABLE)
        self.state, self.state_reason = EndpointState.ENABLED, None
        self.failing_since, self.slow = None, True
        self._changed(now)

    def disable(self, why: WhyDisabled, now: datetime) -> WebhookDisabled:
        """Send nothing more; what is told meanwhile waits."""
        self.permit(Command.DISABLE)
        self.state, self.state_reason = EndpointState.DISABLED, why.value
        self._changed(now)
        return WebhookDisabled(
            subscription_id=self.id,
            org_unit=self.org_unit,
            owner_id=self.owner_id,
            reason=why.value,
            disabled_at=now,
        )

    def test(self) -> WebhookTested:
        """An event that this endpoint alone gets, whatever types it asked for."""
        self.permit(Command.TEST)
        return WebhookTested(subscription_id=self.id, org_unit=self.org_unit)

    def _changed(self, now: datetime) -> None:
        self.changed_at = now
        self.version += 1


def is_secret(text: str) -> bool:
    """Whether ``text`` is a key as Standard Webhooks asks for: 24 to 64 bytes in base64, behind
    ``whsec_`` or alone."""
    try:
        return len(b64decode(text.removeprefix("whsec_"), validate=True)) in KEY_BYTES
    except ValueError:
        return False
