"""Customers with contacts and visits, and messages, made by the services' own commands."""

from datetime import timedelta
from uuid import UUID

from customer.domain.contacts import Unreachable
from customer.use_cases.contacts import lose_address
from notify.domain.contacts import Address, Contact, ContactKind
from notify.domain.messages import Intent, Urgency
from notify.domain.occasions import BIRTHDAY
from notify.use_cases.contacts import keep_contact
from notify.use_cases.planning import plan
from shared.ids import new_id
from shared.rules import Because
from shared.testing import define_company

from .cast import ABOVE, EMAIL, NOW, PERSON, PHONE, person_id, staff
from .customer_admission import on_their_way
from .customer_benefits import favoured
from .customer_blacklist import entries_of
from .customer_contracts import drafted
from .customer_exchange import allowed_out
from .customer_exits import parting
from .customer_file_fields import filed
from .customer_grading import follow_trial, graded
from .customer_interested_parties import interested
from .customer_overview import complained
from .customer_partners import partners
from .customer_talks import talked
from .customer_visits import heard, invited, planned
from .departments import SIDES, made, of_region, take_packs
from .notify_bounces import mailed
from .notify_care import cared
from .notify_hearings import told_of
from .notify_letters import printed
from .notify_subscriptions import subscribed
from .served import Served

CLAUSE = Because(pack="generic", version="1", clause="1", rule="CM-01")


def customer(served: Served) -> None:
    with served.parts.begin(now=NOW) as tx:
        define_company(tx.session)
        for person, role, unit in staff():
            tx.staff.keep(person, active=True, superior_id=None, posts=[(unit, role)])
    for region, unit in SIDES.items():
        rows = of_region(served, region)
        rows.update(unit=unit, region=region, **registered(served, region, unit))
        with served.parts.begin(now=NOW) as tx:
            tx.history.keep(
                UUID(rows["sent"]),
                customer_id=UUID(rows["customer"]),
                contact_id=UUID(rows["contact"]),
                occasion="birthday",
                year=2026,
                sent_at=NOW,
            )
    take_packs(served)


def registered(served: Served, region: str, unit: str) -> dict[str, str]:
    """A consumer with a contact and, because he buys much, a visit."""
    follow_trial(served, region)
    sales = served.acts("sales_team", unit=ABOVE)
    birthday = {"calendar": "solar", "month": 3, "day": 9}
    person = {"name": PERSON, "phone": PHONE, "email": EMAIL, "birthday": birthday}
    body = {
        "number": f"C-{unit}",
        "name": PERSON,
        "kind": "consumer",
        "annual_amount": "900",
        "org_unit": unit,
        "visitor_id": str(person_id("customer_service_team", region)),
        "contacts": [person],
        "duplicate_reason": "Another person with that telephone.",
    }
    customer_id = made(sales.post("/v1/customers", body))["customer_id"]
    contacts = sales.get(f"/v1/customers/{customer_id}/contacts").json["items"]
    unreached(served, contacts[0]["contact_id"])
    visits = sales.get(f"/v1/visits?customer_id={customer_id}").json["items"]
    admitting = on_their_way(served, region, unit)
    building = partners(served, unit)
    return {
        "customer": customer_id,
        "number": body["number"],
        "contact": contacts[0]["contact_id"],
        "visit": visits[0]["visit_id"],
        "sent": str(new_id()),
        **talked(served, region, unit, customer_id),
        **interested(served, unit),
        **allowed_out(served, region, customer_id),
        **drafted(served, customer_id, unit),
        **admitting,
        **entries_of(served, region, admitting["ward"]),
        **building,
        **favoured(served, admitting["ward"], building["favoured"]),
        **parting(served, region, admitting["ward"]),
        **complained(served, customer_id, unit),
        **graded(served, region, unit, customer_id),
        **filed(served, region, customer_id),
        **heard(served, region, unit),
        **invited(served, unit, visits[0]["visit_id"]),
        **planned(served, region, unit),
    }


def unreached(served: Served, contact_id: str) -> None:
    """Notify found nobody at the address of a contact."""
    with served.parts.begin(now=NOW) as tx:
        found = Unreachable(channel="smtp", cause="mailbox_unknown", since=NOW)
        lose_address(tx, contact_id=UUID(contact_id), found=found)


def notify(served: Served) -> None:
    with served.parts.begin(now=NOW) as tx:
        define_company(tx.session)
    for region, unit in SIDES.items():
        contact = new_id()
        with served.parts.begin(now=NOW) as tx:
            keep_contact(tx, known(contact, unit))
        with served.parts.begin(now=NOW) as tx:
            message = plan(tx, greeting(contact, unit))
        assert message is not None
        with served.parts.begin(now=NOW) as tx:
            care = cared(tx, contact)
        of_region(served, region).update(
            unit=unit,
            region=region,
            message=str(message.id),
            contact=str(contact),
            subject=message.subject,
            **told_of(served, unit),
            **mailed(served, unit),
            **printed(served, unit),
            **subscribed(served, region, unit),
            **care,
        )
    take_packs(served)


def known(contact: UUID, unit: str) -> Contact:
    return Contact(
        id=contact,
        kind=ContactKind.CUSTOMER_CONTACT,
        active=True,
        name=PERSON,
        language="zh-CN",
        zone="Asia/Shanghai",
        addresses=(Address("smtp", EMAIL), Address("sms", PHONE)),
        org_unit=unit,
        customer_id=new_id(),
    )


def greeting(contact: UUID, unit: str) -> Intent:
    return Intent(
        reason=BIRTHDAY,
        subject=f"contact/{contact}",
        occurrence="2026",
        person_id=contact,
        org_unit=unit,
        template="birthday_greeting",
        urgency=Urgency.NORMAL,
        route=("smtp",),
        words={},
        because=CLAUSE,
        expires_at=NOW + timedelta(days=1),
    )
