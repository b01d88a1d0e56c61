"""The sections of this service's packs, one module an area: how their values are written, and what
is refused."""

from collections.abc import Mapping

from customer.api.policies import (
    admission,
    annual_plans,
    audiences,
    benefits,
    blacklist,
    communications,
    consents,
    coordination,
    duplicates,
    exits,
    files,
    gatherings,
    grading,
    interested_parties,
    needs,
    opinions,
    partners,
    service_schemes,
    standards,
    upkeep,
    visits,
)
from shared.policy import Section

PACKS = ("generic",)

SECTIONS: Mapping[str, Section] = {
    **admission.SECTIONS,
    **annual_plans.SECTIONS,
    **audiences.SECTIONS,
    **benefits.SECTIONS,
    **communications.SECTIONS,
    **blacklist.SECTIONS,
    **gatherings.SECTIONS,
    **needs.SECTIONS,
    **opinions.SECTIONS,
    **consents.SECTIONS,
    **coordination.SECTIONS,
    **duplicates.SECTIONS,
    **exits.SECTIONS,
    **files.SECTIONS,
    **grading.SECTIONS,
    **interested_parties.SECTIONS,
    **partners.SECTIONS,
    **service_schemes.SECTIONS,
    **standards.SECTIONS,
    **upkeep.SECTIONS,
    **visits.SECTIONS,
}
