"""The timers that tell when a department is late."""

from collections.abc import Callable
from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.use_cases import case_analyses, corrective_actions, shipment_holds, trainings
from shared.subscriptions import Fired, Timers


def _of_task(wake: Callable[[ComplaintTransaction, UUID], None]) -> Callable[..., None]:
    def on_wake(tx: ComplaintTransaction, fired: Fired) -> None:
        wake(tx, UUID(fired.subject.rpartition("/")[2]))

    return on_wake


AREAS = (case_analyses, corrective_actions, shipment_holds, trainings)
TIMERS: Timers = {area.WAKE: _of_task(area.wake) for area in AREAS}
