"""What a department has to do, whatever it follows from: who refuses whom, and for which reason."""

from shared.rules import Forbidden, Invalid


class DueInPast(Invalid):
    """Nothing can be done by a time that is over."""

    code = "due_in_past"


class OwnerUnknown(Invalid):
    """Nobody is there to do it: the person named has no post, or the department has nobody of the
    roles that the pack names."""

    code = "owner_unknown"


class NotOfTheDepartment(Forbidden):
    """Neither the owner nor somebody in a role that the pack names, where the department is."""

    code = "not_of_the_department"
