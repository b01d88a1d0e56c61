"""Where complaints are kept: tables, mapping, repositories, the transaction."""
