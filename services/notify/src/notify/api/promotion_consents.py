"""Who asked for promotions, over HTTP (CM-18)."""

from typing import Any
from uuid import UUID

from notify.adapters.promotion_consents import PromotionConsents, promotion_consents
from notify.api.access import CARE_DOERS, CARE_READERS
from notify.api.care_schemas import (
    GivePromotionConsentSchema,
    OfContactArgs,
    PromotionConsentSchema,
    WithdrawPromotionConsentSchema,
)
from notify.domain.promotion_consents import PromotionConsent
from notify.use_cases import promotion_consents as use_cases
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import page
from shared.web.schemas import page_schema


def blueprint() -> Blueprint:
    """Consents to promotions."""
    blp = Blueprint("promotion_consents", __name__, description="Who asked for promotions")

    @blp.post("/v1/promotion-consents")
    @allow(*CARE_DOERS)
    @command
    @blp.arguments(GivePromotionConsentSchema)
    @blp.response(201, PromotionConsentSchema)
    def give_promotion_consent(asked: dict[str, Any]) -> PromotionConsent:
        """Keep that a contact asked for promotions."""
        contact = tx().contacts.seen(asked.pop("contact_id"), unit=principal().unit)
        return use_cases.give_consent(tx(), contact, **asked)

    @blp.get("/v1/promotion-consents")
    @allow(*CARE_READERS)
    @query
    @blp.arguments(OfContactArgs, location="query")
    @blp.response(200, page_schema(PromotionConsentSchema))
    def list_promotion_consents(args: dict[str, Any]) -> dict[str, Any]:
        """The consents in the caller's unit and in those below it, oldest first."""
        of = PromotionConsents(session())
        seen = of.listed(unit=principal().unit, contact_id=args["contact_id"])
        return page(seen, key=[promotion_consents.c.id], args=args, session=session())

    @blp.post("/v1/promotion-consents/<uuid:consent_id>/withdrawals")
    @allow(*CARE_DOERS)
    @command
    @blp.arguments(WithdrawPromotionConsentSchema)
    @blp.response(200, PromotionConsentSchema)
    def withdraw_promotion_consent(_asked: dict[str, Any], consent_id: UUID) -> PromotionConsent:
        """End a consent; what it alone allowed and still waits is not sent any more."""
        found: PromotionConsent = tx().promotion_consents.get(consent_id, unit=principal().unit)
        return use_cases.withdraw_consent(tx(), found)

    return blp
