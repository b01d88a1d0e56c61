"""What one can ask of customer: one function a command."""
