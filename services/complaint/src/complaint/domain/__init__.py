"""The rules of complaints: pure Python, no I/O, no clock."""
