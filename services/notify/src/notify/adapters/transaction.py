"""One business transaction of notify: its repositories, and the policy that holds in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, time
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import select

from notify.adapters.blacklist import Blacklist
from notify.adapters.care_dates import CareDates
from notify.adapters.care_tasks import CareTasks
from notify.adapters.circles import Circles
from notify.adapters.contacts import Contacts
from notify.adapters.hearings import Hearings
from notify.adapters.messages import Messages
from notify.adapters.newsletters import Newsletters
from notify.adapters.opt_out_links import OptOutLinks
from notify.adapters.preferences import PreferenceRows
from notify.adapters.promotion_consents import PromotionConsents
from notify.adapters.reach import LostAddresses
from notify.adapters.staff import Staff
from notify.adapters.standings import Standings
from notify.adapters.subscriptions.carrying import Carrying
from notify.adapters.subscriptions.deliveries import Deliveries
from notify.adapters.subscriptions.endpoints import Endpoints
from notify.adapters.templates import Templates
from notify.domain.care_rules import MESSAGE, CareTaskRule, GreetingRule
from notify.domain.contacts import Contact
from notify.domain.decency import CapRule, Guard, GuardRule, QuietRule, Recipient
from notify.domain.digests import DigestRule
from notify.domain.messages import Purpose
from notify.domain.newsletters import NewsletterRule
from notify.domain.notice_rules import NoticeRule, SmsTemplateRule
from notify.domain.occasions import CareDayRule, Festival
from notify.domain.scripts import ScriptRule
from notify.domain.sms_lengths import SmsLimit
from notify.domain.subscriptions.terms import Terms
from shared.envelope import Carried
from shared.org_units import CalendarMissing, calendar_of, chain, tops
from shared.phrases import BannedPhrase
from shared.policy import Policies, Rulebook
from shared.rules import Ruling
from shared.tables import outbox
from shared.transaction import Transaction


@dataclass
class NotifyTransaction(Transaction):
    """``rulebook`` is what the service knows of policy; main.py makes it once. ``terms`` are what
    its settings say of subscriptions, ``public_url`` where strangers reach it."""

    rulebook: Rulebook = field(kw_only=True)
    terms: Terms = field(default=Terms(), kw_only=True)
    public_url: str = field(default="", kw_only=True)

    def carry(self, events: Sequence[Carried]) -> None:
        """Enter what other systems get of these events."""
        self._carrying.enter(events, self.now)

    def last_told(self, subject: str) -> UUID:
        """The id of the last event of a subject that this service told and flushed."""
        of = outbox.c
        query = select(of.event_id).where(of.subject == subject).order_by(of.sequence.desc())
        found: UUID = self.session.scalars(query.limit(1)).one()
        return found

    def settle(self) -> None:
        """Handlers of notify ask for what others wrote by queries that flush by themselves, or look
        at what waits to be written, so that the lines of many events go into the ledger together.
        """
        if self._told:
            self.flush()
            return
        self._settled += self._notes
        self._notes = []

    @cached_property
    def contacts(self) -> Contacts:
        return Contacts(self.session)

    @cached_property
    def hearings(self) -> Hearings:
        return Hearings(self.session)

    @cached_property
    def lost_addresses(self) -> LostAddresses:
        return LostAddresses(self.session)

    @cached_property
    def messages(self) -> Messages:
        return Messages(self.session)

    @cached_property
    def blacklist(self) -> Blacklist:
        return Blacklist(self.session)

    @cached_property
    def preferences(self) -> PreferenceRows:
        return PreferenceRows(self.session)

    @cached_property
    def standings(self) -> Standings:
        return Standings(self.session)

    @cached_property
    def staff(self) -> Staff:
        return Staff(self.session)

    @cached_property
    def circles(self) -> Circles:
        return Circles(self.session)

    @cached_property
    def care_dates(self) -> CareDates:
        return CareDates(self.session)

    @cached_property
    def care_tasks(self) -> CareTasks:
        return CareTasks(self.session)

    @cached_property
    def newsletters(self) -> Newsletters:
        return Newsletters(self.session)

    @cached_property
    def promotion_consents(self) -> PromotionConsents:
        return PromotionConsents(self.session)

    @cached_property
    def opt_out_links(self) -> OptOutLinks:
        return OptOutLinks(self.session, self.public_url)

    @cached_property
    def templates(self) -> Templates:
        return Templates(self.session)

    @cached_property
    def endpoints(self) -> Endpoints:
        return Endpoints(self.session)

    @cached_property
    def deliveries(self) -> Deliveries:
        return Deliveries(self.session)

    @cached_property
    def policies(self) -> Policies:
        return Policies(self.rulebook, self.session)

    @cached_property
    def _carrying(self) -> Carrying:
        return Carrying(self.session)

    def greeting(self, occasion: str, *, contact: Contact) -> Ruling[GreetingRule] | None:
        """How the unit of a contact greets him on an occasion, or None when it does not.

        Raises UnitUnknown.
        """
        found: list[Ruling[GreetingRule]] = self._care("greetings", occasion, contact)
        return found[0] if found else None

    def care_tasks_for(self, occasion: str, *, contact: Contact) -> list[Ruling[CareTaskRule]]:
        """What the staff does for a contact on an occasion: one ruling for each action.

        Raises UnitUnknown.
        """
        first: dict[str, Ruling[CareTaskRule]] = {}
        for ruling in self._care("care_tasks", occasion, contact):
            first.setdefault(ruling.value.action, ruling)
        return [*first.values()]

    def care_times(self, *, unit: str) -> list[tuple[str, time, int, frozenset[str]]]:
        """What ``unit`` does for whom, at which local time, how many days ahead, and for which
        occasions; whoever it is for. Raises UnitUnknown."""
        found = []
        for pack in self.policies.packs(unit=unit, on=self._today(unit)):
            for section in ("greetings", "care_tasks"):
                held = pack.sections.get(section)
                for rule in held.rules if held else ():
                    what, lead = MESSAGE, 0
                    if isinstance(rule.value, CareTaskRule):
                        what, lead = rule.value.action.value, rule.value.lead_days
                    occasions = frozenset(str(one) for one in rule.when["occasion"])
                    found.append((what, rule.value.at, lead, occasions))
        return found

    def festivals(self, *, unit: str) -> list[Ruling[Festival]]:
        """The festivals of ``unit``, those of the pack activated first before all others.

        Raises UnitUnknown.
        """
        return self.policies.rulings("festivals", unit=unit, on=self._today(unit))

    def newsletter(self, topic: str, *, unit: str) -> Ruling[NewsletterRule] | None:
        """How ``unit`` sends newsletters about a topic. Raises UnitUnknown."""
        found = self.policies.rulings("newsletters", unit=unit, on=self._today(unit), topic=topic)
        return found[0] if found else None

    def audience_facts(self, contact: Contact) -> dict[str, Any]:
        """What packs and newsletters tell the contacts of a unit apart by. Raises UnitUnknown."""
        units = chain(self.session, contact.org_unit or "")
        return self.standings.of(contact.customer_id).facts(units)

    def care_day(self, *, unit: str) -> Ruling[CareDayRule] | None:
        """What is said when several occasions fall on one day. Raises UnitUnknown."""
        found = self.policies.rulings("care_days", unit=unit, on=self._today(unit))
        return found[0] if found else None

    def notices(self, event: str, *, unit: str, facts: dict[str, Any]) -> list[Ruling[NoticeRule]]:
        """Who is told of an event in ``unit``, in the order of the pack. Raises UnitUnknown."""
        today = self._today(unit)
        return self.policies.rulings("notices", unit=unit, on=today, event=event, **facts)

    def guard(self, guard: Guard, *, purpose: Purpose, unit: str) -> Ruling[GuardRule] | None:
        """What of ``unit`` says that a guard stops messages of a purpose. Raises UnitUnknown."""
        found = self.policies.rulings("guards", unit=unit, on=self._today(unit), guard=guard)
        return next((one for one in found if purpose in one.value.purposes), None)

    def quiet_hours(
        self, recipient: Recipient, *, purpose: Purpose, reason: str, unit: str
    ) -> Ruling[QuietRule] | None:
        """When ``unit`` says nothing that can wait. Raises UnitUnknown."""
        found = self.policies.rulings(
            "quiet_hours",
            unit=unit,
            on=self._today(unit),
            recipient=recipient,
            purpose=purpose,
            reason=reason,
        )
        return found[0] if found else None

    def digest(self, recipient: Recipient, *, reason: str, unit: str) -> Ruling[DigestRule] | None:
        """When ``unit`` says what it collects of a reason. Raises UnitUnknown."""
        found = self.policies.rulings(
            "digests", unit=unit, on=self._today(unit), recipient=recipient, reason=reason
        )
        return found[0] if found else None

    def caps(self, recipient: Recipient, *, purpose: Purpose, unit: str) -> list[Ruling[CapRule]]:
        """How much ``unit`` says to one person on one day. Raises UnitUnknown."""
        return self.policies.rulings(
            "caps", unit=unit, on=self._today(unit), recipient=recipient, purpose=purpose
        )

    def script(self, script: str, *, unit: str) -> Ruling[ScriptRule]:
        """How a script is sent in ``unit``. Raises PolicyMissing where no pack of it has such a
        script, UnitUnknown."""
        return self.policies.ruling("scripts", unit=unit, on=self._today(unit), script=script)

    def sms_template(
        self, template: str, *, language: str, unit: str
    ) -> Ruling[SmsTemplateRule] | None:
        """What the provider of short messages has on file for a template. Raises UnitUnknown."""
        found = self.policies.rulings(
            "sms_templates",
            unit=unit,
            on=self._today(unit),
            template=template,
            language=language,
        )
        return found[0] if found else None

    def sms_limit(self, unit: str) -> Ruling[SmsLimit] | None:
        """How long a short message of ``unit`` may be. Raises UnitUnknown."""
        found = self.policies.rulings("sms_limits", unit=unit, on=self._today(unit))
        return found[0] if found else None

    def sms_limits_of_company(self) -> list[SmsLimit]:
        """How long short messages may be by the packs of its topmost units."""
        found = (self.sms_limit(unit) for unit in tops(self.session))
        return [one.value for one in found if one]

    def banned(self, unit: str) -> list[Ruling[BannedPhrase]]:
        """What nobody of ``unit`` may say to a customer. Raises UnitUnknown."""
        return self.policies.rulings("phrases", unit=unit, on=self._today(unit))

    def banned_of_company(self) -> list[Ruling[BannedPhrase]]:
        """What may be said nowhere in the company, by the packs of its topmost units."""
        return [one for unit in tops(self.session) for one in self.banned(unit)]

    def _care(self, section: str, occasion: str, contact: Contact) -> list[Ruling[Any]]:
        unit = contact.org_unit or ""
        facts = {"occasion": occasion, **self.audience_facts(contact)}
        return self.policies.rulings(section, unit=unit, on=self._today(unit), **facts)

    def _today(self, unit: str) -> date:
        """The local date of the unit; that of UTC where no calendar tells a zone."""
        try:
            zone = calendar_of(self.session, unit).timezone
        except CalendarMissing:
            return self.now.astimezone(UTC).date()
        return self.now.astimezone(zone).date()
