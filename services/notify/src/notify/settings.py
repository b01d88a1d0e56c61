"""Everything that may differ between two deployments of notify, read once at start."""

from collections.abc import Iterator
from dataclasses import dataclass
from email.headerregistry import Address
from typing import ClassVar

from notify.adapters.channels.smtp import SmtpServer, SmtpUrlInvalid
from notify.domain.delivery import CHANNELS, ROBOTS
from notify.domain.subscriptions.endpoints import is_secret
from notify.domain.subscriptions.terms import Terms
from shared.settings import ServiceSettings, SettingsFault

GATEWAYS = {
    "aliyun": "https://dysmsapi.aliyuncs.com/",
    "tencent": "https://sms.tencentcloudapi.com/",
}


@dataclass(frozen=True, kw_only=True)
class Settings(ServiceSettings):
    """Prefix ``NOTIFY_``; a channel without its settings is off.

    ``smtp_url`` is ``smtps://user:password@host:port``, ``smtp+starttls://...`` or ``smtp://...``
    (in clear, for a server on this machine); ``smtp_from`` is the sender's address.
    ``sms_gateway`` sends short messages (``aliyun``, ``tencent``) for the account of
    ``sms_key_id`` and ``sms_key_secret``, in the name of ``sms_sign_name``, at ``sms_endpoint``
    where that is another than the gateway's own; ``tencent`` knows the account's ``sms_app_id``,
    and has regions.
    ``webhook_secret`` signs webhooks (``whsec_`` and base64); of several, divided by commas, all
    do, while receivers change from one to the other. ``robots``, divided by commas, are
    the systems in whose groups robots speak. ``webhook_allow_loopback`` lets webhooks and robots go
    to this machine, also without TLS. ``print_sender`` switches letters and cards on, and
    is the line of the sender on them; ``font_paths`` are the folders of the fonts that they are
    printed in, divided as the operating system does. ``default_channels``, divided by commas,
    are for persons of whose own channels none is switched on; only ``log`` needs no address.
    ``public_url`` is where those who get mail reach this service: the address below which its
    ``/v1`` stands; it needs ``index_key``. Without it no promotion has a link to opt out by.
    ``senders`` is how many messages the channels of one process have in hand at once.
    ``subscription_*`` say how events are delivered to other systems (see ``Terms``), by how many
    threads (``subscription_senders``).
    """

    REQUIRED: ClassVar[tuple[str, ...]] = ("field_keys",)

    smtp_url: str = ""
    smtp_from: str = ""
    sms_gateway: str = ""
    sms_endpoint: str = ""
    sms_key_id: str = ""
    sms_key_secret: str = ""
    sms_sign_name: str = ""
    sms_app_id: str = ""
    sms_region: str = "ap-guangzhou"
    webhook_secret: str = ""
    webhook_allow_loopback: bool = False
    robots: str = ""
    print_sender: str = ""
    font_paths: str = "/usr/share/fonts/opentype/noto"
    default_channels: str = "log"
    public_url: str = ""
    senders: int = 8
    subscription_retry_hours: int = Terms.retry_hours
    subscription_overlap_hours: int = Terms.overlap_hours
    subscription_kept_days: int = Terms.kept_days
    subscription_senders: int = 8

    def __post_init__(self) -> None:
        """Raises SettingsFault, which names every setting that cannot be used and repeats none."""
        faults = [*self._mail_faults(), *self._sms_faults(), *self._other_faults()]
        if faults:
            raise SettingsFault("; ".join(faults))

    @property
    def fallback(self) -> tuple[str, ...]:
        """The channels of ``default_channels``."""
        return _names(self.default_channels)

    @property
    def sms_url(self) -> str:
        """Where the gateway is."""
        return self.sms_endpoint or GATEWAYS[self.sms_gateway]

    @property
    def robot_channels(self) -> tuple[str, ...]:
        """The channels of ``robots``."""
        return _names(self.robots)

    @property
    def webhook_secrets(self) -> tuple[str, ...]:
        """The secrets of ``webhook_secret``."""
        return _names(self.webhook_secret)

    @property
    def terms(self) -> Terms:
        """How events are delivered to other systems."""
        return Terms(
            retry_hours=self.subscription_retry_hours,
            overlap_hours=self.subscription_overlap_hours,
            kept_days=self.subscription_kept_days,
        )

    def _mail_faults(self) -> Iterator[str]:
        if not self.smtp_url:
            return
        try:
            SmtpServer.from_url(self.smtp_url)
        except (SmtpUrlInvalid, ValueError):
            yield "NOTIFY_SMTP_URL: cannot be read"
        try:
            Address(addr_spec=self.smtp_from)
        except (ValueError, IndexError):
            yield "NOTIFY_SMTP_FROM: not an address"

    def _sms_faults(self) -> Iterator[str]:
        if not self.sms_gateway:
            return
        if self.sms_gateway not in GATEWAYS:
            yield f"NOTIFY_SMS_GATEWAY: only {', '.join(GATEWAYS)}"
        of_tencent = ("sms_app_id", "sms_region") if self.sms_gateway == "tencent" else ()
        for name in ("sms_key_id", "sms_key_secret", "sms_sign_name", *of_tencent):
            if not getattr(self, name):
                yield f"NOTIFY_{name.upper()}: is missing"

    def _other_faults(self) -> Iterator[str]:
        if not all(is_secret(secret) for secret in self.webhook_secrets):
            yield "NOTIFY_WEBHOOK_SECRET: not whsec_ and 24 to 64 bytes in base64"
        yield from self._subscription_faults()
        if not set(self.fallback) <= set(CHANNELS):
            yield f"NOTIFY_DEFAULT_CHANNELS: only {', '.join(CHANNELS)}"
        if self.public_url and not self.index_key:
            yield "NOTIFY_PUBLIC_URL: needs NOTIFY_INDEX_KEY"
        if self.senders < 1:
            yield "NOTIFY_SENDERS: at least 1"
        if not set(self.robot_channels) <= set(ROBOTS):
            yield f"NOTIFY_ROBOTS: only {', '.join(ROBOTS)}"

    def _subscription_faults(self) -> Iterator[str]:
        least = {"retry_hours": 1, "overlap_hours": 0, "kept_days": 1, "senders": 2}
        for name, value in least.items():
            if getattr(self, f"subscription_{name}") < value:
                yield f"NOTIFY_SUBSCRIPTION_{name.upper()}: at least {value}"
        if self.subscription_kept_days * 24 <= self.subscription_retry_hours:
            yield "NOTIFY_SUBSCRIPTION_KEPT_DAYS: shorter than deliveries are tried"


def _names(text: str) -> tuple[str, ...]:
    """What stands between the commas of ``text``."""
    named = (name.strip() for name in text.split(","))
    return tuple(name for name in named if name)
