"""A story through all four services, told over HTTP."""
