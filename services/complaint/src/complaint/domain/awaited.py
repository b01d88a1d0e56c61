"""What is awaited while a complaint stands where it does."""

from complaint.domain.clocks import ClockName
from complaint.domain.states import State

# In which states what a clock waits for is still to be done.
AWAITED: dict[ClockName, frozenset[State]] = {
    ClockName.FIRST_CONTACT: frozenset({State.RECEIVED}),
    ClockName.HAND_OVER: frozenset({State.RECEIVED, State.CONTACTED, State.IN_PROGRESS}),
    ClockName.REPLY: frozenset({State.RECEIVED, State.CONTACTED, State.IN_PROGRESS}),
    ClockName.PROGRESS_CONTACT: frozenset({State.CONTACTED, State.IN_PROGRESS}),
    ClockName.PLAN: frozenset({State.CONTACTED, State.IN_PROGRESS}),
    ClockName.SOLUTION: frozenset({State.IN_PROGRESS}),
    ClockName.SATISFACTION: frozenset({State.RESULT_TOLD}),
    ClockName.REVIEW: frozenset({State.AWAITING_REVIEW}),
    ClockName.DECISION: frozenset({State.GM_MEETING}),
    ClockName.ARCHIVE: frozenset({State.REVIEWED, State.DECIDED}),
}
# What may be done already where it is awaited, so that nothing may be due for all these clocks.
PARTLY_AWAITED = frozenset({ClockName.HAND_OVER, ClockName.PLAN, ClockName.SOLUTION})
# What the complainant waits for counts from the receipt of his complaint.
FROM_RECEIPT = frozenset({ClockName.FIRST_CONTACT, ClockName.REPLY})
