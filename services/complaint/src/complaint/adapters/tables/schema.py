"""The one collection that every table of this service belongs to."""

from sqlalchemy import MetaData

from shared.tables import NAMING

metadata = MetaData(naming_convention=NAMING)
