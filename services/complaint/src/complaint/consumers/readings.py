"""The form in which this service reads an event of another one."""

from marshmallow import EXCLUDE, Schema


class Reading(Schema):
    """As much of an event as this service has a use for."""

    class Meta:
        unknown = EXCLUDE
