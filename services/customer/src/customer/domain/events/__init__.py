"""What customer tells the world, one module an area. Each class that has a ``type`` has a contract
in ``shared/contracts/events``.

Only ContactChanged carries personal data; it travels on the private exchange.
"""
