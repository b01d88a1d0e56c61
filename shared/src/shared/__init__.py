"""Plumbing for all services; it knows no word of the domain."""
