"""What goes over HTTP when everything of one customer is shown: answers."""

from marshmallow import Schema, fields

from customer.api.admission_schemas import AdmissionSchema
from customer.api.blacklist_schemas import SharedEntrySchema
from customer.api.complaint_schemas import KnownComplaintSchema, KnownWorkOrderSchema
from customer.api.contact_schemas import ContactSchema, SentSchema
from customer.api.contract_schemas import ContractSchema
from customer.api.customer_schemas import CustomerSchema
from customer.api.document_schemas import DocumentSchema
from customer.api.exit_schemas import ExitCaseSchema
from customer.api.gathering_schemas import GatheringSchema
from customer.api.grade_schemas import ShownGrades
from customer.api.issue_schemas import IssueSchema
from customer.api.need_schemas import NeedSchema
from customer.api.partner_schemas import PartnerFormSchema
from customer.api.texts import Amount
from customer.api.visit_schemas import VisitSchema
from customer.domain.file_states import FileState
from customer.domain.memberships import Standing
from shared.web.schemas import AwareTime
from shared.web.timeline import TimelineItemSchema


def _listed(schema: type[Schema]) -> fields.List[object]:
    return fields.List(fields.Nested(schema), required=True)


class MasterDataSchema(CustomerSchema):
    """Who the customer is; his grades stand beside it."""

    class Meta:
        exclude = ("grades",)


class VisitInBriefSchema(VisitSchema):
    """A visit without its report."""

    class Meta:
        exclude = ("report",)


class BasicDataSchema(Schema):
    """Who the customer is, and whom one speaks with."""

    customer = fields.Nested(MasterDataSchema, required=True)
    contacts = _listed(ContactSchema)


class FileInBriefSchema(Schema):
    """How far the file is; what stands in it is read by itself."""

    number = fields.String(required=True, allow_none=True)
    state = fields.Enum(FileState, by_value=True, required=True)
    completed_at = AwareTime(required=True, allow_none=True)
    reviewed_at = AwareTime(required=True, allow_none=True)
    review_due_at = AwareTime(required=True, allow_none=True)


class AdmissionInBriefSchema(AdmissionSchema):
    """How the customer stands with a unit that admits customers, and what it found lacking."""

    class Meta:
        exclude = ("steps", "assessments")


class PartnerFormInBriefSchema(PartnerFormSchema):
    """How far the form of a partner is."""

    class Meta:
        exclude = ("findings", "explanation")


class ListedSchema(SharedEntrySchema):
    """A blacklist on which the customer stands, or for which he was reported; while a return is
    under way its state is ``return_review``."""

    class Meta:
        exclude = ("customer_id", "customer_name")

    entry_id = fields.UUID(required=True, attribute="id")


class ExitInBriefSchema(ExitCaseSchema):
    """A proposal to part with the customer, or to go on otherwise, without its words."""

    class Meta:
        exclude = ("reason", "evidence", "strategy", "opinion", "decided_by", "decided_at")


class IssueInBriefSchema(IssueSchema):
    """Something that he raised and that is not closed, without the answer."""

    class Meta:
        exclude = ("text", "answer_text")


class NeedInBriefSchema(NeedSchema):
    """A need that some department has not acknowledged, without its words."""

    class Meta:
        exclude = ("text", "expectation")


class GatheringInBriefSchema(GatheringSchema):
    """A gathering to which he is invited, without the others and without its plan."""

    class Meta:
        fields = ("gathering_id", "org_unit", "kind", "title", "planned_on", "held_on", "state")


class MembershipSchema(Schema):
    """In whose customer base he stands, and who cares for him there full-time."""

    unit = fields.String(required=True)
    standing = fields.Enum(Standing, by_value=True, required=True)
    owner_id = fields.UUID(required=True, allow_none=True)
    since = AwareTime(required=True)


class PurchasesSchema(Schema):
    """What he bought in the year up to his last purchase, in 10,000 yuan."""

    amount = Amount(required=True)
    frequency = fields.Integer(required=True)
    last_on = fields.Date(required=True)
    told_at = AwareTime(required=True)


class TransactionsSchema(Schema):
    """What he buys, null while nobody has told, and his contracts, the latest first."""

    purchases = fields.Nested(PurchasesSchema, required=True, allow_none=True)
    contracts = _listed(ContractSchema)


class CommunicationsSchema(Schema):
    """The visits that were made and the messages that were sent, the latest first."""

    visits = _listed(VisitInBriefSchema)
    messages = _listed(SentSchema)


class ComplaintHandlingSchema(Schema):
    """What he complained of, and what is done about it. ``satisfaction`` is the mean of his last
    answers, from 0 to 100; ``contacts`` counts the contacts that his complaints caused."""

    complaints = fields.Integer(required=True)
    contacts = fields.Integer(required=True)
    satisfaction = fields.Integer(required=True, allow_none=True)
    open_complaints = _listed(KnownComplaintSchema)
    open_work_orders = _listed(KnownWorkOrderSchema)


class DueSchema(Schema):
    """What a unit owes the customer or his file: by the end of a local day or at a time, one of
    both. ``by`` is null where nobody is named."""

    kind = fields.String(required=True)
    subject_id = fields.UUID(required=True)
    what = fields.String(required=True)
    unit = fields.String(required=True)
    by = fields.UUID(required=True, allow_none=True)
    due_on = fields.Date(required=True, allow_none=True)
    due_at = AwareTime(required=True, allow_none=True)


class OverviewSchema(Schema):
    """A customer from all sides. Each list shows 20 at most; ``links`` lead to whole lists.
    ``timeline`` tells what happened last, the newest first."""

    customer_id = fields.UUID(required=True)
    basic_data = fields.Nested(BasicDataSchema, required=True)
    file = fields.Nested(FileInBriefSchema, required=True, allow_none=True)
    documents = _listed(DocumentSchema)
    grades = ShownGrades(required=True)
    memberships = _listed(MembershipSchema)
    admissions = _listed(AdmissionInBriefSchema)
    partner_form = fields.Nested(PartnerFormInBriefSchema, required=True, allow_none=True)
    blacklist = _listed(ListedSchema)
    open_exits = _listed(ExitInBriefSchema)
    transactions = fields.Nested(TransactionsSchema, required=True)
    communications = fields.Nested(CommunicationsSchema, required=True)
    complaint_handling = fields.Nested(ComplaintHandlingSchema, required=True)
    open_visits = _listed(VisitInBriefSchema)
    open_issues = _listed(IssueInBriefSchema)
    open_needs = _listed(NeedInBriefSchema)
    gatherings = _listed(GatheringInBriefSchema)
    due_next = _listed(DueSchema)
    timeline = _listed(TimelineItemSchema)
    links = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
