"""What one can ask of complaint: one function a command. They open nothing and commit nothing."""
