"""Who the customers are and how they are to be cared for."""
