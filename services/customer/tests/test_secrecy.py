"""Who takes customer data out in full has promised to keep it safe (CF-08, CF-12)."""

from datetime import timedelta

import pytest

from customer.domain.secrecy import SecrecyNotAcknowledged
from customer.use_cases.secrecy import acknowledge_secrecy, demand_secrecy

from .desk import HQ

ALL = "/v1/secrecy-acknowledgements"


@pytest.mark.rule("CF-08")
def test_the_duty_is_signed_in_its_present_wording(as_, desk):
    head = as_("department_head")

    signed = head.post(ALL, {"wording": "secrecy-000"})
    other = head.post(ALL, {"wording": "secrecy-1999"})

    assert (201, "2026-03-02") == (signed.status_code, signed.json["signed_on"])
    assert (422, "wording_outdated") == (other.status_code, other.json["code"])
    assert [signed.json] == head.get(ALL).json["items"]
    assert 1 == len(desk.audited("secrecy.acknowledged"))


@pytest.mark.parametrize(
    ("packs", "wording"),
    [
        pytest.param(["generic"], "secrecy-000", marks=pytest.mark.rule("CF-08")),
        pytest.param(["crm-generic", "generic"], "secrecy-004", marks=pytest.mark.rule("CF-12")),
    ],
)
def test_the_wording_of_the_pack_is_signed_every_year(desk, packs, wording):
    desk.follow("hq", *packs)
    with pytest.raises(SecrecyNotAcknowledged):
        desk.do(demand_secrecy, caller=HQ)

    desk.do(acknowledge_secrecy, wording=wording, caller=HQ)
    desk.do(demand_secrecy, caller=HQ)
    desk.now += timedelta(days=364)
    desk.do(demand_secrecy, caller=HQ)
    desk.now += timedelta(days=1)
    with pytest.raises(SecrecyNotAcknowledged):
        desk.do(demand_secrecy, caller=HQ)


def test_what_was_signed_elsewhere_is_not_seen(as_):
    as_("department_head", unit="region-north").post(ALL, {"wording": "secrecy-000"})

    assert [] == as_("auditor", unit="region-south").get(ALL).json["items"]
