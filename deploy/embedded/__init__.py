"""The four services in one process: how they are started, fed, moved in time and stopped."""
