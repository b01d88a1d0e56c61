"""Rules of units, people and work orders: pure Python, no I/O and no clock."""
