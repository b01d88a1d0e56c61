"""What goes over HTTP about what customers are entitled to."""

from marshmallow import Schema, fields

from customer.api.benefit_schemas import GrantedBenefitSchema
from shared.web.schemas import BecauseSchema


class EntitlementSchema(Schema):
    """What one grade of a customer entitles and obliges him to."""

    unit = fields.String(required=True)
    scheme = fields.String(required=True)
    product = fields.String(required=True)
    grade = fields.String(required=True)
    rights = fields.List(fields.String(), required=True)
    priorities = fields.List(fields.String(), required=True)
    obligations = fields.List(fields.String(), required=True)
    vip_discount = fields.Boolean(required=True)
    because = fields.List(fields.Nested(BecauseSchema), required=True)


class ServiceSchemeSchema(Schema):
    """How a customer is served, as the packs of his unit bind it to his class."""

    scheme = fields.String(required=True)
    title = fields.String(required=True)
    package = fields.List(fields.String(), required=True)
    channels = fields.List(fields.String(), required=True)
    offers = fields.List(fields.String(), required=True)
    because = fields.Nested(BecauseSchema, required=True)


class EntitlementsSchema(Schema):
    """What a customer is entitled to, grade by grade, what he is given, and how he is served."""

    items = fields.List(fields.Nested(EntitlementSchema), required=True)
    benefits = fields.List(fields.Nested(GrantedBenefitSchema), required=True)
    service_schemes = fields.List(fields.Nested(ServiceSchemeSchema), required=True)
