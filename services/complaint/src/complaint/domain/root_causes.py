"""What an after-sales problem comes from, and what follows from that (PT-16)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from shared.rules import Invalid, RuleBroken


class RootCause(StrEnum):
    """What a problem comes from."""

    PRODUCT_QUALITY = "product_quality"
    SERVICE_OPERATION = "service_operation"
    OTHER = "other"


class FollowUp(StrEnum):
    """What has to be asked for: warranty or maintenance at the customer's, or training of the
    persons concerned."""

    FIELD_WORK = "field_work"
    TRAINING = "training"


@dataclass(frozen=True)
class RootCauseRule:
    """The root cause has to be known before a solution is planned, and has these ``follow_ups``
    before the problem counts as solved; one that is not named has none."""

    follow_ups: Mapping[RootCause, FollowUp]


class RootCauseMissing(RuleBroken):
    """The investigation has to say what the problem comes from."""

    code = "root_cause_missing"


class FollowUpMissing(RuleBroken):
    """What follows from the root cause was not asked for yet."""

    code = "follow_up_missing"


class TrainingNeedless(Invalid):
    """Training follows from another root cause than this problem has."""

    code = "training_needless"
