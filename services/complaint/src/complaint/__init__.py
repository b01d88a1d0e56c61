"""What customers complain about, by when it is to be answered, and to whom it escalates."""
