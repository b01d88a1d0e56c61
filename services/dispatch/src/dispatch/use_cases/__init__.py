"""What one can ask of dispatch: one function a command; it opens nothing and commits nothing."""
