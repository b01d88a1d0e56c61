"""The one place where the parts of notify are put together."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import cast

from sqlalchemy.orm import Session

from notify import api
from notify.adapters.care_dates import care_dates
from notify.adapters.channels.aliyun import AliyunAccount, AliyunGateway
from notify.adapters.channels.log import LogChannel
from notify.adapters.channels.posting import Poster
from notify.adapters.channels.robots import RobotChannel
from notify.adapters.channels.sms import Gateway, SmsChannel
from notify.adapters.channels.smtp import SmtpChannel, SmtpServer
from notify.adapters.channels.tencent import TencentAccount, TencentGateway
from notify.adapters.channels.webhook import WebhookChannel
from notify.adapters.contacts import contacts
from notify.adapters.hearings import AGING
from notify.adapters.letters import LetterPress
from notify.adapters.message_table import messages
from notify.adapters.messages import pending
from notify.adapters.newsletters import newsletters
from notify.adapters.subscriptions.calling import Caller
from notify.adapters.subscriptions.deliveries import old_deliveries, undelivered
from notify.adapters.subscriptions.tables import attempts, subscriptions
from notify.adapters.transaction import NotifyTransaction
from notify.api.policies import PACKS, SECTIONS
from notify.consumers import SUBSCRIPTIONS, TIMERS
from notify.consumers.deliverer import Deliverer
from notify.consumers.receipts import Asker
from notify.consumers.sender import Sender
from notify.domain.delivery import PRINT, SMS, Channel, Desk, Reporter
from notify.settings import Settings
from shared.clock import Clock, SystemClock
from shared.policy import Rulebook
from shared.runtime import Parts, Service, makers
from shared.web.kit import Kit
from shared.worker import Job

RULEBOOK = Rulebook.load("notify", SECTIONS, default=PACKS)
SENDER_REST_SECONDS = 0.2
ASKER_REST_SECONDS = 5.0
DELIVERER_REST_SECONDS = 0.2


def create_jobs(parts: Parts) -> Sequence[Job]:
    """The loops that send messages, ask what became of them, and deliver events to other systems;
    retries, leases and questions go by real time."""
    settings = cast(Settings, parts.settings)
    real = parts.clock if isinstance(parts.clock, SystemClock) else SystemClock()
    desk = create_desk(settings, real)
    sender = Sender(
        sessions=parts.sessions,
        begin=parts.begin,
        clock=parts.clock,
        real=real,
        desk=desk,
        hands=settings.senders,
    )
    asker = Asker(begin=parts.begin, clock=parts.clock, real=real, desk=desk)
    return [
        Job("sender", sender.send_next, rest=SENDER_REST_SECONDS),
        Job("receipts", asker.ask_next, rest=ASKER_REST_SECONDS),
        _deliveries(parts, settings, real),
    ]


def _deliveries(parts: Parts, settings: Settings, real: Clock) -> Job:
    """The loop that delivers events to other systems."""
    deliverer = Deliverer(
        sessions=parts.sessions,
        begin=parts.begin,
        clock=parts.clock,
        real=real,
        caller=Caller(now=real.now, allow_loopback=settings.webhook_allow_loopback),
        senders=settings.subscription_senders,
    )
    return Job("deliveries", deliverer.deliver_next, rest=DELIVERER_REST_SECONDS)


def unfinished(session: Session, now: datetime) -> int:
    """How many messages and deliveries can be carried out at once."""
    return pending(session, now) + undelivered(session)


def create_desk(settings: Settings, real: Clock) -> Desk:
    """The channels that ``settings`` switch on."""
    channels: dict[str, Channel] = {"log": LogChannel()}
    if settings.smtp_url:
        server = SmtpServer.from_url(settings.smtp_url)
        channels["smtp"] = SmtpChannel(server, sender=settings.smtp_from)
    if settings.webhook_secret:
        channels["webhook"] = WebhookChannel(
            *settings.webhook_secrets,
            now=real.now,
            allow_loopback=settings.webhook_allow_loopback,
        )
    for name in settings.robot_channels:
        channels[name] = RobotChannel(
            name, now=real.now, allow_loopback=settings.webhook_allow_loopback
        )
    reporters: dict[str, Reporter] = {}
    if settings.sms_gateway:
        channels[SMS] = reporters[SMS] = _sms(settings, real)
    by_hand = frozenset({PRINT}) if settings.print_sender else frozenset()
    return Desk(channels, settings.fallback, reporters, by_hand)


def _sms(settings: Settings, real: Clock) -> SmsChannel:
    """The channel for short messages."""
    poster = Poster(SMS, theirs=False, allow_loopback=settings.webhook_allow_loopback)
    gateway: Gateway
    if settings.sms_gateway == "tencent":
        gateway = TencentGateway(_tencent_account(settings), poster, now=real.now)
    else:
        gateway = AliyunGateway(_aliyun_account(settings), poster, now=real.now)
    return SmsChannel(gateway, now=real.now)


def _aliyun_account(settings: Settings) -> AliyunAccount:
    return AliyunAccount(
        endpoint=settings.sms_url,
        key_id=settings.sms_key_id,
        key_secret=settings.sms_key_secret,
        sign_name=settings.sms_sign_name,
    )


def _tencent_account(settings: Settings) -> TencentAccount:
    return TencentAccount(
        endpoint=settings.sms_url,
        key_id=settings.sms_key_id,
        key_secret=settings.sms_key_secret,
        app_id=settings.sms_app_id,
        region=settings.sms_region,
        sign_name=settings.sms_sign_name,
    )


def desk_of(kit: Kit) -> Desk:
    """The channels as a web process knows them: to say which one follows, not to send."""
    return create_desk(cast(Settings, kit.settings), SystemClock())


def press_of(kit: Kit) -> LetterPress:
    """What letters are printed by."""
    settings = cast(Settings, kit.settings)
    return LetterPress(settings.print_sender, settings.font_paths)


SERVICE = Service(
    name="notify",
    package="notify",
    title="Huiyin notify",
    settings=Settings,
    transaction=partial(NotifyTransaction, rulebook=RULEBOOK),
    blueprints=api.blueprints(RULEBOOK, desk_of, press_of),
    subscriptions=SUBSCRIPTIONS,
    timers=TIMERS,
    encrypted=(care_dates, contacts, messages, newsletters, subscriptions, attempts),
    aging=lambda settings: (AGING, *old_deliveries(settings.terms.kept)),
    jobs=create_jobs,
    unfinished=unfinished,
    given=lambda settings: {"terms": settings.terms, "public_url": settings.public_url},
)

create_parts, create_app, create_worker, create_relay = makers(SERVICE)
