"""What all readings have in common."""

from marshmallow import EXCLUDE, Schema


class Reading(Schema):
    """What a schema does not name is left alone."""

    class Meta:
        unknown = EXCLUDE
