"""The versions of the tables; ``python -m dispatch setup`` brings a database to the last."""
