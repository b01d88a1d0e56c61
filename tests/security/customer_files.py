"""The routes of customers, contacts, imports and visits."""

from .routes import Route, get, patch, post

CSV = "number,name,kind,industry,annual_amount,org_unit,owner_id,visitor_id,since,contact_name,"
CSV += "phone,email,language,zone,birthday_calendar,birthday_month,birthday_day,birthday_leap_month"

REGISTRATION = {
    "number": "C-new",
    "name": "River Shop",
    "kind": "franchisee",
    "org_unit": "{unit}",
    "documents": [{"kind": "business_licence", "number": "91310000"}],
    "duplicate_reason": "Another one of that name.",
    "contacts": [{"name": "Li Hua", "birthday": {"calendar": "solar", "month": 3, "day": 9}}],
}
ONE_CUSTOMER = "/v1/customers/{customer}"
ONE_CONTACT = f"{ONE_CUSTOMER}/contacts/{{contact}}"
ROW = f"{CSV}\nC-new,River Shop,franchisee,,,{{unit}},,,,,,,,,,,,\n"
VISITED = {
    "completed_on": "2026-03-02",
    "mode": "telephone",
    "report": "all well",
    "record": {"sections": {"usage": "daily", "feedback": "content"}},
}
ROUTES: dict[str, Route] = {
    "customers.register": post("/v1/customers", REGISTRATION),
    "customers.revise_customer": patch(ONE_CUSTOMER, {"industry": "hotel"}),
    "customers.list_customers": get("/v1/customers", lists="customer"),
    "customers.get_customer": get(ONE_CUSTOMER),
    "customers.get_customer_timeline": get(f"{ONE_CUSTOMER}/timeline"),
    "contacts.add_contact": post(f"{ONE_CUSTOMER}/contacts", {"name": "Li Hua"}),
    "contacts.change_contact": patch(ONE_CONTACT, {"language": "en"}, version=2),
    "contacts.reveal_contact": post(f"{ONE_CONTACT}/reveals", {"reason": "a parcel"}),
    "contacts.list_contacts": get(f"{ONE_CUSTOMER}/contacts"),
    "contacts.get_contact": get(ONE_CONTACT),
    "contacts.list_unreachable_contacts": get("/v1/unreachable-contacts", lists="contact"),
    "contacts.list_contact_history": get(f"{ONE_CUSTOMER}/contact-history"),
    "visits.complete": post(
        "/v1/visits/{visit}/completions",
        VISITED,
    ),
    "visits.list_visits": get("/v1/visits", lists="visit"),
    "visits.get_visit": get("/v1/visits/{visit}"),
    "visits.get_visit_timeline": get("/v1/visits/{visit}/timeline"),
    "imports.import_customers": post("/v1/customers/imports", ROW),
}
