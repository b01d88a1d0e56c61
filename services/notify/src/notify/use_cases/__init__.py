"""What one can ask of notify: one function a command; they open nothing and commit nothing."""
