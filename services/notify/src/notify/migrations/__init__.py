"""The versions of the tables; ``python -m notify setup`` brings a database to the last."""
