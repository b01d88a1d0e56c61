"""What is said to whom over which channel, and what became of it."""
