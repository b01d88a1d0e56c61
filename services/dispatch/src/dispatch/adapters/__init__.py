"""Where things are kept and found: tables, mappings, repositories, the transaction."""
