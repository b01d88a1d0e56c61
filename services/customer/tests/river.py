"""A customer as sales registers him over HTTP."""

LI = {
    "name": "李华明",
    "phone": "138 0000 1234",
    "email": "lihua@example.com",
    "birthday": {"calendar": "lunar", "month": 8, "day": 15},
}
RIVER = {
    "number": "F-0001",
    "name": "河畔家居",
    "kind": "franchisee",
    "industry": "furniture",
    "annual_amount": "500.00",
    "org_unit": "shop-01",
    "since": "2020-05-31",
    "contacts": [LI],
}
BECAUSE: dict[str, str] = {"pack": "generic", "version": "1", "clause": "000 S3", "rule": "CL-01"}
CUSTOMERS = "/v1/customers"
GRADED = {"unit": "shop-01", "product": "", "graded_at": "2026-03-02T02:00:00+00:00"}
GRADES = [
    {
        **GRADED,
        "scheme": scheme,
        "grade": grade,
        "because": {**BECAUSE, "clause": clause, "rule": rule},
    }
    for scheme, grade, clause, rule in (
        ("industry", "c", "000 S8", "CL-04"),
        ("size", "large", "000 S3", "CL-01"),
        ("tenure", "long", "000 S9", "CL-05"),
    )
]
