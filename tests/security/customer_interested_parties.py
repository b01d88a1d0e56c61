"""The routes of interested parties."""

from typing import Any

from .cast import ABOVE
from .departments import made
from .routes import Route, get, patch, post
from .served import Served

PARTY = {
    "org_unit": "{unit}",
    "kind": "regulator",
    "service": "Hosting",
    "name": "Office of data protection",
    "interest": "Data stay in the country",
}
ALL = "/v1/interested-parties"
IDENTIFIED, RECORDED = f"{ALL}/{{party}}", f"{ALL}/{{party_recorded}}"
ITEM = {"configuration_item": "CI-17"}
ROUTES: dict[str, Route] = {
    "interested_parties.identify_party": post(ALL, PARTY),
    "interested_parties.change_party": patch(IDENTIFIED, {"service": "Backup"}),
    "interested_parties.record_party": post(f"{IDENTIFIED}/records", ITEM),
    "interested_parties.archive_party": post(
        f"{RECORDED}/archivings", {"archive_reference": "OA-3"}
    ),
    "interested_parties.list_parties": get(ALL, lists="party"),
    "interested_parties.get_party": get(IDENTIFIED),
    "interested_parties.get_party_timeline": get(f"{RECORDED}/timeline"),
}


def interested(served: Served, unit: str) -> dict[str, Any]:
    """A party that was identified, and one that was recorded."""
    sales = served.acts("sales_team", unit=ABOVE)
    first, second = (
        made(sales.post(ALL, {**PARTY, "org_unit": unit}))["party_id"] for _ in range(2)
    )
    made(sales.post(f"{ALL}/{second}/records", ITEM))
    return {"party": first, "party_recorded": second}
