"""Files of customers for the tests of the import."""

import csv
import io

from customer.domain.import_cells import COLUMNS, DUPLICATE_REASON

ALL_COLUMNS = (*COLUMNS, DUPLICATE_REASON)

GOOD = {
    "number": "F-1",
    "name": "River Shop",
    "kind": "franchisee",
    "annual_amount": "500",
    "org_unit": "shop-01",
    "since": "2020-05-31",
    "contact_name": "李华",
    "phone": "13800001234",
    "email": "lihua@example.com",
    "birthday_calendar": "lunar",
    "birthday_month": "8",
    "birthday_day": "15",
    "duplicate_reason": "Another shop of that name.",
}


def file_of(*rows, columns=ALL_COLUMNS, encoding="utf-8"):
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def counts(response):
    assert response.status_code == 200, response.json
    return [response.json[name] for name in ("created", "changed", "unchanged", "rejected")]
