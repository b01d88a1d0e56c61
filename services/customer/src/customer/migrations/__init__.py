"""How the tables of customer came to be, one step a file."""
