"""Subscriptions of other systems: which events they get, and how long one tries to deliver them."""
