"""Where customers are kept: tables, mapping, repositories, the transaction."""
