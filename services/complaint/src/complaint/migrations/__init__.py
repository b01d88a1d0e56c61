"""How the tables of complaint came to be, one step a file."""
