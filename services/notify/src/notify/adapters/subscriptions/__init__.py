"""Endpoints of other systems, what they are owed, and what became of it."""
