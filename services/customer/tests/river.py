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
BECAUSE = {"pack": "generic", "version": "1", "clause": "000 S3", "rule": "CL-01"}
CUSTOMERS = "/v1/customers"
